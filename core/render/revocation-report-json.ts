import { z } from '../zod';
import { accountIdSchema, arnSchema, idSchema, instantSchema, roleNameSchema, workspaceSchema } from '../domain/limits';
import { findSecret } from '../domain/paste-secrets';
import type { Revocation } from '../domain/revocation';
import { measureSchema, revocationWaySchema, wayFacts } from '../domain/revocation-ways';
import { caveats, notObserved, outerClock, performerInWords, stateOf } from './revocation-facts';

/** What is said of the report itself. */
export type ReportMeta = {
  /** of the app */
  readonly version: string;
  readonly workspace: 'practice' | 'aws';
};

/** A time twice: for programs in ms since 1970, for people in ISO 8601, UTC. */
const timeSchema = z.strictObject({ ms: instantSchema, utc: z.string().regex(/^[-+]?[\dT:.-]{20,}Z$/) });
const text = z.string().max(1000);

/** The report as data, for other programs; what the record keeps for putting things back is not in it. */
export const revocationReportSchema = z.strictObject({
  kind: z.literal('sallyport-revocation-report'),
  version: z.literal(1),
  madeWith: z.string().max(80),
  workspace: workspaceSchema,
  id: idSchema,
  subject: z.strictObject({
    connection: text,
    roleArn: arnSchema,
    roleName: roleNameSchema,
    accountId: accountIdSchema,
    stack: z.strictObject({ name: text, region: text }).optional(),
  }),
  way: revocationWaySchema,
  measures: z.array(z.strictObject({ measure: measureSchema, isDone: z.boolean() })),
  state: text,
  stateInWords: text,
  doneBy: z.strictObject({ kind: text, words: text, label: text }),
  startedAt: timeSchema,
  maxSessionSeconds: z.int(),
  clocks: z.strictObject({
    newSessions: z.strictObject({
      blockedSince: timeSchema.optional(),
      provedAt: timeSchema.optional(),
      basis: text,
      reason: text,
    }),
    lastCredential: z.strictObject({
      deadBy: timeSchema.optional(),
      basis: text,
      reason: text,
      refusedSince: timeSchema.optional(),
      deniedIfIssuedBefore: timeSchema.optional(),
    }),
  }),
  steps: z.array(
    z.strictObject({
      title: text,
      call: text,
      state: text,
      at: timeSchema,
      requestId: text.optional(),
      isUndo: z.boolean(),
    }),
  ),
  proof: z.strictObject({
    state: text,
    note: text.optional(),
    entries: z.array(
      z.strictObject({ at: timeSchema, call: text, as: text, label: text, answer: text, code: text, requestId: text }),
    ),
  }),
  ownSessions: z.array(z.strictObject({ issuedAt: timeSchema, expiresAt: timeSchema })),
  cloudTrail: z.strictObject({ readAt: timeSchema, sessions: z.int(), events: z.int(), note: text }).optional(),
  wiped: z.array(z.strictObject({ title: text, at: timeSchema, isVerified: z.boolean() })),
  cleanedUpAt: timeSchema.optional(),
  undo: z.strictObject({ at: timeSchema, error: text.optional() }).optional(),
  error: z.strictObject({ kind: text, message: text, code: text.optional(), requestId: text.optional() }).optional(),
  notObserved: z.array(text),
  caveats: z.array(text),
  signOff: z.strictObject({ by: text, note: text, at: timeSchema }).optional(),
});
export type RevocationReport = Readonly<z.infer<typeof revocationReportSchema>>;

const time = (ms: number) => ({ ms, utc: new Date(ms).toISOString() });

/** What a person typed. SECURITY(S-13): a credential that went into a note does not go on into a report. */
export function typed(words: string): string {
  return findSecret(words) === undefined ? words : '(left out: it looked like a credential)';
}

/**
 * The report as JSON with its keys in one order, ended by a line feed: of the same record the same bytes, whenever it
 * is written. Its SHA-256 is what
 * the readable report names. No secret, no external ID: of the policies that stood before none is repeated.
 */
export function revocationReportJson(record: Revocation, meta: ReportMeta): string {
  return `${JSON.stringify(revocationReportSchema.parse(reportOf(record, meta)), null, 2)}\n`;
}

