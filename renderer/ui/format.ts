/** Times and counts in words. Times are local to the person, on the 24-hour clock, in seconds where they are evidence. */
const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A format of this interface's one language, made when it is first used: the first drawing needs none, and each takes its time. */
function lazily<Value>(make: () => { format(value: Value): string }): { readonly format: (value: Value) => string } {
  let made: { format(value: Value): string } | undefined;
  return { format: (value) => (made ??= make()).format(value) };
}

function timeFormat(options: Intl.DateTimeFormatOptions): { readonly format: (timeMs: number) => string } {
  return lazily<number>(() => new Intl.DateTimeFormat('en-GB', options));
}

const clockFormat = timeFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const shortClockFormat = timeFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayFormat = timeFormat({ day: 'numeric', month: 'short' });
const dateFormat = timeFormat({ day: 'numeric', month: 'short', year: 'numeric' });
const countFormat = lazily<number>(() => new Intl.NumberFormat('en-GB'));

/** 14:36:20 */
export function formatClock(timeMs: number): string {
  return clockFormat.format(timeMs);
}

/** 14:36 */
export function formatShortClock(timeMs: number): string {
  return shortClockFormat.format(timeMs);
}

/** 14 Aug 2026 */
export function formatDate(timeMs: number): string {
  return dateFormat.format(timeMs);
}

/** 1,284 */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** 812 B, 4.2 kB, 31 MB: powers of ten, as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value))} ${units[unit] ?? ''}`;
}

/** 1 session, 2 sessions; `plural` is given where an s is not enough. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Digits of a countdown: 33:23, 1:37:54. A started second counts whole, so that 0 is shown only at the end. */
export function formatRemaining(remainingMs: number): string {
  const total = Math.max(0, Math.ceil(remainingMs / secondMs));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const tail = `${pad(minutes)}:${pad(total % 60)}`;
  return hours > 0 ? `${String(hours)}:${tail}` : tail;
}

/** 4:41, 1:02:09: time gone, started seconds not counted. */
export function formatElapsed(elapsedMs: number): string {
  const total = Math.max(0, Math.floor(elapsedMs / secondMs));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = pad(total % 60);
  return hours > 0 ? `${String(hours)}:${pad(minutes)}:${seconds}` : `${String(minutes)}:${seconds}`;
}

/** 45 s, 14 min, 1 h, 6 h 12 min, 2 days: at most two units. */
export function formatDuration(durationMs: number): string {
  const total = Math.max(0, Math.round(durationMs / secondMs));
  if (total < 60) return `${String(total)} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60)
    return total % 60 === 0 || minutes >= 10
      ? `${String(minutes)} min`
      : `${String(minutes)} min ${String(total % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes % 60)} min`;
  return formatQuantity(Math.floor(hours / 24), 'day');
}

/** How long a check took: 0.21 s, 8.0 s, 60 s, 2 min 5 s. */
export function formatTaken(durationMs: number): string {
  const seconds = durationMs / secondMs;
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return formatDuration(durationMs);
}

/** Relative within a day, the date after that: just now, 12 min ago, 3 h ago, yesterday, 18 Nov, 2 Jan 2025. */
export function formatAgo(timeMs: number, nowMs: number): string {
  const age = nowMs - timeMs;
  if (age < minuteMs) return 'just now';
  if (age < hourMs) return `${String(Math.floor(age / minuteMs))} min ago`;
  if (age < dayMs) return `${String(Math.floor(age / hourMs))} h ago`;
  return sameYear(timeMs, nowMs) ? dayFormat.format(timeMs) : dateFormat.format(timeMs);
}

/** A moment to come: in a moment, at 14:05, on 23 Nov at 09:00. */
export function formatAhead(timeMs: number, nowMs: number): string {
  if (timeMs - nowMs < minuteMs) return 'in a moment';
  const clock = formatShortClock(timeMs);
  if (dateFormat.format(timeMs) === dateFormat.format(nowMs)) return `at ${clock}`;
  return `on ${dayFormat.format(timeMs)} at ${clock}`;
}

/** A clock time, with its date when it is not today. */
export function formatMoment(timeMs: number, nowMs: number): string {
  const clock = formatClock(timeMs);
  if (dateFormat.format(timeMs) === dateFormat.format(nowMs)) return clock;
  return `${sameYear(timeMs, nowMs) ? dayFormat.format(timeMs) : dateFormat.format(timeMs)} ${clock}`;
}

/** Groups of four, left to right. What is not twelve digits comes back whole: it is shown as it is. */
export function groupAccountId(id: string): readonly string[] {
  return /^\d{12}$/.test(id) ? [id.slice(0, 4), id.slice(4, 8), id.slice(8)] : [id];
}

/** For the datetime attribute of a time element. */
export function toIso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** The first moment of the day so many days before the one of `nowMs`, where the person is. */
export function startOfDay(nowMs: number, daysAgo: number): number {
  const day = new Date(nowMs);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime();
}

function sameYear(leftMs: number, rightMs: number): boolean {
  return new Date(leftMs).getFullYear() === new Date(rightMs).getFullYear();
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
