import type { AppError } from '../../core/app-error';
import type { PutBackOperation } from '../../core/contract/operations';
import type { Act } from '../../core/domain/activity-words';
import type { Connection } from '../../core/domain/connection';
import type { RoleState } from '../../core/domain/drift/agreement';
import { changedParts, unseenParts } from '../../core/domain/drift/difference';
import { driftOf, type RoleNow } from '../../core/domain/drift/drift-of';
import { hasTagsOf, planPutBack, type PutBack, type RoleAct } from '../../core/domain/drift/put-back';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { AwsResult, CallOptions, IamApi } from '../aws/aws-api';
import type { OperationControl } from '../operations/operations';
import { notCancelled } from '../sources/sources';
import { appError } from '../workspace-context';
import { hiddenHere, notAsSeen, type PutBacksPorts } from './put-backs';
import { PolicyReader, readRole } from './read-role';

/** IAM shows a change some moments after it took it: looked for so often, in milliseconds. */
const lookEveryMs = 2_000;
const looks = 10;

type Failure = AppError | Cancelled;

/** Does what is left of a record, forwards or back, and says in the record how it ended. Never rejects. */
export async function runPutBack(
  ports: PutBacksPorts,
  connection: Connection,
  putBackId: string,
  control: OperationControl<PutBackOperation>,
  initial: PutBackOperation,
): Promise<void> {
  const { audit, clock, publisher, records } = ports;
  const begun = records.find(putBackId);
  if (begun === undefined) return;
  const isUndo = begun.state === 'undoing';
  const done = await doAll(ports, connection, begun, control, initial);
  const finishedAt = clock.now();
  const record = records.find(putBackId) ?? begun;
  const error = done.ok ? undefined : notCancelled(done.error);
  const { error: _before, ...rest } = record;
  const state = isUndo ? (error === undefined ? 'undone' : 'done') : error === undefined ? 'done' : 'failed';
  records.change({ put: [{ ...rest, state, finishedAt, ...(error && { error }) }] });
  audit({
    act: actOf(begun, error),
    subject: connection.roleArn,
    connectionId: connection.id,
    ...(error && { error: error.kind }),
  });
  if (record.purpose === 'narrow' && state === 'done' && error === undefined) ports.narrowed(record);
  if (record.purpose === 'narrow' && state === 'undone') ports.narrowingUndone(record);
  publisher.changed('drift', 'connections');
  const steps = record.steps.filter((step) => step.state === 'done').length;
  control.update({
    ...initial,
    done: steps,
    state: error === undefined ? 'done' : control.signal.aborted ? 'cancelled' : 'failed',
    ...(error && { error }),
  });
}

async function doAll(
  ports: PutBacksPorts,
  connection: Connection,
  record: PutBack,
  control: OperationControl<PutBackOperation>,
  initial: PutBackOperation,
): Promise<Result<void, Failure>> {
  const { clock, records, sources, watch } = ports;
  const options = { signal: control.signal };
  const clients = sources.clients(record.sourceId);
  if (!clients.ok) return clients;
  const { iam, source } = clients.value;
  const isUndo = record.state === 'undoing';
  const [from, to] = isUndo ? [record.to, record.from] : [record.from, record.to];
  const read = async (): Promise<Result<RoleNow, Failure>> => {
    const now = await readRole({
      ...{ roleName: record.roleName, iam, alsoForPolicies: [], policies: new PolicyReader(), agreed: to, options },
    });
    return now.ok && isHidden(from, to, now.value, record.partIds) ? err(hiddenHere(source.label)) : now;
  };
  const before = await read();
  if (!before.ok) return before;
  const isAs = (state: RoleState, now: RoleNow, partId: string): boolean =>
    !differs(state, state === from ? to : from, now, partId);
  const keep = (now: RoleNow): void => {
    const kind = source.kind === 'member-role' ? 'member-role' : 'source';
    watch.keepSight(connection, { eyes: { kind, label: source.label }, now, sourceId: source.id });
  };
  // what was begun before may be as wanted already; anything else than either is somebody's newer change
  const strange = record.partIds.some((id) => !isAs(from, before.value, id) && !isAs(to, before.value, id));
  if (strange) {
    keep(before.value);
    return err(notAsSeen());
  }
  const left = record.partIds.filter((id) => !isAs(to, before.value, id));
  const { acts } = planPutBack(from, to, left, record.purpose);
  const wanted = new Set(acts.map((act) => JSON.stringify(act)));
  for (const [index, { act, state }] of record.steps.entries()) {
    if (state === 'done') continue;
    if (!wanted.has(JSON.stringify(act))) {
      noteStep(ports, record.id, index, { state: 'done', at: clock.now() });
      continue;
    }
    const started = noteStep(ports, record.id, index, { state: 'started', at: clock.now() });
    if (!started.ok) return started;
    const answer = await perform(iam, record.roleName, act, options);
    if (!answer.ok && !(isTaking(act) && answer.error.kind === 'no-such-entity')) {
      noteStep(ports, record.id, index, { state: 'failed', at: clock.now() });
      return answer;
    }
    const evidence = answer.ok ? { at: answer.value.at, requestId: answer.value.requestId } : { at: clock.now() };
    noteStep(ports, record.id, index, { state: 'done', ...evidence });
    const count = records.find(record.id)?.steps.filter((step) => step.state === 'done').length ?? 0;
    control.update({ ...initial, done: count });
  }
  for (let look = 0; look < looks; look += 1) {
    if (look > 0) await control.pause(lookEveryMs);
    const after = await read();
    if (!after.ok) return after;
    if (!record.partIds.every((id) => isAs(to, after.value, id))) continue;
    keep(after.value);
    return record.purpose === 'narrow' ? watch.agreeTo(connection.id, record.partIds) : ok(undefined);
  }
  return err(
    appError('aws-other', 'AWS took every call and does not show it yet.', {
      whatDidNotChange: 'Nothing else was touched.',
      whatToDo: 'Try again in a minute: what is as it is to be then is left alone.',
      retryable: true,
      remedies: [{ kind: 'retry' }],
    }),
  );
}

