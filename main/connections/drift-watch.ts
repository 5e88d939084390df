import { isDeepStrictEqual } from 'node:util';
import type { AppError } from '../../core/app-error';
import type { DriftOperation } from '../../core/contract/operations';
import { stillLetsIn, type Connection } from '../../core/domain/connection';
import {
  agreedFromLook,
  completed,
  plannedRole,
  type Agreement,
  type RoleState,
} from '../../core/domain/drift/agreement';
import {
  changedParts,
  markOf,
  type DriftLook,
  type DriftMark,
  type DriftPart,
} from '../../core/domain/drift/difference';
import { driftOf, withAccepted } from '../../core/domain/drift/drift-of';
import { withEarlier } from '../../core/domain/drift/kept-drift';
import { readPastedLook } from '../../core/domain/drift/pasted-look';
import type { Plan } from '../../core/domain/plan';
import { err, ok, type Result } from '../../core/result';
import type { Operations } from '../operations/operations';
import { notCancelled, type Sources } from '../sources/sources';
import type { StoredCollection } from '../store/collection';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { runDriftRound } from './drift-round';
import { lookAtRole, type Sight } from './look-at-drift';
import type { PolicyReader } from './read-role';
import { digestOfPolicy } from './read-role';

export type DriftWatchPorts = WorkspaceContext & {
  readonly agreements: StoredCollection<Agreement>;
  readonly looks: StoredCollection<DriftLook>;
  readonly operations: Operations;
  readonly sources: Sources;
  readonly connections: { find(connectionId: string): Connection | undefined; all(): readonly Connection[] };
  /** of what was made before agreements were kept */
  readonly receipts: { leftOf(connectionId: string): Plan | undefined };
  readonly notify: (notice: { readonly title: string; readonly body: string; readonly about: 'drift' }) => void;
};

export type LookEnd = { readonly state: DriftLook['state'] | 'throttled' | 'unasked'; readonly error?: AppError };

/** The operation of all of them; of one connection it has that one's ID behind it. */
export const driftSubject = 'drift';

/** Holds what AWS has of each connection's role against what was agreed. Changes nothing in AWS. */
export class DriftWatch {
  readonly #ports: DriftWatchPorts;
  /** the schedule's round begins after one that runs */
  #isWaiting = false;

  constructor(ports: DriftWatchPorts) {
    this.#ports = ports;
  }

