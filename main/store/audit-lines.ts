import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export type AuditLine = Readonly<Record<string, unknown>>;

/** Bytes from the end of the log; some hundred thousand lines. */
const mostRead = 33_554_432;

/**
 * The lines of an audit log in which one of these texts stands as a value or within one, oldest first. The log is read from
 * its end, so far as that is worth it. Empty where there is none, or it cannot be read: it is shown, and no evidence is lost.
 */
export function auditLinesAbout(path: string, texts: readonly string[]): readonly AuditLine[] {
  return tailOf(path)
    .split('\n')
    .flatMap((line) => {
      if (!texts.some((text) => line.includes(text))) return [];
      try {
        const parsed: unknown = JSON.parse(line);
        return isLine(parsed) ? [parsed] : [];
      } catch {
        // torn by a crash, or cut where reading began
        return [];
      }
    });
}

function tailOf(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const length = Math.min(size, mostRead);
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, size - length);
      return bytes.toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

function isLine(value: unknown): value is AuditLine {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
