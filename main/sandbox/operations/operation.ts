import type { Call } from '../call';
import type { XmlFields } from '../xml';

/** Answers one operation, or throws an AwsRefusal. `undefined`: the operation has no result element. */
export type Operation = (call: Call) => XmlFields | undefined;

export type Operations = Readonly<Record<string, Operation>>;
