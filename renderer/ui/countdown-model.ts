/** Pure rules of every countdown: which colour, what is said, and when. */
export type CountdownLevel = 'plenty' | 'soon' | 'urgent' | 'ended';

const minuteMs = 60_000;

/** Minutes left at which a countdown speaks; 0 is the end. */
export const spokenMinutes = [15, 5, 1, 0] as const;

export type SpokenMinute = (typeof spokenMinutes)[number];

/** Over 15 minutes, under 15, under 5, ended. The threshold itself belongs to the calmer side. */
export function countdownLevel(remainingMs: number): CountdownLevel {
  if (remainingMs <= 0) return 'ended';
  if (remainingMs < 5 * minuteMs) return 'urgent';
  if (remainingMs < 15 * minuteMs) return 'soon';
  return 'plenty';
}

/** How many of the thresholds lie behind; after a sleep several at once, of which the last one is said. */
export function thresholdsPassed(remainingMs: number): number {
  return spokenMinutes.filter((minutes) => remainingMs <= minutes * minuteMs).length;
}

/** “Brightline Clinics ends in 5 minutes”. */
export function thresholdSentence(name: string, minutes: SpokenMinute): string {
  if (minutes === 0) return `${name} has ended`;
  return `${name} ends in ${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

/** What is left of the whole life, 0 to 1. A life without length has nothing left. */
export function shareLeft(issuedAt: number, expiresAt: number, now: number): number {
  const whole = expiresAt - issuedAt;
  if (whole <= 0) return 0;
  return Math.min(1, Math.max(0, (expiresAt - now) / whole));
}
