import { z } from '../zod';
import { err, ok, type Result } from '../result';
import type { AppError } from '../app-error';
import { isAccountId } from './account-id';
import { parseAssumedRoleArn, parseRoleArn, type RoleArn } from './arn';
import { parseJson, readTime, splitJson } from './cloudtrail-text';
import { regionSchema } from './limits';
import { findSecret } from './paste-secrets';
import { identityName } from './trust-words';

/** The calls that open a session of a role, as CloudTrail names them (aws-reference §6.4). */
export const openingEvents = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'] as const;
export type OpeningEvent = (typeof openingEvents)[number];

/** A session that AWS issued, as CloudTrail has it. No secret: the token beside it is never read. Times in ms. */
export type IssuedSession = {
  readonly accessKeyId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly eventName: OpeningEvent;
  readonly eventId?: string;
  /** the same in both accounts of a call across accounts */
  readonly sharedEventId?: string;
  readonly region?: string;
  /** who opened it, short: `user/deployer`, `account 111122223333`, `ec2.amazonaws.com` */
  readonly principal: string;
};

/** What a command of ours said of itself: which events it looked up, where, and of which time (ms). */
export type Lookup = {
  readonly eventName: OpeningEvent;
  readonly region: string;
  readonly from: number;
  readonly to: number;
};

export type CloudTrailFindings = {
  /** of the role, the last to end first; each once */
  readonly sessions: readonly IssuedSession[];
  /** all that were read, of whatever kind */
  readonly events: number;
  /** of the role, and refused by AWS: no session came of them */
  readonly refused: number;
  readonly otherRoles: number;
  readonly otherKinds: number;
  /** events that say nothing, and sessions of the role without an end that can be read */
  readonly unreadable: number;
  /** a NextToken stands in it: there are events that were not pasted */
  readonly hasMorePages: boolean;
  /** the first and the last event that opens sessions, of any role */
  readonly oldest?: number;
  readonly newest?: number;
  /** of the events and of the commands that say it */
  readonly regions: readonly string[];
  readonly lookups: readonly Lookup[];
  /** in sentences, what a person has to know of this text */
  readonly notes: readonly string[];
};

/** Characters, as many as the contract lets through. */
export const maximumCloudTrailText = 4_000_000;
const maximumEvents = 20_000;

/** What is not there, null, or of another form is undefined. */
const loose = <T>(schema: z.ZodType<T>) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .catch(undefined)
    .optional();
const short = (length: number) => loose(z.string().max(length));
// Every object drops the fields that it does not name: the session token beside the access key goes no further.
const eventSchema = z.object({
  eventName: z.string().max(128),
  eventTime: z.string().max(64),
  awsRegion: short(32),
  errorCode: short(256),
  eventID: short(64),
  sharedEventID: short(64),
  userIdentity: loose(
    z.object({ arn: short(2048), accountId: short(12), userName: short(256), invokedBy: short(256) }),
  ),
  requestParameters: loose(z.object({ roleArn: short(2048) })),
  responseElements: loose(
    z.object({
      credentials: loose(z.object({ accessKeyId: short(128), expiration: short(64) })),
      assumedRoleUser: loose(z.object({ arn: short(2048) })),
    }),
  ),
  resources: loose(z.array(z.object({ ARN: short(2048) })).max(100)),
});
type CloudTrailEvent = z.infer<typeof eventSchema>;

const lookupSchema = z.object({
  EventName: z.enum(openingEvents),
  Region: regionSchema,
  StartTime: z.string().max(40),
  EndTime: z.string().max(40),
});

/** One output of `lookup-events`, or one download of the event history. `null` is what a query makes of what is absent. */
const outputSchema = z.union([
  z.object({
    Events: z.array(z.object({ CloudTrailEvent: z.string().max(1_000_000) })).max(maximumEvents),
    NextToken: z.unknown().optional(),
    Lookup: loose(lookupSchema),
  }),
  z.object({ Records: z.array(z.unknown()).max(maximumEvents) }),
]);
type Output = { readonly records: readonly unknown[]; readonly hasMore: boolean; readonly lookup?: Lookup };

