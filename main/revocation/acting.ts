import type { RevocationTarget } from './targets';
import type { Performer } from '../../core/domain/revocation';
import { selfWays, wayFacts, type RevocationWay } from '../../core/domain/revocation-ways';
import type { Identity } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { CredentialsProvider, IamApi, OrganizationsApi } from '../aws/aws-api';
import type { Sessions } from '../sessions/sessions';
import { memberRoleProvider } from '../sources/member-roles';
import { notCancelled, type Sources } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';

export type ActingPorts = Pick<WorkspaceContext, 'aws' | 'clock' | 'environment'> & {
  readonly sources: Sources;
  readonly sessions: Sessions;
};

/** Whoever makes the calls of a revocation, in the account in which the way is taken. */
export type Acting = {
  readonly label: string;
  readonly iam: IamApi;
  readonly organizations: OrganizationsApi;
  /** of a source; a session or a member role has none that the simulator takes */
  readonly identity?: Identity;
};

/** The role that Organizations makes in an account which it creates (aws-reference §6.6). */
export const memberRoleName = 'OrganizationAccountAccessRole';

/** Binds the performer to clients, once AWS has said that they are of the right account. Changes nothing. */
export async function actAs(
  ports: ActingPorts,
  target: RevocationTarget,
  way: RevocationWay,
  performer: Performer,
): Promise<Result<Acting>> {
  switch (performer.kind) {
    case 'source':
      return await asSource(ports, target, way, performer.sourceId);
    case 'own-session':
      return await asOwnSession(ports, target, way, performer.sessionId);
    case 'member-role':
      return asMemberRole(ports, target, performer);
    case 'owner':
      return err(
        appError('not-possible', 'Somebody else was asked to do this.', {
          whatDidNotChange: 'The role was not touched.',
          whatToDo: 'Ask AWS whether it was done, or choose credentials of your own.',
        }),
      );
  }
}

async function asSource(
  { sources }: ActingPorts,
  target: RevocationTarget,
  way: RevocationWay,
  sourceId: string,
): Promise<Result<Acting>> {
  const clients = sources.clients(sourceId);
  if (!clients.ok) return clients;
  const identity = await sources.identity(sourceId);
  if (!identity.ok) return identity;
  const { iam, organizations, source } = clients.value;
  const needed = await accountFor(sources, target, way, organizations);
  if (!needed.ok) return needed;
  if (identity.value.accountId !== needed.value) {
    return err(
      appError('not-possible', `“${source.label}” belongs to account ${identity.value.accountId}.`, {
        whatDidNotChange: 'The role was not touched.',
        whatToDo: `Choose credentials of account ${needed.value}, or ask its owner.`,
        remedies: [{ kind: 'choose-source' }],
      }),
    );
  }
  return ok({ label: source.label, iam, organizations, identity: identity.value });
}

/** The account in which the way is taken. A service control policy does not bind the management account itself (aws-reference §7). */
async function accountFor(
  sources: Sources,
  target: RevocationTarget,
  way: RevocationWay,
  organizations: OrganizationsApi,
): Promise<Result<string>> {
  const { account } = wayFacts[way];
  if (account === 'target') return ok(target.accountId);
  if (account === 'source') {
    if (target.sourceId === undefined) return err(noCaller());
    const caller = await sources.identity(target.sourceId);
    return caller.ok ? ok(caller.value.accountId) : caller;
  }
  const organization = await organizations.describeOrganization();
  if (!organization.ok) return err(notCancelled(organization.error));
  const { managementAccountId } = organization.value.value;
  if (managementAccountId === target.accountId) {
    return err(
      appError('not-possible', 'The role is in the management account, which no service control policy binds.', {
        whatDidNotChange: 'The role was not touched.',
        whatToDo: 'Take another way: close the trust, or deny everything to the role.',
      }),
    );
  }
  return ok(managementAccountId);
}

async function asOwnSession(
  { aws, environment, sessions }: ActingPorts,
  target: RevocationTarget,
  way: RevocationWay,
  sessionId: string,
): Promise<Result<Acting>> {
  const session = sessions.find(sessionId);
  if (session?.connectionId !== target.id || !selfWays.includes(way)) {
    return err(
      appError('not-possible', 'A session of the role can only put the role under quarantine.', {
        whatDidNotChange: 'The role was not touched.',
        whatToDo: 'Choose quarantine, or credentials of the account.',
      }),
    );
  }
  const credentials = await sessions.credentials(sessionId);
  if (!credentials.ok) return credentials;
  // held in memory: what is kept here is wiped before the last proof
  const held: CredentialsProvider = () => Promise.resolve(ok(credentials.value));
  const where = environment(target.region);
  return ok({
    label: `the role’s own session …${session.accessKeyId.slice(-4)}`,
    iam: aws.iam(where, held),
    organizations: aws.organizations(where, held),
  });
}

function asMemberRole(
  { aws, clock, environment, sources }: ActingPorts,
  target: RevocationTarget,
  { sourceId, roleName }: Extract<Performer, { kind: 'member-role' }>,
): Result<Acting> {
  const clients = sources.clients(sourceId);
  if (!clients.ok) return clients;
  const { source, sts } = clients.value;
  const provider = memberRoleProvider(clock, () => ok(sts), { ...target, roleName }, 'sallyport-revocation');
  const where = environment(target.region);
  return ok({
    label: `${roleName}, by ${source.label}`,
    iam: aws.iam(where, provider),
    organizations: aws.organizations(where, provider),
  });
}

function noCaller() {
  return appError('not-possible', 'Nobody here assumes this role, so there is no right to take away.', {
    whatDidNotChange: 'The role was not touched.',
    whatToDo: 'Close its trust, or take another way.',
  });
}
