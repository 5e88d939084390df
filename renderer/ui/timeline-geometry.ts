/** Where things stand in a picture of time. Pure: milliseconds since the epoch in, pixels out. */
import { scaleLinear } from 'd3-scale';

export type TimelineRange = '1h' | '4h' | '12h';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface RangeRule {
  readonly lengthMs: number;
  /** The picture starts on a multiple of this, so that its axis has round times. */
  readonly alignMs: number;
  readonly majorMs: number;
  readonly minorMs: number;
}

const rules: Readonly<Record<TimelineRange, RangeRule>> = {
  '1h': { lengthMs: hourMs, alignMs: 15 * minuteMs, majorMs: 15 * minuteMs, minorMs: 5 * minuteMs },
  '4h': { lengthMs: 4 * hourMs, alignMs: hourMs, majorMs: hourMs, minorMs: hourMs / 2 },
  '12h': { lengthMs: 12 * hourMs, alignMs: hourMs, majorMs: 3 * hourMs, minorMs: hourMs },
};

/** Now stands at about three eighths: what is left matters more than what is gone. */
const shareBeforeNow = 0.375;

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  readonly majors: readonly number[];
  readonly minors: readonly number[];
}

/** `zoneOffsetMs` is local time minus UTC, so that ticks fall on round local times. */
export function timelineWindow(now: number, range: TimelineRange, zoneOffsetMs: number): TimeWindow {
  const { lengthMs, alignMs, majorMs, minorMs } = rules[range];
  const from = floorTo(now - lengthMs * shareBeforeNow, alignMs, zoneOffsetMs);
  const to = from + lengthMs;
  const majors = steps(from, to, majorMs);
  return { from, to, majors, minors: steps(from, to, minorMs).filter((tick) => !majors.includes(tick)) };
}

/** A window around given moments, with round ends and two to six ticks: the closing picture. */
export function windowAround(firstMs: number, lastMs: number, zoneOffsetMs: number): TimeWindow {
  const length = Math.max(minuteMs, lastMs - firstMs);
  const stepMinutes =
    [1, 2, 5, 10, 20, 30, 60, 120, 180, 240, 360].find((minutes) => length / (minutes * minuteMs) <= 4.5) ?? 720;
  const step = stepMinutes * minuteMs;
  const from = floorTo(firstMs, step, zoneOffsetMs);
  const to = floorTo(lastMs + step - 1, step, zoneOffsetMs);
  return { from, to, majors: steps(from, to, step), minors: [] };
}

export interface TimelineSession {
  readonly id: string;
  readonly name: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Until when it would live after the renewal that is planned. */
  readonly renewedUntil?: number | undefined;
}

export interface Span {
  readonly x: number;
  readonly width: number;
}

export interface TimelineBar {
  readonly spent: Span | undefined;
  readonly left: Span | undefined;
  readonly renewal: Span | undefined;
  /** The bar goes on beyond an end of the picture. */
  readonly cutStart: boolean;
  readonly cutEnd: boolean;
}

/** A function from time to pixels within the window. */
export function timeScale(window: TimeWindow, left: number, right: number): (time: number) => number {
  return scaleLinear().domain([window.from, window.to]).range([left, right]).clamp(true);
}

export function timelineBar(
  session: TimelineSession,
  now: number,
  window: TimeWindow,
  x: (time: number) => number,
): TimelineBar {
  const { issuedAt, expiresAt, renewedUntil } = session;
  const seam = Math.min(Math.max(now, issuedAt), expiresAt);
  return {
    spent: span(issuedAt, seam, window, x),
    left: span(seam, expiresAt, window, x),
    renewal: renewedUntil === undefined ? undefined : span(expiresAt, renewedUntil, window, x),
    cutStart: issuedAt < window.from,
    cutEnd: expiresAt > window.to,
  };
}

/** What of a stretch of time lies inside the window; undefined when nothing does. */
export function span(fromMs: number, toMs: number, window: TimeWindow, x: (time: number) => number): Span | undefined {
  if (toMs <= window.from || fromMs >= window.to || toMs <= fromMs) return undefined;
  const start = x(fromMs);
  return { x: start, width: Math.max(1, x(toMs) - start) };
}

/** Local time minus UTC at a moment. */
export function zoneOffset(timeMs: number): number {
  return -new Date(timeMs).getTimezoneOffset() * minuteMs;
}

/** Cuts a name to about `room` pixels of 12-pixel text; the whole name is in the table beside the picture. */
export function shorten(name: string, room: number): string {
  const most = Math.max(4, Math.floor(room / 6.4));
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
}

function floorTo(timeMs: number, stepMs: number, zoneOffsetMs: number): number {
  return Math.floor((timeMs + zoneOffsetMs) / stepMs) * stepMs - zoneOffsetMs;
}

function steps(from: number, to: number, stepMs: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / stepMs) + 1 }, (_, index) => from + index * stepMs);
}
