import type { Revocation } from '../../core/domain/revocation';
import { wayFacts } from '../../core/domain/revocation-ways';
import type { Session } from '../../core/domain/session';
import { ok } from '../../core/result';
import type { CredentialsProvider } from '../aws/aws-api';
import type { Connections } from '../connections/connections';
import type { Sessions } from '../sessions/sessions';
import type { Sources } from '../sources/sources';
import type { WorkspaceContext } from '../workspace-context';
import type { RevocationTarget } from './targets';
import { assumeProbe, findHarmlessCall, probeLimitMs, proveRefusal, type Probe } from './proof';
import { proofNote } from './words';

export type WitnessPorts = Pick<WorkspaceContext, 'aws' | 'environment' | 'clock' | 'audit'> & {
  readonly sessions: Sessions;
  readonly connections: Connections;
  readonly sources: Sources;
};

/** A session that makes a harmless call now, to be asked again when it may not any more. Its credentials stay in memory. */
export async function findWitness(ports: WitnessPorts, own: readonly Session[]): Promise<Probe | undefined> {
  for (const session of own) {
    const credentials = await ports.sessions.credentials(session.id);
    if (!credentials.ok) continue;
    const connection = ports.connections.find(session.connectionId);
    const environment = ports.environment(connection?.region ?? 'us-east-1');
    const held: CredentialsProvider = () => Promise.resolve(ok(credentials.value));
    const found = await findHarmlessCall({
      iam: ports.aws.iam(environment, held),
      organizations: ports.aws.organizations(environment, held),
      s3: ports.aws.s3(environment, held),
    });
    if (found !== undefined) {
      return { ...found, as: 'old-session', asLabel: `old session …${session.accessKeyId.slice(-4)}` };
    }
  }
  return undefined;
}

/** The record that a proof is written into. */
export type ProofRecord = {
  readonly find: () => Revocation | undefined;
  readonly patch: (change: (one: Revocation) => Revocation) => void;
  readonly signal: AbortSignal;
};

/** Asks each door that the way shuts until AWS has refused twice; a door that stays open is not asked. */
export async function proveClosed(
  ports: WitnessPorts,
  target: RevocationTarget,
  oldSession: Probe | undefined,
  { find, patch, signal }: ProofRecord,
  limitMs = probeLimitMs,
): Promise<void> {
  const revocation = find();
  if (revocation?.proofState !== 'running') return;
  const { clock } = ports;
  const { inner, outer } = wayFacts[revocation.way];
  const record =
    (mark: (one: Revocation, at: number, refusals: number) => Partial<Revocation>) =>
    (entry: Revocation['proof'][number], refusals: number) => {
      patch((one) => ({ ...one, proof: [...one.proof, entry].slice(-400), ...mark(one, entry.at, refusals) }));
    };
  const old = inner === 'open' ? undefined : oldSession;
  const oldRefused =
    old !== undefined &&
    (await proveRefusal(
      old,
      { clock, signal, limitMs },
      record((one, at, refusals) =>
        refusals === 0 ? {} : { refusedSince: refusals === 1 ? at : (one.refusedSince ?? at) },
      ),
    ));
  const clients = target.sourceId === undefined ? undefined : ports.sources.clients(target.sourceId);
  const deployer =
    outer === 'shut' && clients?.ok === true
      ? assumeProbe(clients.value.sts, target.roleArn, target.externalId, clients.value.source.label)
      : undefined;
  const newRefused =
    deployer !== undefined &&
    (await proveRefusal(
      deployer,
      { clock, signal, limitMs },
      record((_one, at, refusals) => (refusals >= 2 ? { blockedProvedAt: at } : {})),
    ));
  if (signal.aborted) return;
  const asked = [old === undefined ? undefined : oldRefused, deployer === undefined ? undefined : newRefused].filter(
    (answer) => answer !== undefined,
  );
  const complete = asked.length > 0 && asked.every(Boolean);
  const note = proofNote({
    hadOldSession: old !== undefined || inner === 'open',
    wasAsked: asked.length > 0,
    complete,
  });
  patch((one) => ({
    ...one,
    proofState: asked.length === 0 ? 'impossible' : complete ? 'complete' : 'stopped',
    ...(note === undefined ? {} : { proofNote: note }),
  }));
  ports.audit({
    act: 'revocation.proof',
    subject: target.roleArn,
    revocationId: revocation.id,
    complete: String(complete),
  });
}
