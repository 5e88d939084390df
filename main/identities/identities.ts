import { setMaxListeners } from 'node:events';
import { canBeUndone, isOver, type IdentityAct, type Removal, type Rotation } from '../../core/domain/identity-acts';
import { stillLetsIn } from '../../core/domain/connection';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import type { SecretClipboard } from '../handoff/secret-clipboard';
import { Background } from '../platform/background';
import type { Vault } from '../secrets/secret-vault';
import { notCancelled, type SourceClients } from '../sources/sources';
import { notFound, type WorkspaceContext } from '../workspace-context';
import { ActRecords, type ActRecordsPorts } from './act-records';
import { carryOut, putBack } from './carry-out-removal';
import { planRemoval, type RemovalPlan } from './plan-removal';
import { Readings, type ReadingsPorts } from './readings';
import {
  brokenOff,
  cannotBeUndone,
  isCaller,
  isOff,
  isOurs,
  isSource,
  isUsed,
  noSuchKey,
  notTyped,
  notWritten,
  twoKeys,
  underWay,
} from './refusals';
import { deleteOldKey, makeNewKey, newKey, takeBack, turnOldOff, type RotationRun } from './rotate-key';

export type IdentitiesPorts = ActRecordsPorts &
  ReadingsPorts &
  Pick<WorkspaceContext, 'audit' | 'aws' | 'newId'> & {
    readonly vault: Vault;
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
    return this.#records
      .all()
      .map((act) => this.#asItIs(act))
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  find(actId: string): IdentityAct | undefined {
    const act = this.#records.find(actId);
    return act && this.#asItIs(act);
  }

  /**
   * Begins to rotate the key and goes on in the background. Refused before anything is made: a key that is not there or
   * is off, a user with two keys unless the other is named in `makesRoomOf`, one with an act under way, and a keychain that does not answer.
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
      const old = keys.value.value.find((key) => key.accessKeyId === accessKeyId);
      if (old === undefined) return err(noSuchKey(accessKeyId));
      if (!old.active) return err(isOff(accessKeyId));
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
      this.#rotateNow(rotation, makeNewKey);
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
      this.#removeNow(removal);
      return ok({ actId: removal.id });
    });
  }

  /** Goes on where it stopped. */
  resume(actId: string): Done {
    const act = this.find(actId);
    if (act === undefined) return err(notFound('This record'));
    if (isOver(act) || this.#background.has(actId)) return ok({});
    if (act.kind === 'removal') return this.#removeOn(act, act.isUndo);
    const began = act.events.at(-1)?.what;
    if (act.state === 'undoing') return this.#rotateOn(act, takeBack);
    if (act.state === 'creating') return this.#rotateOn(act, makeNewKey);
    if (act.state === 'handing') return this.#rotateOn(act, turnOldOff);
    return began === 'delete-old' || act.error !== undefined ? this.#rotateOn(act, deleteOldKey) : ok({});
  }

  undo(actId: string): Done {
    const act = this.find(actId);
    if (act === undefined) return err(notFound('This record'));
    if (this.#background.has(actId) || act.state === 'undone') return ok({});
    if (!canBeUndone(act)) return err(cannotBeUndone());
    if (act.kind === 'rotation') return this.#rotateOn({ ...act, state: 'undoing' }, takeBack);
    // over long ago, it would come between the steps of what is done now
    if (isOver(act) && this.#underWay(act.accountId, act.name)) return err(underWay(act.name));
    return this.#removeOn(act, true);
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
    const own = await this.#sourcesThatAre(wish, plan.value);
    const [one] = own.found;
    if (one !== undefined) return err(isSource(wish.name, one));
    const used = this.#ports.connections
      .all()
      .find((one) => one.accountId === accountId && one.roleArn === arn && stillLetsIn(one.status));
    return used === undefined ? ok({ ...plan.value, unasked: own.unasked }) : err(isUsed(wish.name, used.name));
  }

  /** By who they say they are, and by the keys that they hold. `unasked`: those of which it is not known. */
  async #sourcesThatAre(
    wish: RemovalWish,
    { arn, steps }: Pick<RemovalPlan, 'arn' | 'steps'>,
  ): Promise<{ readonly found: string[]; readonly unasked: string[] }> {
    const { sources } = this.#ports;
    const keys = steps.filter(({ what }) => what === 'deactivate-key' || what === 'delete-key');
    const holders = await Promise.all(keys.map(({ target }) => sources.withAccessKey(target)));
    const asked = await Promise.all(
      sources.list().map(async ({ identity, source: { id, label } }) => ({
        label,
        who: identity === undefined ? await sources.identity(id) : ok(identity),
      })),
    );
    return {
      found: [
        ...holders.flatMap((holder) => (holder === undefined ? [] : [holder.source.label])),
        ...asked.flatMap(({ label, who }) => (who.ok && isSelf(who.value.arn, wish, arn) ? [label] : [])),
      ],
      unasked: asked.flatMap(({ label, who }) => (who.ok ? [] : [label])),
    };
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
    return this.#rotateOn(one, work);
  }

  #rotateOn(one: Rotation, work: (run: RotationRun) => Promise<Result<unknown>>): Done {
    const { error: _before, ...rest } = one;
    const saved = this.#records.put({ ...rest, busy: true });
    if (!saved.ok) return saved;
    this.#rotateNow(one, work);
    return ok({});
  }

  #rotateNow({ accountId, id, userName }: Rotation, work: (run: RotationRun) => Promise<Result<unknown>>): void {
    this.#begin(id, async (signal) => {
      const end = await work({ ...this.#ports, id, records: this.#records, signal });
      const now = this.#records.rotation(id);
      // the app is being closed: what is on disk says that it was under way
      if (now === undefined || signal.aborted) return;
      const saved = this.#records.put({ ...now, busy: false, ...(end.ok ? {} : { error: notCancelled(end.error) }) });
      void this.readings.readAgain(accountId, 'user', userName);
      return saved;
    });
  }

  #removeOn(one: Removal, isUndo: boolean): Done {
    const { error: _before, ...rest } = one;
    const saved = this.#records.put({ ...rest, isUndo, state: isUndo ? 'undoing' : 'running' });
    if (!saved.ok) return saved;
    this.#removeNow({ ...one, isUndo });
    return ok({});
  }

  #removeNow({ accountId, id, isUndo, name, subject }: Removal): void {
    this.#begin(id, async (signal) => {
      const run = { ...this.#ports, id, records: this.#records, signal };
      const end = isUndo ? await putBack(run) : await carryOut(run);
      const now = this.#records.removal(id);
      if (now === undefined || signal.aborted) return;
      const saved = end.ok ? end : this.#records.put({ ...now, state: 'stopped', error: notCancelled(end.error) });
      void this.readings.readAgain(accountId, subject, name);
      return saved;
    });
  }

  /** `work` answers with whether its end was written down. */
  #begin(id: string, work: (signal: AbortSignal) => Promise<Result<unknown> | undefined>): void {
    this.#background.begin(id, async (signal) => {
      setMaxListeners(0, signal);
      const saved = await work(signal);
      if (saved?.ok === false) this.#ports.publisher.changed('identities');
    });
  }

  /** Where the end could not be written down, the record on disk says to the end of the app that something is done. */
  #asItIs(act: IdentityAct): IdentityAct {
    if (this.#background.has(act.id)) return act;
    if (act.kind === 'rotation') return act.busy ? { ...act, busy: false, error: notWritten() } : act;
    const isRunning = act.state === 'running' || act.state === 'undoing';
    return isRunning ? { ...act, state: 'stopped', isUndo: act.state === 'undoing', error: notWritten() } : act;
  }
}

/** A session's ARN has its role's name without the path (IAM User Guide, "IAM identifiers"). */
function isSelf(callerArn: string, { name, subject }: RemovalWish, arn: string): boolean {
  if (subject === 'user') return callerArn === arn;
  const [account, role] = [callerArn.split(':')[4], /:assumed-role\/([^/]+)\//.exec(callerArn)?.[1]];
  return role === name && account === arn.split(':')[4];
}
