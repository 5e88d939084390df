import { describe, expect, it } from 'vitest';
import {
  shorten,
  timelineBar,
  timelineWindow,
  timeScale,
  windowAround,
} from '../../../../renderer/ui/timeline-geometry';

const at = (clock: string): number => Date.parse(`2026-11-19T${clock}Z`);
const clocks = (times: readonly number[]): readonly string[] =>
  times.map((time) => new Date(time).toISOString().slice(11, 16));

describe('timelineWindow', () => {
  it('starts at a full hour with now at about three eighths', () => {
    const window = timelineWindow(at('14:32:08'), '4h', 0);
    expect(clocks([window.from, window.to])).toEqual(['13:00', '17:00']);
    expect(clocks(window.majors)).toEqual(['13:00', '14:00', '15:00', '16:00', '17:00']);
    expect(clocks(window.minors)).toEqual(['13:30', '14:30', '15:30', '16:30']);
  });

  it('has quarters of an hour in the short range and whole hours in the long one', () => {
    expect(clocks(timelineWindow(at('14:32:08'), '1h', 0).majors)).toEqual([
      '14:00',
      '14:15',
      '14:30',
      '14:45',
      '15:00',
    ]);
    expect(clocks(timelineWindow(at('14:32:08'), '12h', 0).majors)).toEqual([
      '10:00',
      '13:00',
      '16:00',
      '19:00',
      '22:00',
    ]);
  });

  it('falls on round local times where the zone is off by half an hour', () => {
    const halfHour = 30 * 60_000;
    expect(clocks([timelineWindow(at('14:32:08'), '4h', 11 * halfHour).from])).toEqual(['12:30']);
  });
});

describe('timelineBar', () => {
  const now = at('14:32:08');
  const window = timelineWindow(now, '4h', 0);
  const x = timeScale(window, 190, 982);
  const session = { id: '1', name: 'Brightline Clinics', issuedAt: at('13:36:20'), expiresAt: at('14:36:20') };

  it('meets at now, as in the design', () => {
    const bar = timelineBar(session, now, window, x);
    expect(bar.spent?.x).toBeCloseTo(309.9, 0);
    expect(bar.left?.x).toBeCloseTo(x(now), 5);
    expect(bar.left?.width).toBeCloseTo(13.9, 0);
    expect(bar.cutStart || bar.cutEnd).toBe(false);
  });

  it('is cut at the ends of the window and says so', () => {
    const bar = timelineBar({ ...session, issuedAt: at('08:15:00'), expiresAt: at('20:15:00') }, now, window, x);
    expect(bar).toMatchObject({ cutStart: true, cutEnd: true, spent: { x: 190 } });
    expect((bar.left?.x ?? 0) + (bar.left?.width ?? 0)).toBeCloseTo(982, 5);
  });

  it('has only a past when it has ended, and a dashed future when it will be renewed', () => {
    expect(timelineBar({ ...session, expiresAt: at('14:00:00') }, now, window, x).left).toBeUndefined();
    expect(timelineBar({ ...session, renewedUntil: at('15:32:08') }, now, window, x).renewal?.x).toBeCloseTo(
      x(session.expiresAt),
      5,
    );
  });

  it('draws nothing of what lies outside', () => {
    const bar = timelineBar({ ...session, issuedAt: at('09:00:00'), expiresAt: at('10:00:00') }, now, window, x);
    expect([bar.spent, bar.left]).toEqual([undefined, undefined]);
  });
});

describe('windowAround', () => {
  it('has round ends around what is shown', () => {
    const window = windowAround(at('14:21:00'), at('15:36:02'), 0);
    expect(clocks(window.majors)).toEqual(['14:20', '14:40', '15:00', '15:20', '15:40']);
  });

  it('has a length even when all happens at once', () => {
    const window = windowAround(at('14:21:30'), at('14:21:30'), 0);
    expect(window.to).toBeGreaterThan(window.from);
  });
});

describe('shorten', () => {
  it('keeps what fits and cuts the rest', () => {
    expect(shorten('Fernhill Bakery', 174)).toBe('Fernhill Bakery');
    expect(shorten('A connection with quite a long name', 100)).toMatch(/^A connection.*…$/);
  });
});
