import type { AppError } from '../../core/app-error';
import type { RevocationTarget } from './targets';
import type { Revocation, RevocationStep } from '../../core/domain/revocation';
import { wayFacts, type DoorState, type Measure } from '../../core/domain/revocation-ways';
import type { Session } from '../../core/domain/session';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import { notCancelled } from '../sources/sources';
import { appError } from '../workspace-context';
import type { Acting, ActingPorts } from './acting';
import type { MeasureContext, Taken } from './measure-act';
import { measureActs } from './measures';
import { stepRecorder } from './step-recorder';
import { deathClock } from './words';
import type { Turnstile } from '../platform/turnstile';
import { findWitness, proveClosed, type ProofRecord, type WitnessPorts } from './witness';

export type RunPorts = ActingPorts &
  WitnessPorts & {
    /** wipes what is kept and handed on of these sessions; every line was read back */
    readonly wipe: (
      target: RevocationTarget,
      sessions: readonly Session[],
      alsoProfiles: boolean,
    ) => Promise<readonly { readonly title: string; readonly verified: boolean }[]>;
    /** what tools of others keep of these sessions: gone over once AWS refuses new ones */
    readonly wipeElsewhere: (
      target: RevocationTarget,
      sessions: readonly Session[],
    ) => Promise<readonly { readonly title: string; readonly verified: boolean }[]>;
    readonly proofs: Turnstile;
    /** once the role is closed: what has run out is marked, and the next end is waited for */
    readonly onClosed: (revocationId: string) => void;
  };

/** New sessions are held back for so long after a cutoff: they would be denied with the older ones (aws-reference §6.2). */
const reassumePauseMs = 5_000;

/** What a measure is called with, for doing and for taking back. */
export async function measureContext(
  ports: RunPorts,
  target: RevocationTarget,
  acting: Acting,
  revocationId: string,
  patch: ProofRecord['patch'],
): Promise<MeasureContext> {
  const caller = target.sourceId === undefined ? undefined : await ports.sources.identity(target.sourceId);
  return {
    revocationId,
    target,
    iam: acting.iam,
    organizations: acting.organizations,
    callerArn: caller?.ok === true ? caller.value.arn : undefined,
    now: () => ports.clock.now(),
    step: stepRecorder(ports.clock, patch),
  };
}

/** Takes the measures of the way that are not taken yet, one after the other; each is on record before the next begins. */
export async function runMeasures(
  ports: RunPorts,
  record: ProofRecord,
  target: RevocationTarget,
  acting: Acting | undefined,
): Promise<void> {
  const { find, patch } = record;
  const revocation = find();
  if (revocation === undefined) return;
  // found before anything is closed; the old credentials stay in memory for as long as AWS is asked with them
  const witness =
    revocation.proofState === 'running' ? await findWitness(ports, ports.sessions.liveFor(target.id)) : undefined;
  const { measures } = wayFacts[revocation.way];
  for (const measure of measures) {
    if (find()?.taken.includes(measure) !== false) continue;
    const answer =
      measure === 'prove'
        ? await prove(ports, record, target, witness)
        : await take(ports, record, target, acting, measure);
    if (record.signal.aborted) return;
    if (!answer.ok) {
      const error = notCancelled(answer.error);
      patch((one) => ({ ...one, state: 'failed', error }));
      ports.audit({
        act: 'revocation.failed',
        subject: target.roleArn,
        revocationId: revocation.id,
        error: error.kind,
      });
      return;
    }
    patch((one) => ({ ...one, taken: [...one.taken, measure], steps: one.steps.map(foundDone(one.steps)) }));
    if (measure !== 'prove') settleMeasure(ports, record, target);
  }
}

/** A call whose answer was lost, of a measure that is done now: whatever came of it then, it holds. */
function foundDone(steps: Revocation['steps']) {
  return (step: RevocationStep): RevocationStep =>
    step.state === 'done' || steps.some(({ state, title }) => state === 'done' && title === step.title)
      ? step
      : { ...step, state: 'done', title: `${step.title} (found done)`.slice(0, 300) };
}

