import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { themes, workspaces } from '../../core/domain/page-start';
import { openSettings } from '../../main/open-settings';
import type { Settings } from '../../main/settings';
import { glanceAtSettings } from '../../main/settings-glance';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sallyport-glance-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const desktop = { tray: true, closeToTray: false, startHidden: true, notifications: true };
const written: Settings[] = [
  ...themes.flatMap((theme) => [{ theme }, ...workspaces.map((workspace) => ({ theme, workspace }))]),
  { theme: 'dark', desktop },
  { theme: 'light', workspace: 'aws', desktop: { ...desktop, tray: false } },
  { theme: 'light', workspace: 'aws', desktop: { ...desktop, startHidden: false } },
];

describe('a glance at the settings', () => {
  it.each(written)('says what stands in them: %j', (settings) => {
    expect(openSettings({ directory, now: () => 0 }).update(() => settings).ok).toBe(true);
    const { desktop: standing, theme, workspace } = settings;
    expect(glanceAtSettings(directory)).toEqual({
      start: { theme, ...(workspace === undefined ? {} : { workspace }) },
      isHidden: standing?.tray === true && standing.startHidden,
    });
  });

  it.each([
    '',
    'not JSON',
    'null',
    '[]',
    '{"version":1}',
    '{"version":1,"data":null}',
    '{"version":1,"data":{"theme":"pink","workspace":["aws"],"desktop":"hidden"}}',
    '{"version":1,"data":{"theme":{"toString":1},"desktop":{"tray":1,"startHidden":"yes"}}}',
  ])('takes what it does not know for the first run: %s', (text) => {
    writeFileSync(join(directory, 'settings.json'), text);
    expect(glanceAtSettings(directory)).toEqual({ start: { theme: 'system' }, isHidden: false });
  });

  it('and so where there are none', () => {
    expect(glanceAtSettings(directory)).toEqual({ start: { theme: 'system' }, isHidden: false });
  });
});
