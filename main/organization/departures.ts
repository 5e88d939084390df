import { setMaxListeners } from 'node:events';
import { stillLetsIn } from '../../core/domain/connection';
import { closedAtOnce, isLeaving, mostDepartures, type Departure } from '../../core/domain/departure';
import { err, ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';
import { Background } from '../platform/background';
import { notCancelled, type Sources } from '../sources/sources';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { closeAccount, type Beginning, type Leaving } from './close-account';
import { DepartureRecords, type DepartureRecordsPorts } from './departure-records';
import { asManagement, type Management } from './management';

export type DeparturesPorts = DepartureRecordsPorts &
  Pick<WorkspaceContext, 'audit' | 'clock' | 'newId'> & {
    readonly sources: Sources;
    readonly connections: Pick<Connections, 'all'>;
  };

type Done = Result<Record<string, never>>;

/** Accounts that are closed through AWS Organizations: each is recorded, asked for, and followed to its end. */
export class Departures {
  readonly #ports: DeparturesPorts;
  readonly #records: DepartureRecords;
  readonly #background = new Background();
  /** accounts that are about to be asked for: two clicks are one wish */
  readonly #beginning = new Set<string>();

  constructor(ports: DeparturesPorts) {
    this.#ports = ports;
    this.#records = new DepartureRecords(ports);
  }

  /** Newest first. */
  list(): Departure[] {
    return [...this.#records.all()].sort((a, b) => b.startedAt - a.startedAt);
  }

  find(departureId: string): Departure | undefined {
    return this.#records.find(departureId);
  }

  /**
   * Asks AWS to close the account and goes on in the background. Refused before anything is asked: the management account,
   * an account that is leaving already, a fourth one at a time, a caller outside of the management account, and connections
   * that still let in while `typedAccountId` is not the account's own.
   */
  async close(sourceId: string, accountId: string, typedAccountId?: string): Promise<Result<{ departureId: string }>> {
    const knowingly = typedAccountId?.replaceAll(/\s/g, '') === accountId;
    const refusal = this.#refusal(accountId, knowingly);
    if (refusal !== undefined) return err(refusal);
    this.#beginning.add(accountId);
    try {
      const management = await asManagement(this.#ports.sources, sourceId);
      if (!management.ok) return management;
      const { clients, identity } = management.value;
      if (identity.accountId === accountId) return err(isManagementAccount());
      const described = await clients.organizations.describeAccount(accountId);
      if (!described.ok) return err(notCancelled(described.error));
      const { email, name } = described.value.value;
      // asked again: a connection may have been made while AWS answered
      const since = this.#refusal(accountId, knowingly, true);
      if (since !== undefined) return err(since);
      const departure: Departure = {
        ...{ id: this.#ports.newId(), accountId, name, email, sourceId, managementAccountId: identity.accountId },
        ...{ state: 'asking', startedAt: this.#ports.clock.now(), leftOpen: this.#open(accountId), events: [] },
      };
      // an earlier record of the same account is over: this one tells how it goes now
      for (const { id } of this.#records.all().filter((one) => one.accountId === accountId)) this.#records.remove(id);
      const saved = this.#records.add(departure);
      if (!saved.ok) return saved;
      this.#go(departure, management.value, 'ask');
      return ok({ departureId: departure.id });
    } finally {
      this.#beginning.delete(accountId);
    }
  }

  /**
   * Goes on where it stopped; the account's state is read before AWS is asked again. `sourceId`: another one of the same
   * management account than asked for it, which stands in the record from then on.
   */
  async resume(departureId: string, sourceId?: string): Promise<Done> {
    const one = this.find(departureId);
    if (one === undefined) return err(notFound('This record'));
    if (one.state === 'closed' || this.#background.has(departureId)) return ok({});
    // who only looks closes nothing over anybody
    const isLooking = one.state === 'unwatched';
    const open = this.#open(one.accountId);
    if (!isLooking && open > one.leftOpen) return err(letsInSince(open));
    const by = sourceId ?? one.sourceId;
    const management = await asManagement(this.#ports.sources, by, one.managementAccountId);
    if (!management.ok) return management;
    this.#go({ ...one, sourceId: by }, management.value, isLooking ? 'look' : 'look-then-ask');
    return ok({});
  }

  /** Takes the record off the list; the account stays as AWS has it. Not while something is being done for it. */
  forget(departureId: string): Done {
    const one = this.find(departureId);
    if (one === undefined) return err(notFound('This record'));
    if (isLeaving(one) || this.#background.has(departureId)) {
      return err(
        appError('not-possible', 'This account is still being closed.', {
          whatDidNotChange: 'The record stays.',
          whatToDo: 'Wait until AWS has closed it, or it has stopped.',
        }),
      );
    }
    const saved = this.#records.remove(departureId);
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'departure.forgotten', subject: one.accountId, departureId });
    return ok({});
  }

  /** Looks by itself at what was under way when the app stopped, or took longer. Once, when the window stands. */
  async catchUp(): Promise<void> {
    for (const one of this.#records.all()) {
      const isOpen = isLeaving(one) || one.state === 'unwatched';
      if (!isOpen || this.#background.has(one.id)) continue;
      const management = await asManagement(this.#ports.sources, one.sourceId, one.managementAccountId);
      if (management.ok) this.#go(one, management.value, 'look');
      else if (isLeaving(one)) {
        this.#records.patch(one.id, (record) => ({ ...record, state: 'stopped', error: management.error }));
      }
    }
  }

  stop(): void {
    this.#background.stopAll();
  }

  #refusal(accountId: string, knowingly: boolean, isMine = false) {
    const all = this.#records.all();
    const isKnown = all.some((one) => one.accountId === accountId && one.state !== 'closed' && one.state !== 'stopped');
    if (isKnown || (!isMine && this.#beginning.has(accountId))) return leavesAlready();
    const open = this.#open(accountId);
    // SECURITY(S-30): what still lets in is not closed over by a click
    if (open > 0 && !knowingly) return letsIn(open);
    if (all.filter(isLeaving).length + this.#beginning.size - (isMine ? 1 : 0) >= closedAtOnce) return tooManyAtOnce();
    return all.length >= mostDepartures ? tooMany() : undefined;
  }

  #open(accountId: string): number {
    return this.#ports.connections.all().filter((one) => one.accountId === accountId && stillLetsIn(one.status)).length;
  }

  #go(departure: Departure, management: Management, beginning: Beginning): void {
    const { id, sourceId } = departure;
    if (this.#background.has(id)) return;
    this.#records.patch(id, ({ error: _error, ...one }) => ({
      ...one,
      sourceId,
      state: one.state === 'unwatched' ? 'closing' : one.state === 'stopped' ? 'asking' : one.state,
    }));
    const release = this.#ports.sources.typed.hold(sourceId);
    this.#background.begin(id, async (signal) => {
      // each of many calls listens to it
      setMaxListeners(0, signal);
      const run: Leaving = {
        ...this.#ports,
        ...{ management, beginning, signal },
        find: () => this.find(id),
        patch: (change) => this.#records.patch(id, change),
      };
      try {
        await closeAccount(run);
      } finally {
        release();
      }
    });
  }
}

function isManagementAccount() {
  return appError('not-possible', 'The management account of an organization cannot be closed from here.', {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Close or remove all other accounts first, then close it as its root user.',
  });
}

function leavesAlready() {
  return appError('already-exists', 'This account is being closed already.', {
    whatDidNotChange: 'It was not asked for again.',
    whatToDo: 'Look at how it goes in the organization.',
  });
}

function letsIn(open: number) {
  const many = open === 1 ? 'A connection still leads' : `${String(open)} connections still lead`;
  return appError('not-possible', `${many} into this account, and closing it does not revoke them.`, {
    whatDidNotChange: 'Nothing was asked for. The account stays open.',
    whatToDo: 'Revoke them first. To close it all the same, type the account’s ID.',
    field: 'typedAccountId',
  });
}

/** On going on with it: the page that closes the account shows who gets in, and takes the ID. */
function letsInSince(open: number) {
  return { ...letsIn(open), whatToDo: 'Revoke them, or type the account’s ID, on the page that closes it.' };
}

function tooManyAtOnce() {
  return appError('not-possible', `${String(closedAtOnce)} accounts are being closed. AWS takes no more at a time.`, {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Wait until one of them is closed, then close this one.',
  });
}

function tooMany() {
  return appError('not-possible', `There are ${String(mostDepartures)} closed accounts in the records already.`, {
    whatDidNotChange: 'Nothing was asked for.',
    whatToDo: 'Take those off the list that are no longer needed there.',
  });
}
