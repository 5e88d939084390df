import type { RevocationPreview } from '../../core/contract/revocation';
import type { RevocationTarget } from './targets';
import type { Performer } from '../../core/domain/revocation';
import { callerOf } from '../../core/domain/caller';
import { wayFacts, type RevocationWay } from '../../core/domain/revocation-ways';
import { err, ok, type Result } from '../../core/result';
import { notCancelled } from '../sources/sources';
import { actAs, type Acting, type ActingPorts } from './acting';
import { readRole, type RoleContents } from './close-role';
import { findWitness, type WitnessPorts } from './witness';
import { boundClock, losses, maker, permissionsOf, stackOf } from './words';

/** Reads before anything is touched: what would be lost, how long a session may last, what could be proved. */
export async function previewRevocation(
  ports: ActingPorts & WitnessPorts,
  target: RevocationTarget,
  way: RevocationWay,
  performer: Performer,
): Promise<Result<RevocationPreview>> {
  const acting = performer.kind === 'owner' ? ok(undefined) : await actAs(ports, target, way, performer);
  if (!acting.ok) return acting;
  const readable = acting.value !== undefined && wayFacts[way].account === 'target' ? acting.value : undefined;
  const read = readable === undefined ? ok(undefined) : await look(readable, target.roleName);
  if (!read.ok) return read;
  const contents = read.value === 'none' ? undefined : read.value;
  const own = ports.sessions.liveFor(target.id);
  const readAt = contents?.readAt ?? ports.clock.now();
  const maxSessionDuration = contents?.role.maxSessionDuration ?? target.maxSessionDuration;
  const needs = await neededRights(ports, target, way);
  const missing = acting.value === undefined ? undefined : await missingRights(acting.value, needs);
  const stack = contents === undefined ? undefined : stackOf(contents);
  return ok({
    ...(readable === undefined ? {} : { roleFound: contents !== undefined }),
    maxSessionDuration,
    readAt,
    madeBy: contents === undefined ? 'unknown' : maker(contents),
    ...(stack === undefined ? {} : { stack }),
    willBeLost: contents === undefined ? [] : losses(contents),
    permissions: contents === undefined ? [] : permissionsOf(contents),
    deadBy: boundClock(readAt, maxSessionDuration),
    needs,
    ...(missing === undefined ? {} : { missing }),
    ownSessions: own.length,
    probe:
      own.length === 0 ? 'no-session' : (await findWitness(ports, own)) === undefined ? 'no-harmless-call' : 'possible',
  });
}

/** The role as the performer sees it. One that may close it but not list everything on it still sees its maximum. */
async function look(
  { iam }: Acting,
  roleName: string,
): Promise<Result<(RoleContents & { readonly readAt: number }) | 'none'>> {
  const contents = await readRole(iam, roleName);
  if (contents.ok) return contents;
  if (contents.error.kind === 'no-such-entity') return ok('none');
  if (contents.error.kind !== 'access-denied') return err(notCancelled(contents.error));
  const role = await iam.getRole(roleName);
  if (!role.ok) return err(notCancelled(role.error));
  return ok({
    role: role.value.value,
    readAt: role.value.at,
    ...{ instanceProfiles: [], inlinePolicies: [], attachedPolicies: [] },
  });
}

/** A caller's right is taken from a user or from a role, which are two actions: one of them is needed. */
async function neededRights({ sources }: ActingPorts, target: RevocationTarget, way: RevocationWay): Promise<string[]> {
  const { account, needs } = wayFacts[way];
  const identity =
    account === 'source' && target.sourceId !== undefined ? await sources.identity(target.sourceId) : undefined;
  const caller = identity?.ok === true ? callerOf(identity.value.arn) : undefined;
  if (caller === undefined) return [...needs];
  const other = caller.kind === 'user' ? 'iam:PutRolePolicy' : 'iam:PutUserPolicy';
  return needs.filter((action) => action !== other);
}

/** What AWS's simulator says this identity may not do of what is needed; undefined where it cannot be asked. */
async function missingRights({ iam, identity }: Acting, needs: readonly string[]): Promise<string[] | undefined> {
  // the simulator takes a user or a role, and a session does not tell the path of its role
  if (identity === undefined || identity.isRoleSession) return undefined;
  const answer = await iam.simulateActions(identity.arn, needs);
  if (!answer.ok) return undefined;
  return answer.value.value.filter(({ decision }) => decision !== 'allowed').map(({ action }) => action);
}
