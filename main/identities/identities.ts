import { setMaxListeners } from 'node:events';
import type { AppError } from '../../core/app-error';
import { canBeUndone, isOver, type IdentityAct, type Removal, type Rotation } from '../../core/domain/identity-acts';
import { stillLetsIn } from '../../core/domain/departure';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { SecretClipboard } from '../handoff/secret-clipboard';
import { Background } from '../platform/background';
import type { SecretVault } from '../secrets/secret-vault';
import { notCancelled, type SourceClients } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { ActRecords, type ActRecordsPorts } from './act-records';
import { carryOut, putBack } from './carry-out-removal';
import { planRemoval, type RemovalPlan } from './plan-removal';
import { Readings, type ReadingsPorts } from './readings';
import { deleteOldKey, makeNewKey, newKey, takeBack, turnOldOff, type RotationRun } from './rotate-key';

export type IdentitiesPorts = ActRecordsPorts &
  ReadingsPorts &
  Pick<WorkspaceContext, 'audit' | 'aws' | 'newId'> & {
    readonly vault: SecretVault;
    readonly clipboard: SecretClipboard;
    readonly connections: Pick<Connections, 'all'>;
  };

export type RotateWish = {
  readonly sourceId: string;
  readonly userName: string;
  readonly accessKeyId: string;
  readonly graceHours: number;
  readonly makesRoomOf?: string | undefined;
};

export type RemovalWish = Pick<Removal, 'mode' | 'name' | 'sourceId' | 'subject'>;

type Done = Result<Record<string, never>>;

/** Who is in an account, and what is done to them: keys rotated, users and roles deactivated and deleted. */
export class Identities {
  readonly readings: Readings;
  readonly #ports: IdentitiesPorts;
  readonly #records: ActRecords;
  readonly #background = new Background();
  /** being looked at before it is on record: two clicks are one wish */
  readonly #beginning = new Set<string>();

  constructor(ports: IdentitiesPorts) {
    this.#ports = ports;
    this.#records = new ActRecords(ports);
    this.readings = new Readings(ports);
  }

