import { beforeEach, expect, it, vi } from 'vitest';
import type { DesktopSettings } from '../../../core/contract/desktop';
import { Desktop } from '../../../main/shell/desktop';
import { ManualClock } from '../../support/manual-clock';

const icons = vi.hoisted(() => ({ shown: 0 }));
vi.mock('../../../main/shell/tray', () => ({
  SessionTray: class {
    isShown = false;
    show() {
      this.isShown = true;
      icons.shown += 1;
    }
    hide() {
      if (this.isShown) icons.shown -= 1;
      this.isShown = false;
    }
  },
}));
beforeEach(() => {
  icons.shown = 0;
});

function desktopWith(settings: () => DesktopSettings): Desktop {
  const nothing = () => undefined;
  return new Desktop({
    clock: new ManualClock(),
    platform: 'linux',
    pictures: '/pictures',
    settings,
    window: nothing,
    open: nothing,
    tell: nothing,
    facts: () => ({ sessions: [], favourites: [], isPractice: false }),
    acts: { openConsole: nothing, end: nothing, startFavourite: nothing, quit: nothing },
  });
}

const withTray = { tray: true, closeToTray: false, startHidden: false, notifications: true };

it('the icon is there when it is wanted, and gone with the app', async () => {
  const desktop = desktopWith(() => withTray);
  await desktop.apply();
  expect(icons.shown).toBe(1);
  desktop.quitting();
  expect(icons.shown).toBe(0);
});

it('an app that quits while the icon is read makes none: nobody would take it away', async () => {
  const desktop = desktopWith(() => withTray);
  const applied = desktop.apply();
  desktop.quitting();
  await applied;
  expect(icons.shown).toBe(0);
});

it('nor does one that the person does not want by then', async () => {
  let settings = withTray;
  const desktop = desktopWith(() => settings);
  const applied = desktop.apply();
  settings = { ...withTray, tray: false };
  await desktop.apply();
  await applied;
  expect(icons.shown).toBe(0);
});
