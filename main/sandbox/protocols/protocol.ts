import type { SignedCall } from '../call';
import type { AwsRefusal, SandboxRequest, SandboxResponse } from '../http';

export type Answered = {
  readonly response: SandboxResponse;
  /** The state may be another one now, and is to be saved. */
  readonly changed: boolean;
};

/** How one service is spoken to: which operation a request means, and how answers and refusals are written. */
export type Protocol = {
  /** Runs the operation that a signed request asks for. Throws AwsRefusal. */
  readonly answer: (call: SignedCall, requestId: string) => Answered;
  /** A refusal in this protocol's form; also of requests that were never understood. */
  readonly refusal: (error: AwsRefusal, requestId: string, request: SandboxRequest) => SandboxResponse;
};
