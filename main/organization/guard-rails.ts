import { setMaxListeners } from 'node:events';
import type { GuardRailPreview, GuardRailsView } from '../../core/contract/guard-rails';
import { guardRailDocument, isSamePolicy, type GuardRail, type GuardRailRecord } from '../../core/domain/guard-rails';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import { Background } from '../platform/background';
import { Turnstile } from '../platform/turnstile';
import { notCancelled, type Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { GuardRailRecords, isOnItsWay, type GuardRailRecordsPorts } from './guard-rail-records';
import { previewGuardRail } from './guard-rail-preview';
import { attachGuardRail, detachGuardRail } from './guard-rail-run';
import { readGuardRails } from './guard-rail-view';
import { asManagement, type Management } from './management';

export type GuardRailsPorts = GuardRailRecordsPorts &
  Pick<WorkspaceContext, 'audit'> & { readonly sources: Sources; readonly connections: Connections };

/** Where a guard rail is to hold: a root, a unit or an account, by a source of the management account. */
export type GuardRailWish = {
  readonly sourceId: string;
  readonly targetId: string;
  readonly guardRail: GuardRail;
};

type Done = Result<Record<string, never>>;

/** Service control policies of the catalogue: attached to places of the organization, seen there, and taken off again. */
export class GuardRails {
  readonly #ports: GuardRailsPorts;
  readonly #records: GuardRailRecords;
  readonly #background = new Background();
  /** two that need the same policy would make it twice */
  readonly #gate = new Turnstile(1);
  readonly #cancelled = new Set<string>();

  constructor(ports: GuardRailsPorts) {
    this.#ports = ports;
    this.#records = new GuardRailRecords(ports);
  }

  /** Newest first. */
  list(): GuardRailRecord[] {
    return [...this.#records.all()].reverse();
  }

  find(recordId: string): GuardRailRecord | undefined {
    return this.#records.find(recordId);
  }

  /** Asks AWS what holds for a place, with what was changed by hand since. */
  async read(sourceId: string, targetId: string): Promise<Result<GuardRailsView>> {
    return await readGuardRails(this.#ports.sources, this.#records.all(), sourceId, targetId);
  }

  /** What it would do there. Makes nothing. */
  async preview(wish: GuardRailWish): Promise<Result<GuardRailPreview>> {
    return await previewGuardRail(this.#ports, wish);
  }

  /**
   * Attaches it and looks that it is attached; resolves when that is done, or has stopped with a record that can be gone
   * on with. What is attached there already is done. Refused to whoever is not in the management account. `signal` stops it
   * before its next call.
   */
  async attach(wish: GuardRailWish, signal?: AbortSignal): Promise<Result<GuardRailRecord>> {
    const begun = await this.beginAttach(wish);
    if (!begun.ok) return begun;
    const { recordId } = begun.value;
    const cancel = (): void => void this.cancel(recordId);
    if (signal?.aborted === true) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    const ended = await this.#end(recordId, 'attached');
    signal?.removeEventListener('abort', cancel);
    return ended;
  }

  /** Takes it off again; resolves when that is done or has stopped. `sourceId`: another one than attached it. */
  async detach(recordId: string, sourceId?: string): Promise<Result<GuardRailRecord>> {
    const begun = await this.beginDetach(recordId, sourceId);
    return begun.ok ? await this.#end(recordId, 'detached') : begun;
  }

  async beginAttach({ guardRail, sourceId, targetId }: GuardRailWish): Promise<Result<{ recordId: string }>> {
    const management = await asManagement(this.#ports.sources, sourceId);
    if (!management.ok) return management;
    const { accountId: managementAccountId, partition } = management.value.identity;
    const document = guardRailDocument(guardRail, partition);
    const known = this.#records
      .all()
      .find(
        (one) =>
          one.targetId === targetId &&
          one.managementAccountId === managementAccountId &&
          one.state !== 'detached' &&
          one.state !== 'detaching' &&
          isSamePolicy(one.document, document),
      );
    const record = known ?? this.#records.blank({ document, guardRail, managementAccountId, sourceId, targetId });
    const saved = known === undefined ? this.#records.add(record) : ok(undefined);
    if (!saved.ok) return saved;
    const begun = this.#go({ ...record, sourceId }, management.value, 'attached');
    return begun.ok ? ok({ recordId: record.id }) : begun;
  }

  async beginDetach(recordId: string, sourceId?: string): Promise<Done> {
    return await this.#begin(recordId, 'detached', sourceId);
  }

  /**
   * Takes all of these off, one after the other; what is being attached at this moment is waited for. Of one that cannot be
   * begun with its record says why.
   */
  async takeOff(recordIds: readonly string[], sourceId: string): Promise<void> {
    // on disk before the first call: what the app's end leaves is gone on with
    for (const id of recordIds) {
      const state = this.#background.has(id) ? {} : ({ state: 'detaching' } as const);
      this.#records.patch(id, (one) => ({ ...one, wanted: 'detached', ...state }));
    }
    for (const id of recordIds) {
      await this.#background.whenClosed(id);
      const begun = await this.beginDetach(id, sourceId);
      if (!begun.ok) this.#records.patch(id, (one) => ({ ...one, state: 'stopped', error: begun.error }));
    }
    this.#ports.publisher.changed('guard-rails');
  }

  /** Goes on the way it was going. */
  async resume(recordId: string, sourceId?: string): Promise<Done> {
    return await this.#begin(recordId, this.find(recordId)?.wanted ?? 'attached', sourceId);
  }

  /** Stops before its next call; what is done stays done. */
  async cancel(recordId: string): Promise<Done> {
    if (!this.#background.has(recordId)) return ok({});
    this.#cancelled.add(recordId);
    await this.#background.stop(recordId);
    return ok({});
  }

  /** Takes the record off the list; what is in AWS stays, and is somebody else's from then on. */
  forget(recordId: string): Done {
    const one = this.find(recordId);
    if (one === undefined) return err(notFound('This guard rail'));
    if (isOnItsWay(one) || this.#background.has(recordId)) return err(atIt(one));
    const saved = this.#records.remove(recordId);
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'guard-rail.forgotten', subject: one.targetId, guardRailId: recordId });
    this.#ports.publisher.changed('guard-rails');
    return ok({});
  }

  /** Goes on by itself with what was under way when the app stopped. Once, when the window stands. */
  async catchUp(): Promise<void> {
    for (const one of this.#records.all()) {
      if (!isOnItsWay(one) || this.#background.has(one.id)) continue;
      const management = await asManagement(this.#ports.sources, one.sourceId, one.managementAccountId);
      if (management.ok) this.#go(one, management.value, one.wanted);
      else this.#records.patch(one.id, (record) => ({ ...record, state: 'stopped', error: management.error }));
    }
  }

  stop(): void {
    this.#background.stopAll();
  }

  async #begin(recordId: string, wanted: GuardRailRecord['wanted'], sourceId: string | undefined): Promise<Done> {
    const one = this.find(recordId);
    if (one === undefined) return err(notFound('This guard rail'));
    if (one.state === 'detached') return ok({});
    if (this.#background.has(recordId)) return one.wanted === wanted ? ok({}) : err(atIt(one));
    const by = sourceId ?? one.sourceId;
    const management = await asManagement(this.#ports.sources, by, one.managementAccountId);
    if (!management.ok) return management;
    const begun = this.#go({ ...one, sourceId: by }, management.value, wanted);
    return begun.ok ? ok({}) : begun;
  }

  async #end(recordId: string, wanted: GuardRailRecord['wanted']): Promise<Result<GuardRailRecord>> {
    await this.#background.whenClosed(recordId);
    const record = this.find(recordId);
    if (record === undefined) return err(notFound('This guard rail'));
    return record.state === wanted ? ok(record) : err(record.error ?? stopped());
  }

  #go({ id, sourceId }: GuardRailRecord, management: Management, wanted: GuardRailRecord['wanted']): Result<unknown> {
    if (this.#background.has(id)) return ok(undefined);
    const state = wanted === 'attached' ? 'attaching' : 'detaching';
    const begun = this.#records.patch(id, ({ error: _error, ...one }) => ({ ...one, sourceId, wanted, state }));
    if (!begun.ok) return begun;
    const release = this.#ports.sources.typed.hold(sourceId);
    this.#background.begin(id, async (signal) => {
      // each of many calls listens to it
      setMaxListeners(0, signal);
      const others = () => this.#records.all().filter((other) => other.id !== id);
      const run = {
        ...{ clock: this.#ports.clock, api: management.clients.organizations, signal },
        find: () => this.find(id),
        patch: (change: (one: GuardRailRecord) => GuardRailRecord) => this.#records.patch(id, change),
        madeElsewhere: (policyId: string) => others().some((other) => other.made && other.policyId === policyId),
        usedElsewhere: (policyId: string) =>
          others().some((other) => other.policyId === policyId && other.state !== 'detached'),
      };
      try {
        const ended = await this.#gate.through(() =>
          wanted === 'attached' ? attachGuardRail(run) : detachGuardRail(run),
        );
        this.#settle(id, wanted, ended, signal);
      } finally {
        release();
        this.#cancelled.delete(id);
        this.#ports.publisher.changed('guard-rails');
      }
    });
    return begun;
  }

  #settle(
    id: string,
    wanted: GuardRailRecord['wanted'],
    ended: Awaited<ReturnType<typeof attachGuardRail>>,
    signal: AbortSignal,
  ): void {
    if (!ended.ok && signal.aborted) {
      // where the app itself ends it goes on by itself next time
      if (this.#cancelled.has(id)) this.#records.patch(id, (one) => ({ ...one, state: 'stopped' }));
      return;
    }
    const error = ended.ok ? undefined : notCancelled(ended.error);
    this.#records.patch(id, (one) => ({
      ...one,
      state: error === undefined ? wanted : 'stopped',
      ...(error === undefined ? {} : { error }),
    }));
    const record = this.find(id);
    if (record === undefined) return;
    const { guardRail, policyId = '', targetId } = record;
    this.#ports.audit({
      act: error === undefined ? `guard-rail.${wanted}` : 'guard-rail.stopped',
      ...{ subject: targetId, guardRailId: id, kind: guardRail.kind, policyId },
      ...(error === undefined ? {} : { error: error.kind }),
    });
  }
}

function atIt({ wanted }: GuardRailRecord) {
  return appError('not-possible', `This guard rail is being ${wanted} at this moment.`, {
    whatToDo: 'Wait until it is done, or stop it first.',
  });
}

function stopped() {
  return appError('not-possible', 'It was stopped before it was done.', {
    whatDidNotChange: 'What is done so far stays done.',
    whatToDo: 'Go on with it, or take it off.',
  });
}
