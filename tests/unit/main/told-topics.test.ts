import { describe, expect, it } from 'vitest';
import type { Topic } from '../../../core/contract/contract';
import { DesktopControl } from '../../../main/desktop-control';
import { settingsSchema, type Settings } from '../../../main/settings';
import { MemoryDocument } from '../../../main/store/memory-document';
import { ok } from '../../../core/result';
import { must } from '../../support/must';

describe('what the window is told of the desktop', () => {
  it('is of the links alone where those have changed: to ask for them the system starts a program', async () => {
    const topics: Topic[] = [];
    const desktop = new DesktopControl({
      settings: new MemoryDocument<Settings>({
        ...{ name: 'settings', schema: settingsSchema, version: 1, migrations: [], empty: { theme: 'system' } },
      }),
      publisher: { revision: 0, changed: (...changed) => topics.push(...changed), send: () => undefined },
      apply: () => undefined,
      links: { isOurs: () => true, set: () => ok(undefined) },
      notify: () => true,
    }).handlers();
    must(await desktop.setLinks({ isOurs: true }));
    expect(topics).toEqual(['links']);
    must(await desktop.set({ tray: true, closeToTray: true, startHidden: false, notifications: true }));
    expect(topics).toEqual(['links', 'app']);
  });
});