  /** Newest first. */
  list(): IdentityAct[] {
    return [...this.#records.all()].sort((a, b) => b.startedAt - a.startedAt);
  }

  find(actId: string): IdentityAct | undefined {
    return this.#records.find(actId);
  }

  /**
   * Begins to rotate the key and goes on in the background. Refused before anything is made: a key that is not there, a
   * user with two keys unless the other is named in `makesRoomOf`, one with an act under way, and a keychain that does not answer.
   */
  async rotate(wish: RotateWish): Promise<Result<{ actId: string }>> {
    const { accessKeyId, graceHours, makesRoomOf, sourceId, userName } = wish;
    return await this.#once(`user/${userName}`, async () => {
      const entry = await this.#enter(sourceId);
      if (!entry.ok) return entry;
      const { accountId, clients } = entry.value;
      const busy = this.#underWay(accountId, userName);
      if (busy) return err(underWay(userName));
      const keys = await clients.iam.listKeys(userName);
      if (!keys.ok) return err(notCancelled(keys.error));
      const ids = keys.value.value.map((key) => key.accessKeyId);
      if (!ids.includes(accessKeyId)) return err(noSuchKey(accessKeyId));
      const other = ids.find((id) => id !== accessKeyId);
      if (other !== undefined && makesRoomOf !== other) return err(twoKeys(other));
      if (other !== undefined && (await this.#ports.sources.withAccessKey(other)) !== undefined)
        return err(isOurs(other));
      const state = await this.#ports.vault.check();
      if (state.state === 'unavailable') return err(state.error);
      const holder = await this.#ports.sources.withAccessKey(accessKeyId);
      const rotation: Rotation = {
        ...{ kind: 'rotation', id: this.#ports.newId(), sourceId, accountId, userName, oldKeyId: accessKeyId },
        ...{ startedAt: this.#ports.clock.now(), before: ids, state: 'creating', busy: true, events: [] },
        graceMs: graceHours * 3_600_000,
        ...(other === undefined ? {} : { makesRoomOf: other }),
        ...(holder === undefined ? {} : { ownSourceId: holder.source.id }),
      };
      const saved = this.#records.add(rotation);
      if (!saved.ok) return saved;
      this.#rotateOn(rotation, makeNewKey);
      return ok({ actId: rotation.id });
    });
  }

  /** SECURITY(S-27): main copies the new key; the window never has it. Possible until the old key is deleted. */
  async copyKey(actId: string): Promise<Result<{ clearedAt: number }>> {
    const one = this.#records.rotation(actId);
    if (one?.newKeyId === undefined || isOver(one)) return err(notFound('The new key'));
    const key = await newKey({ id: actId, vault: this.#ports.vault });
    if (!key.ok) return key;
    const { accessKeyId, secretAccessKey } = key.value;
    const text = `AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\n`;
    const clearedAt = await this.#ports.clipboard.put(text);
    this.#ports.audit({ act: 'key.copied', subject: one.userName, actId });
    return ok({ clearedAt });
  }

  deactivateOld(actId: string): Done {
    return this.#onRotation(actId, 'handing', turnOldOff);
  }

  deleteOld(actId: string): Done {
    return this.#onRotation(actId, 'grace', deleteOldKey);
  }

  /** What would be done. Refused: the caller, our sources, roles that our connections use, a stack's, and AWS's own. */
  async planRemoval(wish: RemovalWish): Promise<Result<RemovalPlan>> {
    const entry = await this.#enter(wish.sourceId);
    return entry.ok ? await this.#plan(entry.value, wish) : entry;
  }

  /** `typedName`: what somebody typed to confirm it. The plan is read anew, so that nothing that came since is left. */
  async remove(wish: RemovalWish, typedName: string): Promise<Result<{ actId: string }>> {
    const { mode, name, sourceId, subject } = wish;
    if (typedName.trim() !== name) return err(notTyped(name));
    return await this.#once(`${subject}/${name}`, async () => {
      const entry = await this.#enter(sourceId);
      if (!entry.ok) return entry;
      if (this.#underWay(entry.value.accountId, name)) return err(underWay(name));
      const plan = await this.#plan(entry.value, wish);
      if (!plan.ok) return plan;
      const removal: Removal = {
        ...{
          kind: 'removal',
          id: this.#ports.newId(),
          sourceId,
          accountId: entry.value.accountId,
          subject,
          mode,
          name,
        },
        ...{ arn: plan.value.arn, startedAt: this.#ports.clock.now(), state: 'running', isUndo: false },
        steps: plan.value.steps,
      };
      const saved = this.#records.add(removal);
      if (!saved.ok) return saved;
      this.#removeOn(removal, false);
      return ok({ actId: removal.id });
    });
  }

  /** Goes on where it stopped. */
  resume(actId: string): Done {
    const act = this.find(actId);
    if (act === undefined) return err(notFound('This record'));
    if (isOver(act) || this.#background.has(actId)) return ok({});
    if (act.kind === 'removal') {
      this.#removeOn(act, act.isUndo);
      return ok({});
    }
    const began = act.events.at(-1)?.what;
    if (act.state === 'undoing') this.#rotateOn(act, takeBack);
    else if (act.state === 'creating') this.#rotateOn(act, makeNewKey);
    else if (act.state === 'handing') this.#rotateOn(act, turnOldOff);
    else if (began === 'delete-old' || act.error !== undefined) this.#rotateOn(act, deleteOldKey);
    return ok({});
  }

  undo(actId: string): Done {
    const act = this.find(actId);
    if (act === undefined) return err(notFound('This record'));
    if (this.#background.has(actId) || act.state === 'undone') return ok({});
    if (!canBeUndone(act)) return err(cannotBeUndone());
    if (act.kind === 'removal') this.#removeOn(act, true);
    else this.#rotateOn({ ...act, state: 'undoing' }, takeBack);
    return ok({});
  }

  /** What was under way when the app ended: said so, touching nothing. */
  recover(): void {
    for (const act of this.#records.all()) {
      if (act.kind === 'rotation' && act.busy) this.#records.put({ ...act, busy: false, error: brokenOff() });
      if (act.kind === 'removal' && (act.state === 'running' || act.state === 'undoing')) {
        this.#records.put({ ...act, state: 'stopped', isUndo: act.state === 'undoing', error: brokenOff() });
      }
    }
  }

  /** Deletes old keys whose grace period is over. Once, when the window stands. */
  catchUp(): void {
    const now = this.#ports.clock.now();
    for (const act of this.#records.all()) {
      const isDue = act.kind === 'rotation' && act.state === 'grace' && (act.deleteAt ?? Infinity) <= now;
      if (isDue && act.error === undefined) this.#rotateOn(act, deleteOldKey);
    }
  }

  stop(): void {
    this.#background.stopAll();
    this.readings.stop();
  }

  async #once<T>(key: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#beginning.has(key)) return err(underWay(key.split('/').at(-1) ?? key));
    this.#beginning.add(key);
    try {
      return await work();
    } finally {
      this.#beginning.delete(key);
    }
  }

  async #enter(sourceId: string): Promise<Result<{ clients: SourceClients; accountId: string; callerArn: string }>> {
    const clients = this.#ports.sources.clients(sourceId);
    if (!clients.ok) return clients;
    const identity = await this.#ports.sources.identify(sourceId);
    if (!identity.ok) return identity;
    return ok({ clients: clients.value, accountId: identity.value.accountId, callerArn: identity.value.arn });
  }

  async #plan(
    { accountId, callerArn, clients }: { clients: SourceClients; accountId: string; callerArn: string },
    wish: RemovalWish,
  ): Promise<Result<RemovalPlan>> {
    const plan = await planRemoval(clients.iam, wish);
    if (!plan.ok) return plan;
    const { arn } = plan.value;
    // SECURITY(S-32): nobody takes away what they call with
    if (isSelf(callerArn, wish, arn)) return err(isCaller(wish.name));
    const own = this.#ports.sources
      .list()
      .find(({ identity }) => identity !== undefined && isSelf(identity.arn, wish, arn));
    if (own !== undefined) return err(isSource(wish.name, own.source.label));
    const used = this.#ports.connections
      .all()
      .find((one) => one.accountId === accountId && one.roleArn === arn && stillLetsIn(one.status));
    return used === undefined ? plan : err(isUsed(wish.name, used.name));
  }

  #underWay(accountId: string, name: string): boolean {
    return this.#records.all().some((act) => {
      if (act.accountId !== accountId || isOver(act)) return false;
      return (act.kind === 'rotation' ? act.userName : act.name) === name;
    });
  }

  #onRotation(actId: string, state: Rotation['state'], work: (run: RotationRun) => Promise<Result<unknown>>): Done {
    const one = this.#records.rotation(actId);
    if (one === undefined) return err(notFound('This record'));
    if (this.#background.has(actId)) return ok({});
    if (one.state !== state) return err(notFound('What this was to be done for'));
    this.#rotateOn(one, work);
    return ok({});
  }

  #rotateOn(one: Rotation, work: (run: RotationRun) => Promise<Result<unknown>>): void {
    const { id } = one;
    const { error: _before, ...rest } = one;
    if (!this.#records.put({ ...rest, busy: true }).ok) return;
    this.#background.begin(id, async (signal) => {
      setMaxListeners(0, signal);
      const end = await work({ ...this.#ports, id, records: this.#records, signal });
      const now = this.#records.rotation(id);
      // the app is being closed: what is on disk says that it was under way
      if (now === undefined || signal.aborted) return;
      this.#records.put({ ...now, busy: false, ...(end.ok ? {} : { error: notCancelled(end.error) }) });
      void this.readings.readAgain(one.accountId, 'user', one.userName);
    });
  }

  #removeOn(one: Removal, isUndo: boolean): void {
    const { id } = one;
    const { error: _before, ...rest } = one;
    if (!this.#records.put({ ...rest, isUndo, state: isUndo ? 'undoing' : 'running' }).ok) return;
    this.#background.begin(id, async (signal) => {
      setMaxListeners(0, signal);
      const run = { ...this.#ports, id, records: this.#records, signal };
      const end = isUndo ? await putBack(run) : await carryOut(run);
      const now = this.#records.removal(id);
      if (now === undefined || signal.aborted) return;
      if (!end.ok) this.#records.put({ ...now, state: 'stopped', error: notCancelled(end.error) });
      void this.readings.readAgain(one.accountId, one.subject, one.name);
    });
  }
}

