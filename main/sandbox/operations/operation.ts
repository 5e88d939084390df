import type { Call, SignedCall } from '../call';
import type { XmlFields } from '../xml';

/** Answers one operation, or throws an AwsRefusal. `undefined`: the operation has no result element. */
export type Operation = (call: Call) => XmlFields | undefined;

export type Operations = Readonly<Record<string, Operation>>;

/** Answers one operation of the JSON protocol with its result's members, or throws an AwsRefusal. */
export type JsonOperation = (call: SignedCall, input: unknown) => Readonly<Record<string, unknown>>;

export type JsonOperations = Readonly<Record<string, JsonOperation>>;
