import type { AccountFailure } from './snapshot';

/** Things that go wrong with a real AWS, on demand. All off by default. */
export type SandboxTrouble = {
  /** New roles and changed trust policies are seen by AssumeRole only after so many milliseconds (aws-reference §2). */
  readonly propagationDelayMs: number;
  /** The server's clock is ahead of the caller's by so many milliseconds. */
  readonly serverClockOffsetMs: number;
  /** How long an account that was asked for takes. */
  readonly accountCreationMs: number;
  /** Accounts asked for from now on fail with this reason. */
  readonly accountCreationFailure?: AccountFailure | undefined;
};

export const noTrouble: SandboxTrouble = { propagationDelayMs: 0, serverClockOffsetMs: 0, accountCreationMs: 5_000 };
