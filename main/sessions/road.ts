import type { OutputOf } from '../../core/contract/contract';
import type { Connection } from '../../core/domain/connection';
import { longestSession } from '../../core/domain/session-request';
import { err, ok, type Result } from '../../core/result';
import type { Sources } from '../sources/sources';
import { notFound } from '../workspace-context';

type RoadPorts = {
  readonly sources: Pick<Sources, 'find' | 'identity'>;
  readonly connections: { find(connectionId: string): Connection | undefined };
};

/** The road that a new session would take, from the source identity over the roles on the way, and how long it may be. */
export async function planRoad(
  { sources, connections }: RoadPorts,
  connectionId: string,
  hops: readonly string[],
): Promise<Result<OutputOf<'sessions', 'plan'>>> {
  const roles: Connection[] = [];
  for (const id of [...hops, connectionId]) {
    const role = connections.find(id);
    if (role === undefined) return err(notFound(id === connectionId ? 'This connection' : 'A role on the way'));
    roles.push(role);
  }
  const [first] = roles;
  const last = roles.at(-1);
  if (first === undefined || last === undefined) return err(notFound('This connection'));
  const source = sources.find(first.sourceId);
  const identity = await sources.identity(first.sourceId);
  const isChained = hops.length > 0 || (identity.ok && identity.value.isRoleSession);
  const { seconds, because } = longestSession(last.maxSessionDuration, isChained);
  // what the file said that the role came from, before what the key usually goes with
  const mfaSerial = first.imported?.mfaSerial ?? (source?.kind === 'access-key' ? source.mfaSerial : undefined);
  const begin = {
    label: source?.label ?? 'No source identity',
    accountId: identity.ok ? identity.value.accountId : '',
    isRole: identity.ok && identity.value.isRoleSession,
  };
  return ok({
    road: [begin, ...roles.map(({ name, accountId }) => ({ label: name, accountId, isRole: true }))],
    longest: seconds,
    because,
    ...(mfaSerial === undefined ? {} : { mfaSerial }),
  });
}
