import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} Counts
 * What one test runner came to. Its reporter writes it to the file named by SALLYPORT_COUNTS.
 */

/** @param {Counts} counts */
export function writeCounts(counts) {
  const path = process.env.SALLYPORT_COUNTS;
  if (!path) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(counts));
}

export function clearCounts(path) {
  rmSync(path, { force: true });
}

/** A runner that ended without its counts, or badly without naming a failure, is one failure. @returns {Counts} */
export function readCounts(path, status) {
  let counts = { passed: 0, failed: 1, skipped: [] };
  try {
    counts = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return counts;
  }
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