  /** What was agreed is what the plan made, from the moment at which there is a connection. */
  keepPlan(connectionId: string, plan: Plan | undefined): Result<unknown> {
    const connection = this.#ports.connections.find(connectionId);
    if (plan === undefined || connection?.roleArn !== plan.roleArn) return ok(undefined);
    if (this.#ports.agreements.find(connectionId) !== undefined) return ok(undefined);
    const agreement = this.#fromPlan(connectionId, plan, connection.createdAt);
    return agreement === undefined ? ok(undefined) : this.#ports.agreements.change({ put: [agreement] });
  }

  forget(connectionId: string): Result<void> {
    const agreement = this.#ports.agreements.change({ remove: [connectionId] });
    return agreement.ok ? this.#ports.looks.change({ remove: [connectionId] }) : agreement;
  }

  ofConnection(connectionId: string): Result<{ agreement?: Agreement; look?: DriftLook }> {
    if (this.#ports.connections.find(connectionId) === undefined) return err(notFound('This connection'));
    const agreement = this.agreement(connectionId);
    const look = this.#ports.looks.find(connectionId);
    return ok({ ...(agreement && { agreement }), ...(look && { look }) });
  }

  /** What the list shows of every connection that was looked at. */
  marks(): (DriftMark & { connectionId: string })[] {
    return this.#ports.looks.all().map((look) => ({ connectionId: look.id, ...markOf(look) }));
  }

  agreement(connectionId: string): Agreement | undefined {
    const kept = this.#ports.agreements.find(connectionId);
    if (kept !== undefined) return kept;
    const connection = this.#ports.connections.find(connectionId);
    const plan = this.#ports.receipts.leftOf(connectionId);
    return connection === undefined || plan?.roleArn !== connection.roleArn
      ? undefined
      : this.#fromPlan(connectionId, plan, connection.createdAt);
  }

  look(connectionId: string): DriftLook | undefined {
    return this.#ports.looks.find(connectionId);
  }

  /**
   * Looks at these, or all whose access is not closed, in the background. While the same runs its operation is given; the
   * schedule's begins when that is over, for it may look at a few only.
   */
  lookAt(connectionIds: readonly string[] | undefined, by: DriftOperation['by']): Result<{ operationId: string }> {
    const { connections, operations } = this.#ports;
    const wanted = connectionIds === undefined ? undefined : new Set(connectionIds);
    const open = connections.all().filter(({ id, status }) => (wanted?.has(id) ?? true) && stillLetsIn(status));
    const [first] = open;
    if (first === undefined) {
      return err(
        appError('not-possible', 'There is nothing to look at.', {
          whatDidNotChange: 'AWS was not asked.',
          whatToDo: 'Connections whose access is closing or revoked are left out.',
        }),
      );
    }
    const subjectId = connectionIds?.length === 1 ? `${driftSubject} ${first.id}` : driftSubject;
    const running = operations.runningFor(subjectId);
    if (running !== undefined) {
      if (by === 'schedule') this.#follow(running);
      return ok({ operationId: running });
    }
    const known = new Map(by === 'schedule' ? open.map(({ id }) => [id, this.#drifted(id)]) : []);
    return ok({
      operationId: runDriftRound(this.#ports, {
        subjectId,
        by,
        ids: open.map(({ id }) => id),
        look: (id, policies, signal) => this.#lookAt(id, policies, signal),
        ended: () => {
          if (by === 'schedule') this.#tell(open, known);
          this.#ports.publisher.changed('drift');
        },
      }),
    });
  }

  /** One round of the schedule waits at most; one that is its own needs none after it. */
  #follow(operationId: string): void {
    const { operations } = this.#ports;
    const isOwn = operations
      .list()
      .some((one) => one.id === operationId && one.kind === 'drift' && one.by === 'schedule');
    if (isOwn || this.#isWaiting) return;
    this.#isWaiting = true;
    void operations.whenEnded(operationId).then(() => {
      this.#isWaiting = false;
      this.lookAt(undefined, 'schedule');
    });
  }

  /**
   * Makes parts as AWS has them now what was agreed; none of them says that what the first look found is right. `note` says why.
   * Fails for a part that does not differ, and where nothing was seen of the role.
   */
  accept(connectionId: string, partIds: readonly string[], note: string | undefined): Result<Record<string, never>> {
    const { audit, connections, looks, publisher } = this.#ports;
    const connection = connections.find(connectionId);
    const agreement = this.agreement(connectionId);
    if (connection === undefined || agreement === undefined) return err(notFound('What was agreed of this connection'));
    const look = looks.find(connectionId);
    const changed = changedParts(look?.parts ?? []);
    const accepted = changed.filter(({ id }) => partIds.includes(id));
    if (accepted.length !== partIds.length || (partIds.length > 0 && look?.seen === undefined)) {
      return err(
        appError('not-possible', 'This is not what was seen last.', {
          whatDidNotChange: 'What was agreed stays as it is.',
          whatToDo: 'Look again, then decide about what is there.',
          retryable: true,
          remedies: [{ kind: 'retry' }],
        }),
      );
    }
    const titles = accepted.map(({ title }) => title).join(', ');
    const noted = audit({
      act: partIds.length === 0 ? 'drift.confirmed' : 'drift.accepted',
      subject: connection.roleArn,
      connectionId,
      ...(titles !== '' && { parts: titles.slice(0, 400) }),
      ...(note !== undefined && { note }),
      ...this.#who(),
    });
    if (!noted.ok) return err(noted.error);
    const agreed = this.#agree(agreement, look, partIds);
    if (!agreed.ok) return agreed;
    publisher.changed('drift');
    return ok({});
  }

  #agree(agreement: Agreement, look: DriftLook | undefined, partIds: readonly string[]): Result<void> {
    const role = look?.seen === undefined ? agreement.role : withAccepted(agreement.role, look.seen, partIds);
    const saved = this.#ports.agreements.change({
      put: [{ ...agreement, confirmedAt: this.#ports.clock.now(), role }],
    });
    if (!saved.ok) return saved;
    if (look !== undefined && partIds.length > 0) {
      const parts = look.parts.flatMap((part) => {
        if (!partIds.includes(part.id)) return [part];
        if (part.state === 'removed' || part.id === 'role') return [];
        return [withoutTextsIfSame({ ...part, state: 'same', differences: [] })];
      });
      const state = look.state === 'blind' ? 'blind' : changedParts(parts).length > 0 ? 'drift' : 'same';
      const kept = this.#ports.looks.change({ put: [{ ...look, parts, state }] });
      if (!kept.ok) return kept;
    }
    return ok(undefined);
  }

  /** What a change of ours made of parts is what is agreed, as far as it differs from that. The change has its own record. */
  agreeTo(connectionId: string, partIds: readonly string[]): Result<void> {
    const agreement = this.agreement(connectionId);
    const look = this.#ports.looks.find(connectionId);
    if (agreement === undefined || look?.seen === undefined) return ok(undefined);
    const changed = changedParts(look.parts).filter(({ id }) => partIds.includes(id));
    const ids = changed.map(({ id }) => id);
    return ids.length === 0 ? ok(undefined) : this.#agree(agreement, look, ids);
  }

  /** Whom the app works as, for the record. */
  #who(): { by?: string } {
    const selected = this.#ports.sources.selected();
    if (selected === undefined) return {};
    const { identity, source } = selected;
    return { by: identity === undefined ? source.label : `${source.label} (${identity.arn})`.slice(0, 300) };
  }

  #fromPlan(id: string, plan: Plan, madeAt: number): Agreement | undefined {
    const role = plannedRole(plan, digestOfPolicy);
    return role && { id, basis: 'plan', madeAt, role };
  }

  async #lookAt(connectionId: string, policies: PolicyReader, signal: AbortSignal): Promise<LookEnd> {
    const connection = this.#ports.connections.find(connectionId);
    if (connection === undefined) return { state: 'unasked' };
    const agreed = this.agreement(connectionId)?.role;
    const sight = await lookAtRole(this.#ports, connection, { agreed, policies, signal });
    if (signal.aborted) return { state: 'unasked' };
    if (!sight.ok) {
      const error = notCancelled(sight.error);
      return { state: error.kind === 'throttled' ? 'throttled' : 'unasked', error };
    }
    const kept = this.keepSight(connection, sight.value);
    return kept.ok ? { state: kept.value.state } : { state: 'unasked', error: kept.error };
  }

  /** What somebody in the account ran and sent is a look too. The first one must be whole: it may be what is agreed from then on. */
  paste(connectionId: string, text: string): Result<Record<string, never>> {
    const connection = this.#ports.connections.find(connectionId);
    if (connection === undefined) return err(notFound('This connection'));
    const agreed = this.agreement(connectionId)?.role;
    const now = readPastedLook(text, { roleArn: connection.roleArn, agreed, digestOf: digestOfPolicy });
    if (!now.ok) return now;
    if (agreed === undefined && (now.value.unseen?.size ?? 0) > 0) return err(notWhole());
    const kept = this.keepSight(connection, { eyes: { kind: 'pasted' }, now: now.value, sourceId: undefined });
    if (!kept.ok) return kept;
    this.#ports.publisher.changed('drift');
    return ok({});
  }

  /** Writes a look down; the first that sees something completes the agreement, or is it. */
  keepSight(connection: Connection, sight: Sight): Result<DriftLook> {
    const { agreements, clock, connections, looks } = this.#ports;
    const { id } = connection;
    // it was forgotten while it was looked at
    if (connections.find(id) === undefined) return err(notFound('This connection'));
    const at = clock.now();
    const before = looks.find(id);
    if ('blind' in sight) {
      const look: DriftLook = {
        ...{ id, at, state: 'blind', error: sight.blind },
        ...(sight.eyes && { eyes: sight.eyes }),
        ...(before?.seenAt !== undefined && { seenAt: before.seenAt }),
        ...(before?.seen && { seen: before.seen }),
        ...(before?.use && { use: before.use }),
        ...(before?.driftedAt !== undefined && { driftedAt: before.driftedAt }),
        parts: before?.parts ?? [],
      };
      const saved = looks.change({ put: [look] });
      return saved.ok ? ok(look) : saved;
    }
    const { eyes, now } = sight;
    const agreement = this.#agreementAfter(id, now.role, at);
    if (agreement !== undefined && agreement !== agreements.find(id)) {
      const saved = agreements.change({ put: [agreement] });
      if (!saved.ok) return saved;
    }
    const looked = agreement === undefined ? goneAtOnce : driftOf(agreement.role, now);
    const { parts, seen } = withEarlier(looked, now, before);
    const isSame = differencesOf(parts) === differencesOf(before?.parts ?? []);
    const look: DriftLook = {
      ...{ id, at, seenAt: at, eyes, parts: parts.map(withoutTextsIfSame) },
      ...(changedParts(parts).length > 0
        ? { state: 'drift', driftedAt: isSame ? (before?.driftedAt ?? at) : at }
        : { state: 'same' }),
      ...(seen && { seen }),
      ...(now.use && { use: now.use }),
    };
    const saved = looks.change({ put: [look] });
    return saved.ok ? ok(look) : saved;
  }

  #agreementAfter(id: string, now: RoleState | undefined, at: number): Agreement | undefined {
    const agreement = this.agreement(id);
    if (now === undefined) return agreement;
    if (agreement === undefined) return { id, basis: 'first-look', madeAt: at, role: agreedFromLook(now) };
    const kept = this.#ports.agreements.find(id);
    // also by later looks: the first may not have been let to read a policy
    const role = completed(agreement.role, now);
    return kept !== undefined && isDeepStrictEqual(role, kept.role) ? kept : { ...agreement, role };
  }