/**
 * Reads what a person pasted from `aws cloudtrail lookup-events` or from the console's event history, also several
 * outputs one after the other, and finds the sessions that were opened for one role. Never throws.
 * Errors, `invalid-input`: too large, not JSON, not CloudTrail's, or only events that open no sessions.
 * SECURITY(S-13): the events carry session tokens. Nothing of them leaves this function, nor does any text of theirs but
 * short ones of a known form. SECURITY(S-20): the text is hostile and bounded.
 */
export function readCloudTrail(text: string, role: RoleArn): Result<CloudTrailFindings> {
  if (text.length > maximumCloudTrailText) {
    return refuse(
      'This is more than can be read at once: 4 million characters.',
      'Run the commands as they stand here: they leave out the events of other roles.',
    );
  }
  const parts = splitJson(text.replace(/^\ufeff/, ''));
  if (parts === undefined) {
    return refuse('This is not JSON, or not the whole of it.', 'Take everything, from the first { to the last }.');
  }
  const outputs: Output[] = [];
  for (const part of parts) {
    const output = readOutput(part);
    if (output === undefined) {
      return refuse(
        'This is JSON, but not what CloudTrail answers.',
        'Paste what the commands printed, or the JSON download of the event history.',
      );
    }
    outputs.push(output);
  }
  const records = outputs.flatMap((output) => output.records);
  if (records.length > maximumEvents) {
    return refuse(
      'These are more than 20,000 events.',
      'Look up a shorter time, or use the commands as they stand here.',
    );
  }
  const findings = sort(records, role, outputs);
  const nothingOpens = findings.events > 0 && findings.otherKinds === findings.events;
  if (nothingOpens && findings.lookups.length === 0) {
    return refuse(
      'None of these events opens a session of a role.',
      `Look for the events ${openingEvents.join(', ')}.`,
    );
  }
  return ok(findings);
}

function refuse(message: string, whatToDo: string): { readonly ok: false; error: AppError } {
  return err({
    kind: 'invalid-input',
    message,
    whatDidNotChange: 'The time in the record is as it was. Nothing of the text was kept.',
    whatToDo,
    retryable: false,
    remedies: [],
    field: 'text',
  });
}

function readOutput(value: unknown): Output | undefined {
  const parsed = outputSchema.safeParse(value);
  if (!parsed.success) return undefined;
  if ('Records' in parsed.data) return { records: parsed.data.Records, hasMore: false };
  const { Events, Lookup: said, NextToken } = parsed.data;
  const from = said === undefined ? undefined : readTime(said.StartTime);
  const to = said === undefined ? undefined : readTime(said.EndTime);
  return {
    records: Events.map(({ CloudTrailEvent: event }) => parseJson(event)),
    hasMore: NextToken !== undefined && NextToken !== null && NextToken !== '',
    ...(said === undefined || from === undefined || to === undefined
      ? {}
      : { lookup: { eventName: said.EventName, region: said.Region, from, to } }),
  };
}

function sort(records: readonly unknown[], role: RoleArn, outputs: readonly Output[]): CloudTrailFindings {
  const sessions = new Map<string, IssuedSession>();
  const lookups = outputs.flatMap(({ lookup }) => (lookup === undefined ? [] : [lookup]));
  const regions = new Set(lookups.map(({ region }) => region));
  let [refused, otherRoles, otherKinds, unreadable] = [0, 0, 0, 0];
  let [oldest, newest] = [Infinity, -Infinity];
  for (const record of records) {
    const parsed = eventSchema.safeParse(record);
    if (!parsed.success) {
      unreadable += 1;
      continue;
    }
    const event = parsed.data;
    const eventName = openingEvents.find((name) => name === event.eventName);
    if (eventName === undefined) {
      otherKinds += 1;
      continue;
    }
    const issuedAt = readTime(event.eventTime);
    const region = regionSchema.safeParse(event.awsRegion).data;
    if (issuedAt !== undefined) [oldest, newest] = [Math.min(oldest, issuedAt), Math.max(newest, issuedAt)];
    if (region !== undefined) regions.add(region);
    if (!isOf(role, event)) otherRoles += 1;
    else if (event.errorCode !== undefined) refused += 1;
    else {
      const session = sessionOf(event, eventName, issuedAt, region);
      if (session === undefined) unreadable += 1;
      else if (!((sessions.get(session.accessKeyId)?.expiresAt ?? 0) > session.expiresAt)) {
        sessions.set(session.accessKeyId, session);
      }
    }
  }
  const counted = {
    sessions: [...sessions.values()].sort((a, b) => b.expiresAt - a.expiresAt),
    ...{ events: records.length, refused, otherRoles, otherKinds, unreadable, lookups },
    hasMorePages: outputs.some(({ hasMore }) => hasMore),
    ...(Number.isFinite(oldest) ? { oldest, newest } : {}),
    regions: [...regions].sort(),
  };
  return { ...counted, notes: notesOn(counted, role) };
}

