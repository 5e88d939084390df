import type { AppError } from '../../core/app-error';
import {
  guardRailDescription,
  guardRailName,
  isSamePolicy,
  kindOfName,
  type GuardRailRecord,
  type GuardRailStep,
} from '../../core/domain/guard-rails';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Answer, OrganizationsApi, ServiceControlPolicy } from '../aws/aws-api';
import { appError, type WorkspaceContext } from '../workspace-context';

/** One guard rail on its way, with what its steps need. */
export type GuardRailRun = Pick<WorkspaceContext, 'clock'> & {
  readonly api: OrganizationsApi;
  readonly signal: AbortSignal;
  readonly find: () => GuardRailRecord | undefined;
  readonly patch: (change: (one: GuardRailRecord) => GuardRailRecord) => Result<unknown>;
  /** by another record: one policy may be attached to many places */
  readonly madeElsewhere: (policyId: string) => boolean;
  readonly usedElsewhere: (policyId: string) => boolean;
};

type Failure = AppError | Cancelled;
type Done = Result<void, Failure>;

/** AWS switches policies on, and shows an attachment, some moments after it said so: asked so often, in milliseconds. */
const lookEveryMs = 2_000;
const looks = 15;

/** Attaches the record's policy to its place, whatever of it is there already. Each call is on disk before it is made. */
export async function attachGuardRail(run: GuardRailRun): Promise<Done> {
  const isOn = await switchOn(run);
  if (!isOn.ok) return isOn;
  const policyId = await havePolicy(run);
  return policyId.ok ? await attach(run, policyId.value) : policyId;
}

/** Takes the record's policy off its place, and away where nothing uses it and this app made it. */
export async function detachGuardRail(run: GuardRailRun): Promise<Done> {
  const record = run.find();
  if (record === undefined) return ok(undefined);
  const policyId = record.policyId === undefined ? await findPolicy(run, record) : ok(record.policyId);
  if (!policyId.ok) return policyId;
  if (policyId.value === undefined) return ok(undefined);
  const targets = await targetsOf(run, policyId.value);
  if (!targets.ok) return targets;
  if (targets.value.includes(record.targetId)) {
    const id = policyId.value;
    const detached = await step(
      run,
      'detach',
      () => run.api.detachPolicy(id, record.targetId, { signal: run.signal }),
      'no-such-entity',
    );
    if (!detached.ok) return detached;
  } else note(run, { what: 'detach', state: 'found', at: run.clock.now() });
  return await removeUnused(run, record, policyId.value);
}

async function switchOn(run: GuardRailRun): Promise<Done> {
  const { api, clock, signal } = run;
  for (let look = 0; look <= looks; look += 1) {
    const roots = await api.listRoots({ signal });
    if (!roots.ok) return roots;
    const root = roots.value.value[0];
    if (root === undefined) return err(appError('aws-other', 'AWS names no root of this organization.'));
    if (root.serviceControlPolicies) return ok(undefined);
    if (look === 0) {
      const asked = await step(
        run,
        'switch-on',
        () => api.enableServiceControlPolicies(root.id, { signal }),
        'already-exists',
      );
      if (!asked.ok) return asked;
    } else await clock.wait(lookEveryMs, signal);
  }
  return err(notYet('AWS is still switching service control policies on.'));
}

/** The ID of a policy that says what the record says: its own, one that is there, or a new one. */
async function havePolicy(run: GuardRailRun): Promise<Result<string, Failure>> {
  const record = run.find();
  if (record === undefined) return err(appError('not-found', 'The record of this guard rail is gone.'));
  const found = await findPolicy(run, record);
  if (!found.ok) return found;
  if (found.value !== undefined) return ok(found.value);
  const { guardRail, id } = record;
  const name = await freeName(run, guardRailName(guardRail.kind, id));
  if (!name.ok) return name;
  const description = guardRailDescription(guardRail.kind);
  const made = await step(
    run,
    'create',
    () => run.api.createPolicy(name.value, description, record.document, { signal: run.signal }),
    'already-exists',
  );
  if (!made.ok) return made;
  if (made.value !== undefined) return keep(run, made.value.id, true);
  // made by an attempt whose answer was lost
  const later = await findPolicy(run, record);
  if (!later.ok) return later;
  return later.value === undefined
    ? err(appError('already-exists', `Another policy is called ${name.value}.`, { whatToDo: 'Delete it, then go on.' }))
    : ok(later.value);
}

/** Of the catalogue's policies of that kind the one that says the same. What is found goes into the record. */
async function findPolicy(run: GuardRailRun, record: GuardRailRecord): Promise<Result<string | undefined, Failure>> {
  const { document, guardRail, id } = record;
  const listed = await run.api.listPolicies({ signal: run.signal });
  if (!listed.ok) return listed;
  const own = guardRailName(guardRail.kind, id);
  const isOwn = (policy: ServiceControlPolicy) => policy.id === record.policyId || policy.name.startsWith(own);
  const candidates = listed.value.value
    .filter((policy) => kindOfName(policy.name) === guardRail.kind || policy.id === record.policyId)
    // what this record made goes before what somebody else did
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  for (const policy of candidates) {
    const content = await run.api.getPolicyDocument(policy.id, { signal: run.signal });
    if (!content.ok) {
      if (content.error.kind === 'no-such-entity') continue;
      return content;
    }
    if (!isSamePolicy(content.value.value, document)) continue;
    const made = policy.name.startsWith(own) || run.madeElsewhere(policy.id);
    if (record.policyId !== policy.id) {
      note(run, { what: policy.name.startsWith(own) ? 'create' : 'reuse', state: 'found', at: content.value.at });
    }
    return keep(run, policy.id, made || (record.made && record.policyId === policy.id));
  }
  return ok(undefined);
}

