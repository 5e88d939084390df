/** Things that go wrong with a real AWS, on demand. All off by default. */
export type SandboxTrouble = {
  /** New roles and changed trust policies are seen by AssumeRole only after so many milliseconds (aws-reference §2). */
  readonly propagationDelayMs: number;
  /** The server's clock is ahead of the caller's by so many milliseconds. */
  readonly serverClockOffsetMs: number;
};

export const noTrouble: SandboxTrouble = { propagationDelayMs: 0, serverClockOffsetMs: 0 };
