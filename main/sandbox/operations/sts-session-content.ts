import { deflateRawSync } from 'node:zlib';
import { callerArn } from '../caller';
import { accessDenied, AwsRefusal } from '../http';
import type { Caller } from '../caller';
import type { TagRecord } from '../snapshot';

/** Bytes. About what STS gives without policies and tags, and the most there is (aws-reference §11). */
export const usualTokenSize = 352;
export const longestToken = 4096;
/** Characters of session policies, inline and managed together (API reference, AssumeRole). */
const plainTextLimit = 2048;

const invalidValue = (message: string): AwsRefusal => new AwsRefusal('InvalidParameterValue', message, 400);

type Asked = {
  readonly tags: readonly TagRecord[];
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
};

/** What a session has of those before it in a chain, and of the request. Keys are in lower case. */
export type SessionContent = {
  readonly tags: TagRecord[];
  readonly transitiveTagKeys: string[];
  readonly sourceIdentity: string | undefined;
};

/**
 * Transitive tags and the source identity go on from one role's session to the next, and neither can be changed there
 * (IAM User Guide, "Chaining roles with session tags", "Monitor and control actions taken with assumed roles").
 */
export function sessionContent(caller: Caller, asked: Asked, roleArn: string): SessionContent {
  const before = caller.kind === 'session' ? caller.session : undefined;
  const lower = (key: string): string => key.toLowerCase();
  const passedOn = new Set((before?.transitiveTagKeys ?? []).map(lower));
  const inherited = (before?.tags ?? []).filter(({ key }) => passedOn.has(lower(key)));
  const askedKeys = new Set(asked.tags.map(({ key }) => lower(key)));
  if (inherited.some(({ key }) => askedKeys.has(lower(key)))) {
    throw invalidValue(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  if (asked.transitiveTagKeys.some((key) => !askedKeys.has(lower(key))))
    throw invalidValue('The specified transitive tag key must be included in the requested tags.');
  const { sourceIdentity = asked.sourceIdentity } = before ?? {};
  // That it is refused is documented; in which words could not be confirmed.
  if (asked.sourceIdentity !== undefined && asked.sourceIdentity !== sourceIdentity) {
    throw accessDenied(
      `User: ${callerArn(caller)} is not authorized to perform: sts:SetSourceIdentity on resource: ${roleArn}`,
    );
  }
  return {
    tags: [...inherited, ...asked.tags],
    transitiveTagKeys: [...passedOn, ...asked.transitiveTagKeys.map(lower)],
    sourceIdentity,
  };
}

export type PackedContent = {
  /** Bytes of the token. */
  readonly tokenSize: number;
  /** Percent of the room for policies and tags; absent where there are none. */
  readonly packedPercent: number | undefined;
};

/**
 * How long the token becomes. AWS packs policies and tags in a way of its own; here they are deflated, which takes
 * less. Throws PackedPolicyTooLarge where there is no room (API reference, AssumeRole).
 */
export function packContent(policies: readonly string[], tags: readonly TagRecord[]): PackedContent {
  if (policies.length + tags.length === 0) return { tokenSize: usualTokenSize, packedPercent: undefined };
  const content = [...policies, ...tags.flatMap(({ key, value }) => [key, value])].join('\n');
  const packed = Math.ceil((deflateRawSync(content).length * 4) / 3);
  const plain = policies.join('').length;
  const percent = Math.ceil(100 * Math.max(packed / (longestToken - usualTokenSize), plain / plainTextLimit));
  if (percent > 100) {
    throw new AwsRefusal(
      'PackedPolicyTooLarge',
      policies.length === 0
        ? `Packed size of session tags consumes ${String(percent)}% of allotted space.`
        : `Packed policy consumes ${String(percent)}% of allotted space, please use smaller policy.`,
      400,
    );
  }
  return { tokenSize: usualTokenSize + packed, packedPercent: percent };
}