  #drifted(connectionId: string): string {
    return differencesOf(this.#ports.looks.find(connectionId)?.parts ?? []);
  }

  /** What the schedule found while nobody looked: once, and not again while it stays as it is. */
  #tell(looked: readonly Connection[], known: ReadonlyMap<string, string>): void {
    const fresh = looked.filter(
      ({ id }) => this.#ports.looks.find(id)?.state === 'drift' && this.#drifted(id) !== known.get(id),
    );
    const [first] = fresh;
    if (first === undefined) return;
    const others = fresh.length - 1;
    this.#ports.notify({
      about: 'drift',
      title: fresh.length === 1 ? `${first.name} has drifted` : `${String(fresh.length)} connections have drifted`,
      body:
        others === 0
          ? 'AWS has something else than was agreed. Open the connection to see what.'
          : `${first.name} and ${String(others)} more: AWS has something else than was agreed.`,
    });
  }
}

function differencesOf(parts: readonly DriftPart[]): string {
  return JSON.stringify(changedParts(parts).map(({ after, id }) => [id, after]));
}

function notWhole(): AppError {
  return appError('invalid-input', 'Nothing was agreed of this role yet, and this shows a part of it only.', {
    whatDidNotChange: 'Nothing was kept from it.',
    whatToDo: 'Have the whole script run again, and paste all that it printed.',
    field: 'text',
  });
}

/** What is as agreed can be read in the agreement. */
function withoutTextsIfSame(part: DriftPart): DriftPart {
  if (part.state !== 'same') return part;
  const { after: _after, before: _before, ...rest } = part;
  return rest;
}

const goneAtOnce = driftOf(
  { path: '/', trustPolicy: '{}', maxSessionDuration: 3600, managed: [], inline: [], tags: [] },
  { role: undefined, texts: new Map() },
);
