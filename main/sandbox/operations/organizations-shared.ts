import { z } from '../../../core/zod';
import { authorize, type SignedCall } from '../call';
import { AwsRefusal } from '../http';
import { findPolicy, serviceControlEnabled } from '../organization';
import { fullAccessId, type MemberRecord, type OrganizationRecord, type UnitRecord } from '../organization-record';
import { organizationQuotas } from '../organization-quotas';
import { tagContext } from '../parameters';
import type { TagRecord } from '../snapshot';

export type Members = Readonly<Record<string, unknown>>;

/** Organizations answers every refusal with 400. `reason` is what some exceptions say beside their message. */
export const refuse = (code: string, message: string, reason?: string): AwsRefusal =>
  new AwsRefusal(code, message, 400, 'Sender', reason === undefined ? {} : { Reason: reason });

export const invalidInput = (reason: string, message: string): AwsRefusal =>
  refuse('InvalidInputException', message, reason);

export const constraint = (reason: string, message: string): AwsRefusal =>
  refuse('ConstraintViolationException', message, reason);

export const rootIdSchema = z.string().regex(/^r-[0-9a-z]{4,32}$/);
export const unitIdSchema = z.string().regex(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/);
export const accountIdSchema = z.string().regex(/^\d{12}$/);
export const parentIdSchema = z.string().regex(/^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);
export const childIdSchema = z.string().regex(/^(?:\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);
export const policyIdSchema = z.string().regex(/^p-[0-9a-zA-Z_]{8,128}$/);
export const targetIdSchema = z.string().regex(/^(?:r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);
export const taggableIdSchema = z
  .string()
  .regex(/^(?:r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|p-[0-9a-zA-Z_]{8,128})$/);
export const tagsSchema = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));
export const pageSchema = {
  MaxResults: z.number().int().min(1).max(20).optional(),
  NextToken: z.string().max(100_000).optional(),
};

/** A member that is null is one that was not sent. */
function withoutNulls(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (Object.getOwnPropertyDescriptor(value, key)?.value ?? undefined) as unknown;
  }
  return value;
}

const policyTypeMembers = ['PolicyType', 'Type', 'Filter'];

/** The first complaint as Organizations words it, with its Reason (API reference, InvalidInputException). */
function complaint(issue: z.core.$ZodIssue, input: unknown): AwsRefusal {
  const [member = '', ...inside] = issue.path.map(String);
  const place = issue.path.map(String).join('.');
  if (valueAt(input, issue.path) === undefined)
    return invalidInput('INPUT_REQUIRED', `You must include a value for all required parameters: ${place}.`);
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'number'
        ? invalidInput('MIN_VALUE_EXCEEDED', `You provided a value that is smaller than allowed: ${place}.`)
        : invalidInput('MIN_LENGTH_EXCEEDED', `You provided a value that is shorter than allowed: ${place}.`);
    case 'too_big':
      return issue.origin === 'number'
        ? invalidInput('MAX_VALUE_EXCEEDED', `You provided a value that is larger than allowed: ${place}.`)
        : invalidInput('MAX_LENGTH_EXCEEDED', `You provided a value that is longer than allowed: ${place}.`);
    case 'invalid_value':
      if (inside.length > 0)
        return invalidInput('INVALID_LIST_MEMBER', `You provided a list with an invalid value: ${place}.`);
      return policyTypeMembers.includes(member)
        ? invalidInput('INVALID_ENUM_POLICY_TYPE', `You specified an invalid policy type: ${place}.`)
        : invalidInput('INVALID_ENUM', `You specified an invalid value: ${place}.`);
    case 'invalid_format':
      return invalidInput(
        member === 'TargetId' ? 'INVALID_PATTERN_TARGET_ID' : 'INVALID_PATTERN',
        `You provided a value that does not match the required pattern: ${place}.`,
      );
    default:
      return refuse('SerializationException', `The value of ${place} has another type than the service expects.`);
  }
}

/** The operation's input. Members it does not know are ignored, as AWS's JSON services do. */
export function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const input = withoutNulls(given);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue === undefined ? refuse('SerializationException', 'The request cannot be read.') : complaint(issue, input);
}

/** Keys are unique with regard to case, and `aws:` is AWS's own. */
export function readTags(given: z.infer<typeof tagsSchema> = []): TagRecord[] {
  const keys = given.map((tag) => tag.Key);
  if (new Set(keys).size !== keys.length)
    throw invalidInput('DUPLICATE_TAG_KEY', 'Tag keys must be unique among the tags of one resource.');
  refuseSystemTags(keys);
  if (given.length > organizationQuotas.tags) throw tooManyTags();
  return given.map(({ Key, Value }) => ({ key: Key, value: Value }));
}

export function refuseSystemTags(keys: readonly string[]): void {
  if (keys.some((key) => /^aws:/i.test(key)))
    throw invalidInput('INVALID_SYSTEM_TAGS_PARAMETER', 'Tag keys that begin with aws: are reserved for AWS.');
}

export const tooManyTags = (): AwsRefusal =>
  constraint('MAX_TAG_LIMIT_EXCEEDED', 'You have exceeded the number of tags allowed on this resource.');

