import { z } from '../../core/zod';
import type { AppError } from '../../core/app-error';
import type { Act } from '../../core/domain/activity-words';
import type { Rotation, RotationEvent } from '../../core/domain/identity-acts';
import { keyHintOf } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { AwsCredentials, IamApi } from '../aws/aws-api';
import { isRefusal } from '../organization/run';
import type { Vault } from '../secrets/secret-vault';
import { notCancelled, type Sources } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';
import type { ActRecords } from './act-records';

/** One rotation with what its steps need. Each step can be run again: it looks at the record, and at AWS, first. */
export type RotationRun = Pick<WorkspaceContext, 'audit' | 'aws' | 'clock'> & {
  readonly id: string;
  readonly sources: Sources;
  readonly vault: Vault;
  readonly records: ActRecords;
  readonly signal: AbortSignal;
};

type Done = Result<unknown>;
type What = RotationEvent['what'];

/** Milliseconds: how long a new key may take until AWS knows it everywhere, and how often it is tried. */
const tryForMs = 120_000;
const tryEveryMs = 2_000;

const keyPlace = (id: string): string => `rotation/${id}/new`;
const oldPlace = (id: string): string => `rotation/${id}/old`;
const keySchema = z.strictObject({ accessKeyId: z.string(), secretAccessKey: z.string() });

/** Makes the new key, keeps it, tries it; where the old one is a source of ours, switches over and turns the old one off. */
export async function makeNewKey(run: RotationRun): Promise<Done> {
  const room = await makeRoom(run);
  if (!room.ok) return room;
  const made = await create(run);
  if (!made.ok) return made;
  const works = await tryKey(run, made.value);
  if (!works.ok) return works;
  const one = record(run);
  if (one.ownSourceId === undefined) {
    patch(run, ({ tryingSince: _over, ...rest }) => ({ ...rest, state: 'handing' }));
    return ok({});
  }
  const switched = await switchOver(run, one.ownSourceId, made.value);
  return switched.ok ? await turnOldOff(run) : switched;
}

/** SECURITY(S-32): the old key is turned off only after the new one was just seen to work. */
export async function turnOldOff(run: RotationRun): Promise<Done> {
  const key = await newKey(run);
  if (!key.ok) return key;
  const works = await tryKey(run, key.value);
  if (!works.ok) return works;
  const one = record(run);
  const answer = await step(run, 'deactivate', (iam, signal) =>
    iam.setKeyActive(one.userName, one.oldKeyId, false, { signal }),
  );
  if (!answer.ok) return answer;
  return patch(run, (rest) => ({ ...rest, state: 'grace', deleteAt: run.clock.now() + rest.graceMs }));
}

/** The end: the old key is deleted, and what was kept of the new one beside its source is wiped. */
export async function deleteOldKey(run: RotationRun): Promise<Done> {
  const one = record(run);
  if (!isDone(one, 'delete-old')) {
    const key = await newKey(run);
    if (!key.ok) return key;
    const works = await tryKey(run, key.value);
    if (!works.ok) return works;
    const answer = await step(run, 'delete-old', (iam, signal) =>
      iam.deleteAccessKey(one.userName, one.oldKeyId, { signal }),
    );
    if (!answer.ok) return answer;
  }
  const wiped = await wipe(run);
  if (!wiped.ok) return wiped;
  log(run, 'key.rotated');
  return patch(run, (rest) => ({ ...rest, state: 'done' }));
}

/** Backwards: the old key works again and is seen to, then the new one goes. */
export async function takeBack(run: RotationRun): Promise<Done> {
  const one = record(run);
  if (has(one, 'deactivate')) {
    const answer = await step(run, 'activate-old', (iam, signal) =>
      iam.setKeyActive(one.userName, one.oldKeyId, true, { signal }),
    );
    if (!answer.ok) return answer;
  }
  const stands = await keysOf(run);
  if (!stands.ok) return stands;
  // SECURITY(S-32): nothing that works is deleted while the old key is off
  if (stands.value.find(({ accessKeyId }) => accessKeyId === one.oldKeyId)?.active !== true) return err(oldIsOff(one));
  if (one.ownSourceId !== undefined && has(one, 'switch')) {
    const back = await switchBack(run, one.ownSourceId);
    if (!back.ok) return back;
  }
  const found = await lookForNew(run, stands.value);
  if (!found.ok) return found;
  const gone = found.value;
  if (gone !== undefined) {
    const answer = await step(run, 'delete-new', (iam, signal) => iam.deleteAccessKey(one.userName, gone, { signal }));
    if (!answer.ok) return answer;
  }
  const wiped = await wipe(run);
  if (!wiped.ok) return wiped;
  log(run, 'key.rotation-undone');
  return patch(run, ({ deleteAt: _none, tryingSince: _over, ...rest }) => ({ ...rest, state: 'undone' }));
}