function notesOn(findings: Omit<CloudTrailFindings, 'notes'>, role: RoleArn): readonly string[] {
  const { hasMorePages, lookups, otherKinds, otherRoles, refused, regions, sessions, unreadable } = findings;
  const none = sessions.length === 0 && unreadable === 0;
  return [
    ...(hasMorePages
      ? [
          'There are more pages (a NextToken stands in it). Let the AWS CLI fetch all of them: without --max-items and --no-paginate.',
        ]
      : []),
    ...(none && lookups.length > 0
      ? [`No session of ${role.roleName} was opened in the time that was looked up.`]
      : []),
    ...(none && lookups.length === 0 ? [`The role ${role.roleName} is not in these events.`] : []),
    ...(unreadable > 0
      ? [`${String(unreadable)} events could not be read, or have no end of the session in them.`]
      : []),
    ...(refused > 0 ? [`${String(refused)} tries to open one were refused by AWS.`] : []),
    ...(otherRoles > 0 ? [`${String(otherRoles)} events are of other roles.`] : []),
    ...(otherKinds > 0 ? [`${String(otherKinds)} events open no session.`] : []),
    ...(regions.length > 0 ? [`Read in ${regions.join(', ')}.`] : []),
  ];
}

/** The role that the event itself names: as its resource, else as what was asked for, else by the session that came of it. */
function isOf(role: RoleArn, { requestParameters, resources, responseElements }: CloudTrailEvent): boolean {
  const named = (resources ?? []).map(({ ARN }) => ARN ?? '').filter((arn) => parseRoleArn(arn) !== undefined);
  if (named.length > 0) return named.includes(role.arn);
  if (requestParameters?.roleArn !== undefined) return requestParameters.roleArn === role.arn;
  const session = parseAssumedRoleArn(responseElements?.assumedRoleUser?.arn ?? '');
  return session?.accountId === role.accountId && session.roleName === role.roleName;
}

function sessionOf(
  event: CloudTrailEvent,
  eventName: OpeningEvent,
  issuedAt: number | undefined,
  region: string | undefined,
): IssuedSession | undefined {
  const { accessKeyId, expiration } = event.responseElements?.credentials ?? {};
  const expiresAt = readTime(expiration ?? '');
  if (issuedAt === undefined || expiresAt === undefined || expiresAt < issuedAt) return undefined;
  if (accessKeyId === undefined || !/^[A-Z0-9]{16,128}$/.test(accessKeyId)) return undefined;
  const eventId = uuid(event.eventID);
  const sharedEventId = uuid(event.sharedEventID);
  return {
    ...{ accessKeyId, issuedAt, expiresAt, eventName },
    ...(eventId === undefined ? {} : { eventId }),
    ...(sharedEventId === undefined ? {} : { sharedEventId }),
    ...(region === undefined ? {} : { region }),
    principal: principalOf(event),
  };
}

function uuid(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined;
}

/** Of a caller of another account the account is all that is said. A text of another form is not repeated. */
function principalOf({ userIdentity }: CloudTrailEvent): string {
  const { accountId, arn, invokedBy, userName } = userIdentity ?? {};
  const named = arn !== undefined ? identityName(arn) : (invokedBy ?? userName);
  const isFit = named !== undefined && /^[\x21-\x7e]{1,200}$/.test(named) && findSecret(named) === undefined;
  if (isFit) return named.slice(0, 80);
  return accountId !== undefined && isAccountId(accountId) ? `account ${accountId}` : 'not said';
}