/** A session's ARN has its role's name without the path (IAM User Guide, "IAM identifiers"). */
function isSelf(callerArn: string, { name, subject }: RemovalWish, arn: string): boolean {
  if (subject === 'user') return callerArn === arn;
  const [account, role] = [callerArn.split(':')[4], /:assumed-role\/([^/]+)\//.exec(callerArn)?.[1]];
  return role === name && account === arn.split(':')[4];
}

const retried = { retryable: true, remedies: [{ kind: 'retry' as const }] };

function brokenOff(): AppError {
  return appError('not-possible', 'This was broken off: the app ended while it was under way.', {
    whatDidNotChange: 'What is ticked off is done. Nothing else is known to be.',
    whatToDo: 'Go on: what holds in AWS is looked at first, and nothing is done twice.',
    ...retried,
  });
}

function underWay(name: string): AppError {
  return appError('already-exists', `Something is being done for ${name} already.`, {
    whatToDo: 'Finish it or take it back first.',
  });
}

function noSuchKey(accessKeyId: string): AppError {
  return appError('not-found', `${accessKeyId} is no key of this user any more.`, {
    whatToDo: 'Read the account again.',
  });
}

function twoKeys(other: string): AppError {
  return appError('not-possible', 'This user has two keys, and AWS allows no third.', {
    whatToDo: `Say that ${other} is to be deleted first, or rotate that one.`,
    field: 'makesRoomOf',
  });
}

function isOurs(other: string): AppError {
  return appError('not-possible', `${other} is one of your source identities here.`, {
    whatToDo: 'Remove that source first, or rotate its key instead.',
    field: 'makesRoomOf',
  });
}

function notTyped(name: string): AppError {
  return appError('invalid-input', `Type ${name} to confirm it.`, {
    whatToDo: 'Type the name exactly.',
    field: 'typedName',
  });
}

function isCaller(name: string): AppError {
  return appError('not-possible', `${name} is who Sallyport calls as here.`, {
    whatToDo: 'Choose another source identity in this account, then do it again.',
    remedies: [{ kind: 'choose-source' }],
  });
}

function isSource(name: string, label: string): AppError {
  return appError('not-possible', `${name} is your source identity “${label}”.`, {
    whatToDo: 'Remove the source from Sallyport first.',
    remedies: [{ kind: 'choose-source' }],
  });
}

function isUsed(name: string, connection: string): AppError {
  return appError('not-possible', `The connection “${connection}” goes by ${name}.`, {
    whatToDo:
      'Revoke the connection: that closes it to new sessions first, proves it, and deletes the role at the end.',
  });
}

function cannotBeUndone(): AppError {
  return appError('not-possible', 'What was deleted for good cannot be put back.', { whatToDo: 'Make it anew.' });
}