/** One page; the token is the place of the next item. */
export function page<T>(
  items: readonly T[],
  asked: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly next: Members } {
  const start = asked.NextToken === undefined ? 0 : Number(asked.NextToken);
  if (!Number.isInteger(start) || start < 0)
    throw invalidInput('INVALID_NEXT_TOKEN', 'Get the value of NextToken from the answer to the call before.');
  const end = start + (asked.MaxResults ?? 20);
  return { items: items.slice(start, end), next: end < items.length ? { NextToken: String(end) } : {} };
}

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

export const arnOf = (organization: OrganizationRecord, kind: string, id = ''): string =>
  `arn:aws:organizations::${organization.managementAccountId}:${kind}/${organization.id}${id === '' ? '' : `/${id}`}`;

/** The ARN that a root, unit, account or policy has, or would have (Service Authorization Reference, "AWS Organizations"). */
export function arnOfId(organization: OrganizationRecord, id: string): string {
  if (id === fullAccessId) return `arn:aws:organizations::aws:policy/service_control_policy/${id}`;
  if (id.startsWith('r-')) return arnOf(organization, 'root', id);
  if (id.startsWith('ou-')) return arnOf(organization, 'ou', id);
  if (id.startsWith('p-')) return arnOf(organization, 'policy', `service_control_policy/${id}`);
  return arnOf(organization, 'account', id);
}

/** How an organization with all features says that it has service control policies, and its root that they are on. */
export const enabledPolicyTypes = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }];

export function rootFields(organization: OrganizationRecord): Members {
  return {
    Id: organization.rootId,
    Arn: arnOf(organization, 'root', organization.rootId),
    Name: 'Root',
    PolicyTypes: serviceControlEnabled(organization) ? enabledPolicyTypes : [],
  };
}

/** Whatever has tags; `undefined` for what is not there. AWS's own policy has none. */
export function tagsOf(organization: OrganizationRecord, id: string): TagRecord[] | undefined {
  if (id === organization.rootId) return organization.rootTags;
  return (
    organization.accounts.find((account) => account.id === id) ??
    organization.units.find((unit) => unit.id === id) ??
    findPolicy(organization, id)
  )?.tags;
}

/** What a request is about, for its authorisation. */
export type Subject = {
  /** What is acted on; nothing where the operation has no resource. */
  readonly ids?: readonly string[];
  readonly tags?: readonly TagRecord[];
  readonly tagKeys?: readonly string[];
  /** The operation knows the key `organizations:PolicyType`. */
  readonly policyType?: boolean;
};

/** Throws unless the caller may do this with every resource that the request names. */
export function authorizeOn(
  call: SignedCall,
  organization: OrganizationRecord | undefined,
  action: string,
  subject: Subject = {},
): void {
  const shared = tagContext(subject.tags ?? []);
  if (subject.tagKeys !== undefined) shared.set('aws:tagkeys', subject.tagKeys);
  if (subject.policyType === true) shared.set('organizations:policytype', ['SERVICE_CONTROL_POLICY']);
  const { ids = [] } = subject;
  if (organization === undefined || ids.length === 0) {
    authorize(call, `organizations:${action}`, '*', { context: shared });
    return;
  }
  for (const id of ids) {
    const context = new Map(shared);
    for (const { key, value } of tagsOf(organization, id) ?? [])
      context.set(`aws:resourcetag/${key.toLowerCase()}`, [value]);
    authorize(call, `organizations:${action}`, arnOfId(organization, id), { context });
  }
}

/** The caller's organization, whichever account of it asks. */
export function joined(call: SignedCall, action: string, subject?: Subject): OrganizationRecord {
  const organization = call.state.organizationOf(call.caller.account.id);
  authorizeOn(call, organization, action, subject);
  if (organization === undefined)
    throw refuse('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  return organization;
}

/** The same, for what only the management account may do, which is nearly everything (aws-reference §7). */
export function managed(call: SignedCall, action: string, subject?: Subject): OrganizationRecord {
  const organization = joined(call, action, subject);
  if (organization.managementAccountId !== call.caller.account.id)
    throw refuse('AccessDeniedException', "You don't have permissions to access this resource.");
  return organization;
}

export function findMember(organization: OrganizationRecord, id: string): MemberRecord {
  const member = organization.accounts.find((account) => account.id === id);
  if (member === undefined) throw refuse('AccountNotFoundException', "You specified an account that doesn't exist.");
  return member;
}

export function findUnit(organization: OrganizationRecord, id: string): UnitRecord {
  const found = organization.units.find((unit) => unit.id === id);
  if (found === undefined) {
    throw refuse('OrganizationalUnitNotFoundException', "You specified an organizational unit that doesn't exist.");
  }
  return found;
}

export function isParent(organization: OrganizationRecord, id: string): boolean {
  return id === organization.rootId || organization.units.some((unit) => unit.id === id);
}

export function requireParent(organization: OrganizationRecord, id: string): void {
  if (!isParent(organization, id)) throw refuse('ParentNotFoundException', "You specified parent that doesn't exist.");
}
