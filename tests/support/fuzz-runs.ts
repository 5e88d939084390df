/**
 * How many cases a parser, a store or a channel meets: so many usually, at least 10,000 by `SALLYPORT_FUZZ=10000 npm test`,
 * which takes hours and is for the night.
 */
export function fuzzRuns(usual: number): number {
  return Math.max(usual, Number(process.env['SALLYPORT_FUZZ'] ?? 0));
}