async function take(
  ports: RunPorts,
  { find, patch }: ProofRecord,
  target: RevocationTarget,
  acting: Acting | undefined,
  measure: Exclude<Measure, 'prove'>,
): Promise<Result<void, AppError | Cancelled>> {
  if (measure === 'delete-stack' || acting === undefined) {
    return err(
      appError('not-possible', 'The stack is deleted in CloudFormation, not here.', {
        whatToDo: 'Delete it there, then ask AWS.',
      }),
    );
  }
  const context = await measureContext(ports, target, acting, find()?.id ?? '', patch);
  const taken = await measureActs[measure].take(context);
  if (!taken.ok) return taken;
  const { at, blockedSince, cutoff, made }: Taken = taken.value;
  if (cutoff !== undefined) ports.sessions.blockUntil(target.id, cutoff + reassumePauseMs);
  patch((one) => {
    const since = one.blockedSince ?? blockedSince;
    const denied = cutoff ?? one.cutoff;
    return {
      ...one,
      ...(since === undefined ? {} : { blockedSince: since }),
      ...(denied === undefined ? {} : { cutoff: denied }),
      ...(made === undefined ? {} : { made: { ...one.made, ...made } }),
      deadBy: deathClock(one.way, since ?? denied ?? at, one.maxSessionDuration),
    };
  });
  return ok(undefined);
}

/** Once nothing is left but the proof, the role is closed. */
function settleMeasure(ports: RunPorts, { find, patch }: ProofRecord, target: RevocationTarget): void {
  const revocation = find();
  if (revocation === undefined) return;
  const { measures, outer } = wayFacts[revocation.way];
  if (outer === 'shut' && revocation.blockedSince !== undefined) {
    ports.connections.patch(target.id, { status: 'closing' });
  }
  if (measures.some((measure) => measure !== 'prove' && !revocation.taken.includes(measure))) return;
  patch((one) => ({ ...one, state: 'closing' }));
  ports.audit({ act: 'revocation.closed', subject: target.roleArn, revocationId: revocation.id });
  ports.onClosed(revocation.id);
}

/**
 * Wipes the local copies, then asks AWS until it has refused. Where something is still to come after it, such as deleting
 * the role, a door that AWS was not seen to shut stops the sequence.
 */
async function prove(
  ports: RunPorts,
  record: ProofRecord,
  target: RevocationTarget,
  witness: Awaited<ReturnType<typeof findWitness>>,
): Promise<Result<void>> {
  const { find, patch } = record;
  const revocation = find();
  if (revocation === undefined) return ok(undefined);
  const { outer } = wayFacts[revocation.way];
  const own = openOf(ports, target, outer);
  await wipe(ports, record, target, own, outer === 'shut');
  if (revocation.proofState === 'running') {
    await ports.proofs.through(() => proveClosed(ports, target, witness, record));
  }
  if (record.signal.aborted) return ok(undefined);
  noteWiped(ports, record, await ports.wipeElsewhere(target, own));
  const isLast = wayFacts[revocation.way].measures.at(-1) === 'prove';
  const said = find()?.proofState;
  if (isLast || said === 'complete' || said === 'not-asked') return ok(undefined);
  patch((one) => ({ ...one, proofState: 'running' }));
  return err(unproved(said === 'impossible'));
}

function unproved(nobodyCouldAsk: boolean): AppError {
  const whatDidNotChange =
    'The role is closed and its older sessions are denied, as AWS confirmed; it was not deleted.';
  if (nobodyCouldAsk) {
    return appError('not-possible', 'Nobody here could ask AWS whether it refuses, so nothing was deleted.', {
      whatDidNotChange,
      whatToDo:
        'If AWS’s word is enough, revoke it once more and choose “Delete the role”. Or look at it in the console first.',
    });
  }
  return appError('not-possible', 'AWS did not refuse twice within five minutes, so nothing was deleted.', {
    whatDidNotChange,
    whatToDo: 'Go on: AWS is asked again, and then the role is deleted.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

/**
 * The sessions that go, as they are now: some may have been opened or renewed since the first call. Where nobody comes in
 * any more those go too that wait to be renewed.
 */
export function openOf({ sessions }: RunPorts, target: RevocationTarget, outer: DoorState): readonly Session[] {
  return outer === 'shut' ? sessions.openFor(target.id) : sessions.liveFor(target.id);
}

export async function wipe(
  ports: RunPorts,
  record: ProofRecord,
  target: RevocationTarget,
  own: readonly Session[],
  alsoProfiles: boolean,
): Promise<void> {
  noteWiped(ports, record, await ports.wipe(target, own, alsoProfiles));
}

export function noteWiped(
  ports: RunPorts,
  { patch }: ProofRecord,
  wiped: readonly { readonly title: string; readonly verified: boolean }[],
): void {
  if (wiped.length === 0) return;
  const at = ports.clock.now();
  patch((one): Revocation => ({
    ...one,
    wiped: [...one.wiped, ...wiped.map((entry) => ({ ...entry, at }))].slice(-200),
  }));
}