/** The key that was made, as it is kept. */
export async function newKey({ id, vault }: Pick<RotationRun, 'id' | 'vault'>): Promise<Result<AwsCredentials>> {
  return await kept(vault, keyPlace(id));
}

async function kept(vault: Vault, place: string): Promise<Result<AwsCredentials>> {
  const read = await vault.get(place);
  if (!read.ok) return read;
  const parsed = keySchema.safeParse(read.value === undefined ? undefined : JSON.parse(read.value));
  return parsed.success
    ? ok(parsed.data)
    : err(
        appError('credentials-missing', 'The new key is no longer kept on this computer.', {
          whatDidNotChange: 'The old key was not touched.',
          whatToDo: 'Take the rotation back: the old key works, and the new one is deleted.',
        }),
      );
}

async function makeRoom(run: RotationRun): Promise<Done> {
  const { makesRoomOf, userName } = record(run);
  if (makesRoomOf === undefined || isDone(record(run), 'make-room')) return ok({});
  return await step(run, 'make-room', (iam, signal) => iam.deleteAccessKey(userName, makesRoomOf, { signal }));
}

async function create(run: RotationRun): Promise<Result<AwsCredentials>> {
  const before = record(run);
  if (before.newKeyId !== undefined) return await newKey(run);
  const state = await run.vault.check();
  if (state.state === 'unavailable') return err(state.error);
  const stands = await keysOf(run);
  if (!stands.ok) return stands;
  if (has(before, 'create')) {
    const found = await lookForNew(run, stands.value);
    if (!found.ok) return found;
    if (record(run).newKeyId !== undefined) return await newKey(run);
    if (found.value !== undefined) {
      const stray = found.value;
      const gone = await step(run, 'delete-stray', (iam, signal) =>
        iam.deleteAccessKey(before.userName, stray, { signal }),
      );
      if (!gone.ok) return gone;
      patch(run, ({ strayKeyId: _gone, ...rest }) => rest);
    }
  }
  const ids = stands.value.map(({ accessKeyId }) => accessKeyId).filter((id) => id !== before.strayKeyId);
  const noted = patch(run, (one) => ({ ...one, before: ids, events: [...one.events, event(run, 'create', 'begun')] }));
  if (!noted.ok) return noted;
  const clients = run.sources.clients(before.sourceId);
  if (!clients.ok) return clients;
  const answer = await clients.value.iam.createAccessKey(before.userName, { signal: run.signal });
  if (!answer.ok) {
    const error = notCancelled(answer.error);
    // nothing was made: nothing has to be looked for
    if (isRefusal(error)) patch(run, (one) => ({ ...one, events: one.events.slice(0, -1) }));
    else await lookAfterLoss(run);
    return record(run).strayKeyId === undefined ? err(error) : err(isStray(record(run)));
  }
  const { requestId, value: key } = answer.value;
  // in the keychain before it is on record: a record without a key would be a lie
  const put = await run.vault.put(keyPlace(run.id), JSON.stringify(key));
  if (!put.ok) {
    patch(run, (one) => ({ ...one, strayKeyId: key.accessKeyId }));
    return put;
  }
  patch(run, (one) => ({ ...one, newKeyId: key.accessKeyId }));
  settle(run, 'create', requestId);
  log(run, 'key.made');
  return ok(key);
}

async function lookAfterLoss(run: RotationRun): Promise<void> {
  const stands = await keysOf(run);
  if (stands.ok) await lookForNew(run, stands.value);
}

/**
 * The key that is there and was not before one was made. Where its secret is kept it is the new one; else nobody has its
 * secret, and it is deleted only once a person was told of it.
 */