function reportOf(record: Revocation, meta: ReportMeta): RevocationReport {
  const { deadBy, narrowed, signOff, stack, undo } = record;
  const outer = outerClock(record);
  return {
    ...{ kind: 'sallyport-revocation-report', version: 1 },
    ...{ madeWith: `Sallyport ${meta.version}`, workspace: meta.workspace, id: record.id },
    subject: {
      ...{ connection: typed(record.connectionName), roleArn: record.roleArn },
      ...{ roleName: record.roleName, accountId: record.accountId },
      ...(stack === undefined ? {} : { stack: { name: stack.name, region: stack.region } }),
    },
    way: record.way,
    measures: wayFacts[record.way].measures.map((measure) => ({ measure, isDone: isDone(record, measure) })),
    ...{ state: record.state, stateInWords: stateOf(record) },
    doneBy: {
      ...{ kind: record.performer.kind, words: performerInWords(record.performer), label: typed(record.doneBy) },
    },
    ...{ startedAt: time(record.startedAt), maxSessionSeconds: record.maxSessionDuration },
    clocks: {
      newSessions: {
        ...(outer.since === undefined ? {} : { blockedSince: time(outer.since) }),
        ...(outer.provedAt === undefined ? {} : { provedAt: time(outer.provedAt) }),
        ...{ basis: outer.basis, reason: outer.reason },
      },
      lastCredential: {
        ...(deadBy === undefined
          ? { basis: 'unknown', reason: 'Not known.' }
          : {
              deadBy: time(deadBy.at),
              basis: record.state === 'undone' ? 'undone' : deadBy.basis,
              reason: deadBy.reason,
            }),
        ...(record.refusedSince === undefined ? {} : { refusedSince: time(record.refusedSince) }),
        ...(record.cutoff === undefined ? {} : { deniedIfIssuedBefore: time(record.cutoff) }),
      },
    },
    steps: record.steps.map(({ at, call, requestId, state, title }, index) => ({
      ...{ title, call, state, at: time(at) },
      ...(requestId === undefined ? {} : { requestId }),
      isUndo: undo !== undefined && index >= undo.afterSteps,
    })),
    proof: {
      state: record.proofState,
      ...(record.proofNote === undefined ? {} : { note: record.proofNote }),
      entries: record.proof.map(({ answer, as, asLabel, at, call, code, requestId }) => ({
        ...{ at: time(at), call, as, label: typed(asLabel), answer, code, requestId },
      })),
    },
    ownSessions: record.ownSessions.map(({ expiresAt, issuedAt }) => ({
      ...{ issuedAt: time(issuedAt), expiresAt: time(expiresAt) },
    })),
    ...(narrowed === undefined
      ? {}
      : {
          cloudTrail: {
            ...{ readAt: time(narrowed.at), sessions: narrowed.sessions, events: narrowed.events, note: narrowed.note },
          },
        }),
    wiped: record.wiped.map(({ at, title, verified }) => ({ title: typed(title), at: time(at), isVerified: verified })),
    ...(record.cleanedUpAt === undefined ? {} : { cleanedUpAt: time(record.cleanedUpAt) }),
    ...(undo === undefined
      ? {}
      : { undo: { at: time(undo.at), ...(undo.error === undefined ? {} : { error: undo.error.message }) } }),
    ...errorOf(record),
    ...{ notObserved: [...notObserved(record)], caveats: [...caveats(record, meta.workspace)] },
    ...(signOff === undefined
      ? {}
      : { signOff: { by: typed(signOff.by), note: typed(signOff.note), at: time(signOff.at) } }),
  };
}

/** A proof is done when it is complete; the record counts what was changed. */
export function isDone({ proofState, taken }: Revocation, measure: (typeof taken)[number]): boolean {
  return measure === 'prove' ? proofState === 'complete' : taken.includes(measure);
}

function errorOf({ error }: Revocation): Pick<RevocationReport, 'error'> {
  if (error === undefined) return {};
  const { code, kind, message, requestId } = error;
  return {
    error: {
      ...{ kind, message },
      ...(code === undefined ? {} : { code }),
      ...(requestId === undefined ? {} : { requestId }),
    },
  };
}
