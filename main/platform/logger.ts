import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { redact } from './redact';

export type LogLevel = 'info' | 'warn' | 'error';
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Says what happened to whoever has to find out why. Never told a secret; redacts what looks like one all the same. */
export interface Logger {
  log(level: LogLevel, event: string, facts?: LogFacts): void;
}

export type FileLoggerOptions = {
  /** Absolute; made when it is missing. */
  readonly directory: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Bytes after which the file becomes `sallyport.1.log` and a new one is begun. */
  readonly maximumBytes?: number;
};

const longestFact = 2000;

/**
 * One JSON object a line in `sallyport.log`; at most two files of `maximumBytes` each. A log that cannot be written is
 * not worth stopping for: then it is silent.
 *
 * SECURITY(S-13): every text passes `redact`.
 */
export class FileLogger implements Logger {
  readonly #options: FileLoggerOptions;

  constructor(options: FileLoggerOptions) {
    this.#options = options;
  }

  log(level: LogLevel, event: string, facts: LogFacts = {}): void {
    const { directory, now, maximumBytes = 1_000_000 } = this.#options;
    const path = join(directory, 'sallyport.log');
    const kept = Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [
        name,
        typeof fact === 'string' ? redact(fact).slice(0, longestFact) : fact,
      ]),
    );
    const line = `${JSON.stringify({ at: new Date(now()).toISOString(), level, event: redact(event), ...kept })}\n`;
    try {
      mkdirSync(directory, { recursive: true });
      if (sizeOf(path) + Buffer.byteLength(line) > maximumBytes) renameSync(path, join(directory, 'sallyport.1.log'));
      appendFileSync(path, line, { mode: 0o600 });
    } catch {
      // Nowhere to say it.
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
