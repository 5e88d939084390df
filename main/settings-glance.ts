import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { themes, workspaces, type PageStart } from '../core/domain/page-start';
import { startsHidden } from './shell/desktop';

export type SettingsGlance = {
  readonly start: PageStart;
  /** the person wants no window at first, and an icon in its place */
  readonly isHidden: boolean;
};

/**
 * What the window begins with, from the settings as they stand in `directory`, taken at their word where they are among what
 * there is. What checks and mends them is read after the page is drawn: what it finds otherwise is put right then.
 */
export function glanceAtSettings(directory: string): SettingsGlance {
  const { desktop, theme, workspace } = written(join(directory, 'settings.json'));
  const chosen = workspaces.find((one) => one === workspace);
  const { startHidden, tray } = isObject(desktop) ? desktop : {};
  return {
    start: {
      theme: themes.find((one) => one === theme) ?? 'system',
      ...(chosen === undefined ? {} : { workspace: chosen }),
    },
    isHidden: startsHidden({ tray: tray === true, startHidden: startHidden === true }),
  };
}

function written(path: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isObject(document) && isObject(document['data']) ? document['data'] : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
