/** “1 h”, “45 min”: a session length in words. `seconds` as AWS gives it, 900 to 43,200. */
export function formatHours(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.round(seconds / 60)} min`;
}
