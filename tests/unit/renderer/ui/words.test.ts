import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appErrorKinds, type AppError } from '../../../../core/app-error';
import { places } from '../../../../renderer/app/places';
import { platformOf, writePlaceKey, writeShortcut } from '../../../../renderer/app/platform';
import { supportText } from '../../../../renderer/ui/error-text';
import { errorLooks } from '../../../../renderer/ui/error-titles';
import {
  formatAgo,
  formatDuration,
  formatElapsed,
  formatRemaining,
  formatTaken,
  groupAccountId,
} from '../../../../renderer/ui/format';
import { iconNames } from '../../../../renderer/ui/icon-names';
import { readSprite } from '../../../../renderer/ui/icon-shapes';
import { arrangePermissions } from '../../../../renderer/ui/permission-order';

describe('times', () => {
  it('count a started second whole while it runs down', () => {
    expect(formatRemaining(33 * 60_000 + 22_001)).toBe('33:23');
    expect(formatRemaining(5_874_000)).toBe('1:37:54');
    expect(formatRemaining(1)).toBe('00:01');
    expect(formatRemaining(-5)).toBe('00:00');
  });

  it('do not while they count up', () => {
    expect(formatElapsed(281_999)).toBe('4:41');
    expect(formatElapsed(3_729_000)).toBe('1:02:09');
  });

  it('are said in at most two units', () => {
    expect([45_000, 14 * 60_000, 125_000, 3_600_000, 22_320_000, 3 * 86_400_000].map(formatDuration)).toEqual([
      '45 s',
      '14 min',
      '2 min 5 s',
      '1 h',
      '6 h 12 min',
      '3 days',
    ]);
    expect([210, 8000, 60_000].map(formatTaken)).toEqual(['0.21 s', '8.0 s', '60.0 s']);
  });

  it('are relative within a day and a date after that', () => {
    const now = Date.parse('2026-11-19T14:00:00Z');
    expect(formatAgo(now - 30_000, now)).toBe('just now');
    expect(formatAgo(now - 12 * 60_000, now)).toBe('12 min ago');
    expect(formatAgo(now - 3 * 3_600_000, now)).toBe('3 h ago');
    expect(formatAgo(now - 5 * 86_400_000, now)).toBe('14 Nov');
    expect(formatAgo(now - 400 * 86_400_000, now)).toBe('15 Oct 2025');
  });
});

describe('groupAccountId', () => {
  it('groups twelve digits and leaves anything else whole', () => {
    expect(groupAccountId('111122223333')).toEqual(['1111', '2222', '3333']);
    expect(groupAccountId('11112222')).toEqual(['11112222']);
  });
});

describe('errors', () => {
  it('have a title and an icon for every kind', () => {
    for (const kind of appErrorKinds) expect(errorLooks[kind].title).not.toBe('');
  });

  it('give support what it asks for, each on its line', () => {
    const error: AppError = {
      kind: 'access-denied',
      message: 'No.',
      whatDidNotChange: '',
      whatToDo: '',
      retryable: false,
      remedies: [],
      code: 'AccessDenied',
      httpStatus: 403,
      requestId: '7d0c',
      detail: 'raw',
    };
    expect(supportText(error)).toBe('AccessDenied (HTTP 403)\nRequest ID 7d0c\nraw');
  });
});

describe('icons', () => {
  it('are the symbols of the sprite, each with something to draw', () => {
    const sprite = readSprite(readFileSync(new URL('../../../../assets/icons.svg', import.meta.url), 'utf8'));
    expect([...sprite.keys()].toSorted()).toEqual([...iconNames].toSorted());
    for (const shapes of sprite.values()) expect(shapes.length).toBeGreaterThan(0);
    expect(sprite.get('door-shut')?.[1]?.attributes).toMatchObject({ fill: 'currentColor', stroke: 'none' });
    expect(sprite.get('circle-dashed')?.[0]?.attributes).toHaveProperty('strokeDasharray');
  });
});

describe('permissions', () => {
  const row = (service: string, grant: 'none' | 'risky') =>
    ({ service, list: 'all', read: 'none', write: 'none', grant }) as const;

  it('show the riskiest first and at most eight', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      row(`service ${String(index)}`, index === 19 ? 'risky' : 'none'),
    );
    const { shown, more } = arrangePermissions(many);
    expect(shown[0]?.service).toBe('service 19');
    expect([shown.length, more]).toEqual([8, 12]);
  });
});

describe('shortcuts', () => {
  it('follow the platform', () => {
    expect(platformOf('Mozilla/5.0 (Macintosh; Intel Mac OS X)')).toBe('mac');
    expect(platformOf('Mozilla/5.0 (X11; Linux x86_64)')).toBe('other');
    expect([writeShortcut('mac', 'palette'), writeShortcut('other', 'palette')]).toEqual(['⌘K', 'Ctrl K']);
    expect(places.map((place) => writePlaceKey('mac', place)).slice(0, 2)).toEqual(['⌘1', '⌘2']);
    expect(places.map((place) => writePlaceKey('mac', place)).at(-1)).toBe('⌘,');
  });
});