async function lookForNew(
  run: RotationRun,
  stands: readonly { readonly accessKeyId: string }[],
): Promise<Result<string | undefined>> {
  const one = record(run);
  if (one.newKeyId !== undefined) return ok(one.newKeyId);
  if (!has(one, 'create')) return ok(undefined);
  const found = stands.find(({ accessKeyId }) => !one.before.includes(accessKeyId))?.accessKeyId;
  if (found === undefined) {
    patch(run, ({ strayKeyId: _gone, ...rest }) => rest);
    return ok(undefined);
  }
  const secret = await newKey(run);
  if (secret.ok && secret.value.accessKeyId === found) {
    patch(run, (rest) => ({ ...rest, newKeyId: found }));
    return ok(found);
  }
  if (one.strayKeyId === found) return ok(found);
  patch(run, (rest) => ({ ...rest, strayKeyId: found }));
  return err(isStray(record(run)));
}

/** Asks AWS who the key is until it knows it: a new key takes some seconds to spread. */
async function tryKey(run: RotationRun, key: AwsCredentials): Promise<Done> {
  const { accountId, sourceId, userName } = record(run);
  const clients = run.sources.clients(sourceId);
  if (!clients.ok) return clients;
  const sts = run.aws.sts(clients.value.environment, () => Promise.resolve(ok(key)));
  const since = run.clock.monotonic();
  patch(run, (one) => ({ ...one, tryingSince: run.clock.now() }));
  for (;;) {
    const answer = await sts.getCallerIdentity({ signal: run.signal });
    if (answer.ok) {
      const { accountId: account, arn } = answer.value.value;
      patch(run, ({ tryingSince: _over, ...one }) => one);
      if (account !== accountId || arn.split('/').at(-1) !== userName) return err(wrongUser(arn));
      if (!isDone(record(run), 'verify')) {
        patch(run, (one) => ({
          ...one,
          events: [...one.events, event(run, 'verify', 'done', answer.value.requestId)],
        }));
      }
      return ok({});
    }
    const error = notCancelled(answer.error);
    const mayWorkLater = error.kind === 'credentials-invalid' && run.clock.monotonic() - since < tryForMs;
    if (!mayWorkLater || run.signal.aborted) {
      patch(run, ({ tryingSince: _over, ...one }) => one);
      return err(error);
    }
    await run.clock.wait(tryEveryMs, run.signal);
  }
}

async function switchOver(run: RotationRun, ownSourceId: string, key: AwsCredentials): Promise<Done> {
  const one = record(run);
  const holder = await run.sources.withAccessKey(one.oldKeyId);
  if (holder?.source.id !== ownSourceId) {
    // it was switched already, or a person has changed the source since
    const now = await run.sources.withAccessKey(key.accessKeyId);
    return now?.source.id === ownSourceId ? settle(run, 'switch') : err(sourceChanged());
  }
  const { accessKeyId, secretAccessKey } = holder.key;
  const old = await run.vault.put(oldPlace(run.id), JSON.stringify({ accessKeyId, secretAccessKey }));
  if (!old.ok) return old;
  return await replaceSource(run, 'switch', holder.source, key);
}

async function switchBack(run: RotationRun, ownSourceId: string): Promise<Done> {
  const one = record(run);
  const old = await kept(run.vault, oldPlace(run.id));
  if (!old.ok) return (await run.sources.withAccessKey(one.oldKeyId))?.source.id === ownSourceId ? ok({}) : old;
  const works = await tryKey(run, old.value);
  if (!works.ok) return works;
  const source = run.sources.find(ownSourceId);
  if (source?.kind !== 'access-key') return ok({});
  return await replaceSource(run, 'switch-back', source, old.value);
}

async function replaceSource(
  run: RotationRun,
  what: What,
  source: Extract<NonNullable<ReturnType<Sources['find']>>, { kind: 'access-key' }>,
  key: AwsCredentials,
): Promise<Done> {
  const begun = patch(run, (one) => ({ ...one, events: [...one.events, event(run, what, 'begun')] }));
  if (!begun.ok) return begun;
  const { id, kept: place, label, mfaSerial, region } = source;
  const { accessKeyId, secretAccessKey } = key;
  const replaced = await run.sources.addAccessKey({
    ...{ label, accessKeyId, secretAccessKey, region, mfaSerial, keep: place === 'keychain', replaces: id },
  });
  return replaced.ok ? settle(run, what) : replaced;
}