function keep(run: GuardRailRun, policyId: string, made: boolean): Result<string> {
  const saved = run.patch((one) => ({ ...one, policyId, made }));
  return saved.ok ? ok(policyId) : saved;
}

/** A policy of that name whose words somebody changed stays what it is; the new one gets a number. */
async function freeName(run: GuardRailRun, wanted: string): Promise<Result<string, Failure>> {
  const listed = await run.api.listPolicies({ signal: run.signal });
  if (!listed.ok) return listed;
  const taken = new Set(listed.value.value.map(({ name }) => name));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${String(count)}`;
    if (!taken.has(name)) return ok(name);
  }
}

async function attach(run: GuardRailRun, policyId: string): Promise<Done> {
  const { api, clock, signal } = run;
  const targetId = run.find()?.targetId ?? '';
  const before = await targetsOf(run, policyId);
  if (!before.ok) return before;
  if (before.value.includes(targetId)) {
    note(run, { what: 'attach', state: 'found', at: clock.now() });
    return ok(undefined);
  }
  const attached = await step(run, 'attach', () => api.attachPolicy(policyId, targetId, { signal }), 'already-exists');
  if (!attached.ok) return attached.error.kind === 'cancelled' ? attached : err(notAttached(attached.error));
  for (let look = 0; look <= looks; look += 1) {
    if (look > 0) await clock.wait(lookEveryMs, signal);
    const after = await targetsOf(run, policyId);
    if (!after.ok) return after;
    if (!after.value.includes(targetId)) continue;
    note(run, { what: 'see', state: 'done', at: clock.now() });
    return ok(undefined);
  }
  return err(notYet('AWS took the attachment and does not show it yet.'));
}

async function removeUnused(run: GuardRailRun, { document, made }: GuardRailRecord, policyId: string): Promise<Done> {
  if (!made || run.usedElsewhere(policyId)) return kept(run);
  const targets = await targetsOf(run, policyId);
  if (!targets.ok) return targets;
  if (targets.value.length > 0) return kept(run);
  const content = await run.api.getPolicyDocument(policyId, { signal: run.signal });
  if (!content.ok) return content.error.kind === 'no-such-entity' ? ok(undefined) : content;
  // somebody's own words are in it now
  if (!isSamePolicy(content.value.value, document)) return kept(run);
  const gone = await step(
    run,
    'delete',
    () => run.api.deletePolicy(policyId, { signal: run.signal }),
    'no-such-entity',
  );
  if (gone.ok) return ok(undefined);
  return gone.error.kind === 'delete-conflict' ? kept(run) : gone;
}

function kept(run: GuardRailRun): Done {
  note(run, { what: 'keep', state: 'done', at: run.clock.now() });
  return ok(undefined);
}

/** IDs of what the policy is attached to. None where it is gone. */
async function targetsOf({ api, signal }: GuardRailRun, policyId: string): Promise<Result<readonly string[], Failure>> {
  const targets = await api.listTargetsForPolicy(policyId, { signal });
  if (targets.ok) return ok(targets.value.value.map(({ id }) => id));
  return targets.error.kind === 'no-such-entity' ? ok([]) : targets;
}

/** Writes a call down before it is made and after it was answered. `doneAlready`: the refusal that says it is so already. */
async function step<T>(
  run: GuardRailRun,
  what: GuardRailStep['what'],
  act: () => Promise<Result<Answer<T>, Failure>>,
  doneAlready: AppError['kind'],
): Promise<Result<T | undefined, Failure>> {
  const begun = note(run, { what, state: 'started', at: run.clock.now() });
  if (!begun.ok) return begun;
  const answer = await act();
  if (answer.ok) {
    const { at, requestId, value } = answer.value;
    note(run, { what, state: 'done', at, ...(requestId === '' ? {} : { requestId }) });
    return ok(value);
  }
  const { error } = answer;
  // it may have been carried out: what came of it is looked at when it is gone on with
  if (error.kind === 'cancelled') return err(error);
  const isDone = error.kind === doneAlready;
  const { requestId } = error;
  note(run, {
    ...{ what, state: isDone ? 'found' : 'failed', at: run.clock.now() },
    ...(requestId === undefined ? {} : { requestId }),
  });
  return isDone ? ok(undefined) : err(error);
}

function note({ patch }: GuardRailRun, entry: GuardRailStep): Result<unknown> {
  return patch((one) => {
    const last = one.steps.at(-1);
    const rest = last?.state === 'started' && last.what === entry.what ? one.steps.slice(0, -1) : one.steps;
    return { ...one, steps: [...rest, entry].slice(-100) };
  });
}

function notYet(message: string): AppError {
  return appError('aws-other', message, {
    whatDidNotChange: 'What is done so far stays done.',
    whatToDo: 'Go on in a minute: AWS is asked anew.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

/** The policy is there by then; a lost answer says nothing of the place. */
function notAttached(error: AppError): AppError {
  if (error.code?.startsWith('PolicyTypeNotEnabled') === true) {
    return {
      ...error,
      message: 'Somebody switched service control policies off at this moment.',
      whatDidNotChange: 'The policy is made and attached nowhere: it refuses nothing yet.',
      whatToDo: 'Go on: they are switched on first.',
      retryable: true,
    };
  }
  const isKnown = error.kind !== 'unreachable' && error.kind !== 'timed-out';
  return isKnown
    ? { ...error, whatDidNotChange: 'The policy is not attached here: it refuses nothing of this place yet.' }
    : error;
}
