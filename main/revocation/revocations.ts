import type { AppError } from '../../core/app-error';
import type { RevocationPreview } from '../../core/contract/revocation';
import type { Performer, Revocation } from '../../core/domain/revocation';
import { wayFacts, type RevocationWay } from '../../core/domain/revocation-ways';
import { utcSecond } from '../../core/utc';
import { err, ok, type Result } from '../../core/result';
import { notCancelled } from '../sources/sources';
import type { SureTime } from '../sources/sure-time';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { actAs, type Acting } from './acting';
import { Background } from '../platform/background';
import { readBefore } from './before';
import { measureActs } from './measures';
import { isUnderWay, RevocationRecords, type RecordsPorts, type RevokeWish } from './records';
import { previewRevocation } from './preview';
import { measureContext, noteWiped, openOf, runMeasures, wipe, type RunPorts } from './run';
import { changedMeanwhile, heldBack, notForgottenYet, putBackFirst, shutBy, standsUpon } from './standing';
import { Targets, type RevocationTarget } from './targets';
import { Turnstile } from '../platform/turnstile';
import { findWitness, proveClosed, type ProofRecord } from './witness';
import { deathClock } from './words';

export type RevocationsPorts = WorkspaceContext &
  Omit<RunPorts, 'onClosed' | 'proofs'> &
  RecordsPorts & { readonly sureTime: SureTime };

type Done = Result<Record<string, never>>;

const longestTimerMs = 60_000;
/** Each asks every five seconds: many together must not become a storm on STS. */
const proofsAtOnce = 16;
/** For what somebody else was asked to do: a door that still lets in is told at once, not after minutes. */
const glanceMs = 12_000;

/** Closing access, with the record that lives on: measures, two clocks, proof, local wiping, and taking back. */
export class Revocations {
  readonly #ports: RevocationsPorts;
  readonly #run: RunPorts;
  /** what was signed, cleaned up or found in CloudTrail is written there as well */
  readonly records: RevocationRecords;
  readonly targets: Targets;
  readonly #background = new Background();
  /** roles that are changed, or read to be changed, at this moment, with the record that they are put back or cleaned up by */
  readonly #changing = new Map<string, string | undefined>();
  #callOffTimer: (() => void) | undefined;
  #isStopped = false;