async function keysOf(run: RotationRun) {
  const { sourceId, userName } = record(run);
  const clients = run.sources.clients(sourceId);
  if (!clients.ok) return clients;
  const answer = await clients.value.iam.listKeys(userName, { signal: run.signal });
  return answer.ok ? ok(answer.value.value) : err(notCancelled(answer.error));
}

/** On record before the call and after it; what is gone already is done. */
async function step(
  run: RotationRun,
  what: What,
  call: (iam: IamApi, signal: AbortSignal) => ReturnType<IamApi['deleteAccessKey']>,
): Promise<Done> {
  const clients = run.sources.clients(record(run).sourceId);
  if (!clients.ok) return clients;
  const begun = patch(run, (one) => ({ ...one, events: [...one.events, event(run, what, 'begun')] }));
  if (!begun.ok) return begun;
  const answer = await call(clients.value.iam, run.signal);
  if (!answer.ok) {
    const error = notCancelled(answer.error);
    if (error.kind === 'no-such-entity' && what !== 'activate-old') return settle(run, what, error.requestId);
    // nothing came of it: nothing has to be taken back
    if (isRefusal(error)) patch(run, (one) => ({ ...one, events: one.events.slice(0, -1) }));
    return err(error);
  }
  log(run, 'key.changed', what);
  return settle(run, what, answer.value.requestId);
}

function settle(run: RotationRun, what: What, requestId?: string): Done {
  return patch(run, (one) => ({
    ...one,
    events: [
      ...one.events.filter((entry) => !(entry.what === what && entry.state === 'begun')),
      event(run, what, 'done', requestId),
    ],
  }));
}

async function wipe({ id, vault }: RotationRun): Promise<Done> {
  const first = await vault.remove(keyPlace(id));
  return first.ok ? await vault.remove(oldPlace(id)) : first;
}

function event(run: RotationRun, what: What, state: RotationEvent['state'], requestId?: string): RotationEvent {
  const id = requestId === undefined || requestId === '' ? {} : { requestId };
  return { what, state, at: run.clock.now(), ...id };
}

function record({ id, records }: RotationRun): Rotation {
  const one = records.rotation(id);
  if (one === undefined) throw new Error('A rotation without its record');
  return one;
}

function patch(run: RotationRun, change: (one: Rotation) => Rotation): Done {
  const one = change(record(run));
  return run.records.put({ ...one, events: one.events.slice(-100) });
}

const has = ({ events }: Rotation, what: What): boolean => events.some((one) => one.what === what);
const isDone = ({ events }: Rotation, what: What): boolean =>
  events.some((one) => one.what === what && one.state === 'done');

function log(run: RotationRun, act: Act, what?: What): void {
  const { newKeyId = '', oldKeyId, userName } = record(run);
  const hints = { oldKey: keyHintOf(oldKeyId), ...(newKeyId === '' ? {} : { newKey: keyHintOf(newKeyId) }) };
  run.audit({ act, subject: userName, actId: run.id, ...hints, ...(what === undefined ? {} : { what }) });
}

function isStray({ strayKeyId = '' }: Rotation): AppError {
  return appError(
    'not-possible',
    `A key was made, and its answer was lost: ${strayKeyId} is there, and nobody has its secret.`,
    {
      whatDidNotChange: 'The old key works as before. The stray one is not used for anything.',
      whatToDo:
        'Go on: it is deleted, and another is made. If somebody else made it just now, take this back and ask them.',
      retryable: true,
      remedies: [{ kind: 'retry' }],
    },
  );
}

function oldIsOff({ oldKeyId }: Rotation): AppError {
  return appError('not-possible', `AWS does not show ${oldKeyId} as active.`, {
    whatDidNotChange: 'The new key stays, and works.',
    whatToDo: 'Try again. If the old key was deleted elsewhere, keep the new one.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

function wrongUser(arn: string): AppError {
  return appError('not-possible', `The new key is of ${arn.slice(0, 200)}, and not of this user.`, {
    whatDidNotChange: 'The old key was not touched.',
    whatToDo: 'Take the rotation back.',
  });
}

function sourceChanged(): AppError {
  return appError('not-possible', 'The source identity that calls with the old key was changed in the meantime.', {
    whatDidNotChange: 'The old key was not touched.',
    whatToDo: 'Take the rotation back, then begin it again.',
  });
}
