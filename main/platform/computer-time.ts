/**
 * This computer's own clock, uncorrected, in milliseconds since the epoch. Only for talking to libraries that read that
 * clock themselves (the AWS SDK signs with it); everything of ours asks a `Clock`.
 */
export function computerNow(): number {
  return Date.now();
}