  constructor(ports: RevocationsPorts) {
    this.#ports = ports;
    this.records = new RevocationRecords(ports);
    this.targets = new Targets(ports.connections, ports.newId);
    this.#run = {
      ...ports,
      proofs: new Turnstile(proofsAtOnce),
      onClosed: (revocationId) => {
        this.#background.markClosed(revocationId);
        void this.settle();
      },
    };
  }

  /** Newest first. */
  list(): Revocation[] {
    return [...this.records.all()].sort((a, b) => b.startedAt - a.startedAt);
  }

  count(): number {
    return this.records.all().length;
  }

  find(revocationId: string): Revocation | undefined {
    return this.records.find(revocationId);
  }

  /** Resolves once the role is closed, or nothing of it is under way any more. */
  async whenClosed(revocationId: string): Promise<void> {
    await this.#background.whenClosed(revocationId);
  }

  /** Why no new session of this connection is opened; undefined when one may be. */
  whyHeldBack(connectionId: string): AppError | undefined {
    const revocation = shutBy(this.records.all(), connectionId);
    return revocation === undefined ? undefined : heldBack(revocation);
  }

  /** What a running one needs of its connection, to go on after a restart too, stays until it has ended or stopped. */
  whyNotForgotten(connectionId: string): AppError | undefined {
    const running = this.records.all().find((one) => one.connectionId === connectionId && one.state === 'running');
    return running === undefined ? undefined : notForgottenYet(running);
  }

  /** Whether the role of it is being put back or cleaned up: its state says nothing of that. */
  isChanging({ id, roleArn }: Revocation): boolean {
    return this.#changing.get(roleArn) === id;
  }

  async preview(connectionId: string, way: RevocationWay, performer: Performer): Promise<Result<RevocationPreview>> {
    const target = this.targets.find(connectionId);
    if (target === undefined) return err(notFound('This connection'));
    return await previewRevocation(this.#ports, target, way, performer);
  }

  /** Its record exists before the first call, and what will be taken is in it. Goes on in the background. */
  async revoke(connectionId: string, wish: RevokeWish): Promise<Result<{ revocationId: string }>> {
    const target = this.targets.find(connectionId);
    if (target === undefined) return err(notFound('This connection'));
    if (wish.performer.kind === 'owner') return this.#begin(this.records.blank(target, wish));
    return await this.alone(target, async () => {
      const acting = await actAs(this.#ports, target, wish.way, wish.performer);
      if (!acting.ok) return acting;
      if (wish.way === 'delete-stack') {
        return err(
          appError('not-possible', 'A stack is deleted in CloudFormation by a person.', {
            whatToDo: 'Choose “Nobody here”: Sallyport shows how, and asks AWS whether it is gone.',
          }),
        );
      }
      const revocation = this.records.blank(target, wish);
      const read = await readBefore(this.#run, revocation, target, acting.value);
      if (!read.ok) return read;
      const begun = this.#begin({ ...revocation, ...read.value, doneBy: acting.value.label });
      if (begun.ok) this.#go(revocation.id, target, acting.value);
      return begun;
    });
  }

  /** Goes on where a failed or interrupted revocation stopped; what is done is not done again. */
  async resume(revocationId: string): Promise<Done> {
    const found = this.#withTarget(revocationId);
    if (!found.ok) return found;
    const { target, revocation } = found.value;
    if (revocation.state !== 'failed' || this.#background.has(revocationId)) return ok({});
    return await this.alone(target, async () => {
      const acting = await this.actAgain(revocation, target);
      if (!acting.ok) return acting;
      this.#patch(revocationId, ({ error: _error, ...rest }) => ({ ...rest, state: 'running' }));
      this.#go(revocationId, target, acting.value);
      return ok({});
    });
  }

  /** Asks AWS again. Where the owner was asked, two refusals say that it was done, at the latest at the first of them. */
  check(revocationId: string): Done {
    const found = this.#withTarget(revocationId);
    if (!found.ok) return found;
    const { target, revocation } = found.value;
    if (!['asked', 'closing', 'ended'].includes(revocation.state) || this.#background.has(revocationId)) return ok({});
    if (this.#changing.has(target.roleArn)) return err(changedMeanwhile(target.roleName));
    this.#patch(revocationId, ({ proofNote: _note, ...one }) => ({ ...one, proofState: 'running' }));
    this.#inBackground(revocationId, (record) => this.#ask(record, revocation, target));
    return ok({});
  }

  /** Puts back what stood before. The record stays, with what was done and undone. */
  async undo(revocationId: string): Promise<Done> {
    const found = this.#withTarget(revocationId);
    if (!found.ok) return found;
    const { target, revocation } = found.value;
    if (revocation.state !== 'asked')
      return await this.alone(target, () => this.#putBack(revocation, target), revocationId);
    const { audit, clock } = this.#ports;
    // an answer that comes now must not close what was withdrawn
    await this.#stopProof(revocationId);
    this.#patch(revocationId, (one) => ({ ...one, state: 'undone', undo: { at: clock.now(), afterSteps: 0 } }));
    audit({ act: 'revocation.withdrawn', subject: target.roleArn, revocationId });
    return ok({});
  }

  /** What was under way when the app stopped is said to be interrupted. Nothing is claimed that was not seen. */
  recover(): void {
    const now = this.#ports.clock.now();
    for (const one of this.records.all()) {
      if (!isUnderWay(one)) continue;
      const seen = Math.max(one.startedAt, ...one.steps.map(({ at }) => at), ...one.proof.map(({ at }) => at));
      const gap = `Between ${utcSecond(seen)} and ${utcSecond(now)} Sallyport was closed: what AWS answered then was not seen.`;
      const lost =
        one.wiped.length > 0 && wayFacts[one.way].inner !== 'open' && one.refusedSince === undefined
          ? ['The old credential was wiped before AWS was seen to refuse it, so it cannot be asked any more.']
          : [];
      this.#patch(one.id, (record) => ({
        ...record,
        ...(record.state === 'asked' ? { proofState: 'stopped' as const } : {}),
        unobserved: [...record.unobserved, gap, ...lost].slice(-20),
      }));
    }
    void this.settle();
  }

  /** Goes on by itself with what was under way when the app stopped. Once, when the window stands. */
  async catchUp(): Promise<void> {
    for (const revocation of this.records.all()) {
      if (!isUnderWay(revocation) || this.#background.has(revocation.id)) continue;
      const target = this.targets.ofRecord(revocation);
      // what is left is only asking: nobody of the target account is needed for that
      const isClosed = revocation.state === 'closing' || revocation.state === 'ended';
      const acting = isClosed ? ok(undefined) : await this.actAgain(revocation, target);
      if (acting.ok) this.#go(revocation.id, target, acting.value);
      else this.#patch(revocation.id, (one) => ({ ...one, state: 'failed', error: acting.error }));
    }
  }

  /** Marks what has run out, by AWS's clock, and waits for the next. */
  async settle(): Promise<void> {
    await this.#ports.sureTime.check(this.#closing().length > 0);
    this.#callOffTimer?.();
    if (this.#isStopped) return;
    const now = this.#ports.clock.now();
    const closing = this.#closing();
    for (const { id, deadBy, way, connectionId } of closing) {
      if (deadBy === undefined || deadBy.at > now) continue;
      this.#patch(id, (one) => ({ ...one, state: 'ended' }));
      if (wayFacts[way].outer === 'shut') this.#ports.connections.patch(connectionId, { status: 'revoked' });
    }
    const upcoming = closing.flatMap(({ deadBy }) => (deadBy !== undefined && deadBy.at > now ? [deadBy.at] : []));
    if (upcoming.length === 0) return;
    const delay = Math.min(Math.max(Math.min(...upcoming) - now, 50), longestTimerMs);
    this.#callOffTimer = this.#ports.clock.schedule(delay, () => void this.settle());
  }

  stop(): void {
    this.#isStopped = true;
    this.#background.stopAll();
    this.#callOffTimer?.();
  }

  #closing(): readonly Revocation[] {
    return this.records.all().filter(({ state }) => state === 'closing');
  }

  /**
   * One at a time changes a role: a second would keep, as what stood before, what the first has half done. `revocationId`:
   * what stands since then is taken away. Errors: `not-possible` while another does.
   */
  async alone<T>(
    { roleArn, roleName }: Pick<RevocationTarget, 'roleArn' | 'roleName'>,
    work: () => Promise<Result<T>>,
    revocationId?: string,
  ): Promise<Result<T>> {
    const isRunning = this.records.all().some((one) => one.roleArn === roleArn && one.state === 'running');
    if (isRunning || this.#changing.has(roleArn)) return err(changedMeanwhile(roleName));
    this.#changing.set(roleArn, revocationId);
    try {
      return await work();
    } finally {
      this.#changing.delete(roleArn);
    }
  }

  async #putBack(revocation: Revocation, target: RevocationTarget): Promise<Done> {
    const { before, id: revocationId, state, way } = revocation;
    const { audit, clock, connections } = this.#ports;
    if (before === undefined || !wayFacts[way].canBeUndone || state === 'undone') {
      return err(
        appError('not-possible', 'There is nothing to put back.', { whatDidNotChange: 'The role is as it is.' }),
      );
    }
    const later = standsUpon(this.records.all(), revocation);
    if (later !== undefined) return err(putBackFirst(later));
    const acting = await this.actAgain(revocation, target);
    if (!acting.ok) return acting;
    const undo = { at: clock.now(), afterSteps: revocation.undo?.afterSteps ?? revocation.steps.length };
    await this.#stopProof(revocationId);
    // before the first call, so that what was done and what was undone are told apart whatever comes
    this.#patch(revocationId, (one) => ({ ...one, undo }));
    const patch: ProofRecord['patch'] = (change) => this.#patch(revocationId, change);
    const context = await measureContext(this.#run, target, acting.value, revocationId, patch);
    for (const measure of [...wayFacts[way].measures].reverse()) {
      if (measure === 'prove' || measure === 'delete-stack') continue;
      const restored = await (measureActs[measure].restore?.(context, before, revocation) ?? ok(undefined));
      if (restored.ok) continue;
      const error = notCancelled(restored.error);
      this.#patch(revocationId, (one) => ({ ...one, undo: { ...undo, error } }));
      return err(error);
    }
    this.#patch(revocationId, ({ error: _error, ...one }) => ({ ...one, state: 'undone', undo }));
    // nothing is denied any more, so new sessions need not wait
    this.#ports.sessions.blockUntil(target.id, 0);
    const earlier = shutBy(this.records.all(), target.id);
    // whether it works again is for a test to say
    const open = earlier === undefined ? 'not-tested' : earlier.state === 'ended' ? 'revoked' : 'closing';
    connections.patch(target.id, { status: open });
    audit({ act: 'revocation.undone', subject: target.roleArn, revocationId, way });
    return ok({});
  }

  #begin(revocation: Revocation): Result<{ revocationId: string }> {
    const { id: revocationId, roleArn: subject, way } = revocation;
    const saved = this.records.add(revocation);
    if (!saved.ok) return saved;
    const act = revocation.state === 'asked' ? 'revocation.asked' : 'revocation.started';
    this.#ports.audit({ act, subject, revocationId, way });
    return ok({ revocationId });
  }

  #go(revocationId: string, target: RevocationTarget, acting: Acting | undefined): void {
    this.#inBackground(revocationId, (record) => runMeasures(this.#run, record, target, acting));
  }

  #inBackground(revocationId: string, work: (record: ProofRecord) => Promise<void>): void {
    this.#background.begin(revocationId, (signal) =>
      work({ find: () => this.find(revocationId), patch: (change) => this.#patch(revocationId, change), signal }),
    );
  }

  async #ask(record: ProofRecord, { state, startedAt }: Revocation, target: RevocationTarget): Promise<void> {
    const witness = await findWitness(this.#ports, this.#ports.sessions.liveFor(target.id));
    await proveClosed(this.#ports, target, witness, record, state === 'asked' ? glanceMs : undefined);
    const answer = record.find();
    if (record.signal.aborted || state !== 'asked' || answer?.proofState !== 'complete') return;
    const refusals = answer.proof.filter(({ answer: said }) => said === 'refused').map(({ at }) => at);
    const blockedSince = refusals.at(-2) ?? startedAt;
    const { outer } = wayFacts[answer.way];
    // what the owner did is not known: AWS was only seen to refuse, so no measure is claimed
    record.patch((one) => ({
      ...one,
      state: 'closing',
      ...(outer === 'shut' ? { blockedSince } : {}),
      deadBy: deathClock(one.way, blockedSince, one.maxSessionDuration),
      unobserved: [
        ...one.unobserved,
        'When the owner closed it was not seen: these times are those of the first refusals here.',
      ].slice(-20),
    }));
    if (outer === 'shut') this.#ports.connections.patch(target.id, { status: 'closing' });
    const own = openOf(this.#run, target, outer);
    await wipe(this.#run, record, target, own, outer === 'shut');
    noteWiped(this.#run, record, await this.#run.wipeElsewhere(target, own));
    await this.settle();
  }

  /** A door that is opened again is not asked whether it is shut. */
  async #stopProof(revocationId: string): Promise<void> {
    await this.#background.stop(revocationId);
    this.#patch(revocationId, (one) =>
      one.proofState === 'running'
        ? { ...one, proofState: 'stopped', proofNote: 'It was taken back while AWS was being asked.' }
        : one,
    );
  }

  /** Whoever began it; where that is not here any more, another source of the same account. */
  async actAgain({ performer, way }: Revocation, target: RevocationTarget): Promise<Result<Acting>> {
    const same = await actAs(this.#ports, target, way, performer);
    if (same.ok || wayFacts[way].account !== 'target') return same;
    const other = await this.#ports.sources.inAccount(target.accountId, target.targetSourceId);
    return other === undefined ? same : await actAs(this.#ports, target, way, { kind: 'source', sourceId: other.id });
  }

  #withTarget(revocationId: string): Result<{ readonly revocation: Revocation; readonly target: RevocationTarget }> {
    const revocation = this.find(revocationId);
    if (revocation === undefined) return err(notFound('This revocation'));
    return ok({ revocation, target: this.targets.ofRecord(revocation) });
  }

  #patch(revocationId: string, change: (one: Revocation) => Revocation): void {
    this.records.patch(revocationId, change);
  }
}
