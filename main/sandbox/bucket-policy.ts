import { parsePolicyDocument, type PolicyCondition, type PolicyStatement } from '../../core/domain/policy-document';
import { compilePattern, matchesPattern } from '../../core/domain/policy-match';
import { AwsRefusal } from './http';
import { s3Actions, type S3Resource } from './s3-actions';
import type { SandboxState } from './state';
import { storePrincipals } from './trust';

/** Bytes (Amazon S3 User Guide, "Bucket policies"). */
const largestPolicy = 20_480;

const malformed = (message: string, details: Readonly<Record<string, string>> = {}): AwsRefusal =>
  new AwsRefusal('MalformedPolicy', message, 400, 'Sender', details);

/** Where S3 has other words than IAM for the same fault. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^Policy statement must contain actions/, 'Missing required field Action'],
  [/^Policy statement must contain resources/, 'Missing required field Resource'],
  [/^Actions\/Conditions must be prefaced/, 'Policy has invalid action'],
  [/^Resource .* must be in ARN format/s, 'Policy has invalid resource'],
  [/^Invalid principal in policy/, 'Invalid principal in policy'],
];

/**
 * What S3 keeps of a bucket's policy. Throws MalformedPolicy, in S3's words, for a document it refuses: one of another
 * bucket's resources, an action none of them can have, a principal that does not exist or cannot be one.
 */
export function storeBucketPolicy(text: string, bucket: string, state: SandboxState): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (json === undefined || !text.startsWith('{'))
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (Buffer.byteLength(text) > largestPolicy)
    throw malformed(
      `The policy is longer than ${String(largestPolicy)} bytes, the most that a bucket’s policy may have`,
    );
  const read = parsePolicyDocument(text, 'resource');
  if (!read.ok) {
    const [, message] = words.find(([pattern]) => pattern.test(read.message)) ?? [undefined, read.message];
    throw malformed(message);
  }
  for (const statement of read.document.statements) checkStatement(statement, bucket);
  return storePrincipals(JSON.stringify(json), state, (principal) =>
    malformed('Invalid principal in policy', { Detail: `"AWS" : "${principal}"` }),
  );
}

function checkStatement(statement: PolicyStatement, bucket: string): void {
  const resources = new Set((statement.resources?.values ?? []).flatMap((value) => kindsOf(value, bucket)));
  if (statement.actions.negated || statement.resources?.negated === true) return;
  const named = statement.actions.values.map((value) => {
    const pattern = compilePattern(value.toLowerCase());
    const matching = s3Actions.filter((action) => matchesPattern(pattern, action.name.toLowerCase()));
    if (matching.length === 0) throw malformed('Policy has invalid action');
    const applying = matching.filter((action) => resources.has(action.on));
    if (applying.length === 0) throw malformed('Action does not apply to any resource(s) in statement');
    return applying;
  });
  const listing = named.flat().some(({ name }) => name === 's3:ListBucket' || name === 's3:ListBucketVersions');
  if (!listing && statement.conditions.some(({ key }) => /^s3:(?:prefix|delimiter|max-keys)$/i.test(key)))
    throw malformed('Conditions do not apply to combination of actions and resources in statement');
}

/** Whether a resource of a policy is the bucket, its objects or, by a wildcard, both. */
function kindsOf(resource: string, bucket: string): readonly S3Resource[] {
  if (resource === '*') return ['bucket', 'object'];
  const arn = `arn:aws:s3:::${bucket}`;
  if (!resource.startsWith(arn)) throw malformed('Policy has invalid resource');
  const rest = resource.slice(arn.length);
  if (rest === '') return ['bucket'];
  if (rest.startsWith('/')) return ['object'];
  if (!/^[*?]/.test(rest)) throw malformed('Policy has invalid resource');
  return rest.startsWith('*') ? ['bucket', 'object'] : ['object'];
}

/** Keys whose fixed values keep a statement for everyone from being public. */
const narrowing = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/**
 * Whether S3 takes the policy for a public one (Amazon S3 User Guide, "The meaning of 'public'"): it is, unless each
 * statement that allows is for fixed principals or has a condition of fixed values.
 */
export function isPublicPolicy(stored: string): boolean {
  const read = parsePolicyDocument(stored, 'resource');
  return (
    read.ok &&
    read.document.statements.some(
      ({ conditions, effect, principals }) =>
        effect === 'Allow' &&
        principals !== undefined &&
        (principals.negated || principals.values.everyone) &&
        !conditions.some(narrows),
    )
  );
}

function narrows({ key, operator, values }: PolicyCondition): boolean {
  const fixed = values.length > 0 && values.every((value) => !/[*?]|\$\{/.test(value));
  if (/^IpAddress$/i.test(operator) && key.toLowerCase() === 'aws:sourceip') return values.every(isNarrowRange);
  return (
    narrowing.has(key.toLowerCase()) &&
    /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like))$/i.test(operator) &&
    fixed
  );
}

/** Ranges wider than /8, and /32 of IPv6, are as good as everybody. */
function isNarrowRange(range: string): boolean {
  const [address = '', bits] = range.split('/');
  return bits === undefined || Number(bits) >= (address.includes(':') ? 32 : 8);
}