function actOf({ purpose, state }: PutBack, error: AppError | undefined): Act {
  const isUndo = state === 'undoing';
  if (purpose === 'narrow') {
    return error !== undefined ? 'narrowing.failed' : isUndo ? 'narrowing.undo-done' : 'narrowing.done';
  }
  return error !== undefined ? 'drift.put-back-failed' : isUndo ? 'drift.undo-done' : 'drift.put-back-done';
}

/** `other`: the end of the way at which the role is not to be. */
function differs(state: RoleState, other: RoleState, now: RoleNow, partId: string): boolean {
  const parts = driftOf(state, now);
  if (now.role === undefined || parts.some(({ id, state: one }) => id === 'role' && one !== 'same')) return true;
  if (partId === 'tags') return !hasTagsOf(state, other, now.role);
  return changedParts(parts).some(({ id }) => id === partId);
}

/** Whether a part is as at the one end or at the other cannot be told. Where only one of them has it, that it is there tells. */
function isHidden(from: RoleState, to: RoleState, now: RoleNow, partIds: readonly string[]): boolean {
  const [ofFrom, ofTo] = [from, to].map((state) => new Set(unseenParts(driftOf(state, now)).map(({ id }) => id)));
  return partIds.some((id) => ofFrom?.has(id) === true && ofTo?.has(id) === true);
}

function isTaking({ kind }: RoleAct): boolean {
  return kind === 'detach' || kind === 'delete-inline' || kind === 'delete-boundary';
}

function noteStep(
  { publisher, records }: PutBacksPorts,
  putBackId: string,
  index: number,
  patch: Partial<PutBack['steps'][number]>,
): Result<void> {
  const record = records.find(putBackId);
  if (record === undefined) return ok(undefined);
  const steps = record.steps.map((step, at) => (at === index ? { ...step, ...patch } : step));
  const saved = records.change({ put: [{ ...record, steps }] });
  publisher.changed('drift');
  return saved;
}

async function perform(iam: IamApi, roleName: string, act: RoleAct, options: CallOptions): AwsResult<unknown> {
  switch (act.kind) {
    case 'set-trust':
      return await iam.updateAssumeRolePolicy(roleName, act.document, options);
    case 'put-inline':
      return await iam.putRolePolicy(roleName, act.name, act.document, options);
    case 'delete-inline':
      return await iam.deleteRolePolicy(roleName, act.name, options);
    case 'attach':
      return await iam.attachRolePolicy(roleName, act.arn, options);
    case 'detach':
      return await iam.detachRolePolicy(roleName, act.arn, options);
    case 'set-version':
      return await iam.setDefaultPolicyVersion(act.arn, act.versionId, options);
    case 'put-boundary':
      return await iam.putRolePermissionsBoundary(roleName, act.arn, options);
    case 'delete-boundary':
      return await iam.deleteRolePermissionsBoundary(roleName, options);
    case 'set-session': {
      // UpdateRole sets the description too, so the one that is there is sent along
      const role = await iam.getRole(roleName, options);
      if (!role.ok) return role;
      const { description } = role.value.value;
      return await iam.updateRole(roleName, { description, maxSessionDuration: act.seconds }, options);
    }
    case 'tag':
      return await iam.tagRole(roleName, act.tags, options);
    case 'untag':
      return await iam.untagRole(roleName, act.keys, options);
  }
}
