import type { GuardRailPreview } from '../../core/contract/guard-rails';
import type { AppError } from '../../core/app-error';
import { deniedBy, type Bound } from '../../core/domain/guard-rail-preview';
import { guardRailDocument, isSamePolicy, kindOfName } from '../../core/domain/guard-rails';
import { wayFacts } from '../../core/domain/revocation-ways';
import { findRecipe } from '../../core/recipes/catalog';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { OrganizationsApi } from '../aws/aws-api';
import { memberRoleName } from '../revocation/acting';
import { notCancelled } from '../sources/sources';
import { grouped } from '../../core/grouped';
import { asManagement } from './management';
import { readPlaces } from './organization-view';
import type { GuardRailsPorts, GuardRailWish } from './guard-rails';

type Accounts = GuardRailPreview['accounts'];

const mostDenied = 500;

/** What a guard rail would do at a place, before anything is made: whom it binds, and what of ours it would refuse. */
export async function previewGuardRail(
  { connections, sources }: Pick<GuardRailsPorts, 'connections' | 'sources'>,
  { guardRail, sourceId, targetId }: GuardRailWish,
): Promise<Result<GuardRailPreview>> {
  const management = await asManagement(sources, sourceId);
  if (!management.ok) return management;
  const { clients, identity } = management.value;
  const { organizations: api } = clients;
  const document = guardRailDocument(guardRail, identity.partition);
  const roots = await api.listRoots();
  if (!roots.ok) return err(notCancelled(roots.error));
  const isSwitchedOn = roots.value.value[0]?.serviceControlPolicies === true;
  const below = await accountsOf(api, targetId);
  if (!below.ok) return err(notCancelled(below.error));
  const attached = isSwitchedOn
    ? await attachedTo(api, targetId, document, guardRail.kind)
    : ok({ count: 0, isIt: false });
  if (!attached.ok) return err(notCancelled(attached.error));
  const accounts = below.value.filter(({ id }) => id !== identity.accountId);
  const bound = boundBelow(new Set(accounts.map(({ id }) => id)), { connections, sources }, identity.partition);
  return ok({
    document,
    isSwitchedOn,
    attachedCount: attached.value.count,
    isAttached: attached.value.isIt,
    accounts,
    hasManagement: accounts.length < below.value.length,
    denied: deniedBy(document, bound, identity.accountId, mostDenied).map((one) => ({
      ...one,
      actions: one.actions.slice(0, 40),
    })),
    readAt: roots.value.at,
  });
}

async function accountsOf(api: OrganizationsApi, targetId: string): Promise<Result<Accounts, AppError | Cancelled>> {
  if (/^\d/.test(targetId)) {
    const account = await api.describeAccount(targetId);
    return account.ok ? ok([{ id: account.value.value.id, name: account.value.value.name }]) : account;
  }
  const places = await readPlaces(api, targetId);
  return places.ok ? ok(places.value.accounts.map(({ id, name }) => ({ id, name }))) : places;
}

async function attachedTo(
  api: OrganizationsApi,
  targetId: string,
  document: string,
  kind: ReturnType<typeof kindOfName>,
): Promise<Result<{ count: number; isIt: boolean }, AppError | Cancelled>> {
  const listed = await api.listPoliciesForTarget(targetId);
  if (!listed.ok) return listed;
  const count = listed.value.value.length;
  for (const { id, name } of listed.value.value) {
    if (kindOfName(name) !== kind) continue;
    const content = await api.getPolicyDocument(id);
    if (!content.ok) return content;
    if (isSamePolicy(content.value.value, document)) return ok({ count, isIt: true });
  }
  return ok({ count, isIt: false });
}

/**
 * Everybody of ours in these accounts: each connected role with what its recipe promises, and whoever here could take a
 * connection back: our sources in the account, and the role that Organizations makes in it.
 */
function boundBelow(
  accountIds: ReadonlySet<string>,
  { connections, sources }: Pick<GuardRailsPorts, 'connections' | 'sources'>,
  partition: string,
): Bound[] {
  const inside = connections.all().filter(({ accountId, status }) => accountIds.has(accountId) && status !== 'revoked');
  const working = inside.map(({ accountId, name, recipeId, region, roleArn }): Bound => ({
    ...{ accountId, name, region, principalArn: roleArn, purpose: 'recipe' },
    needs: (findRecipe(recipeId)?.checks.mustAllow ?? []).map((action) => ({ action, resource: '*' })),
  }));
  const identities = sources
    .list()
    .flatMap(({ identity, source }) =>
      identity === undefined ? [] : [{ accountId: identity.accountId, name: source.label, arn: roleOf(identity.arn) }],
    );
  const identitiesIn = grouped(identities, ({ accountId }) => accountId);
  const closing = [...grouped(inside, ({ accountId }) => accountId)].flatMap(([accountId, ours]) => {
    const needs = ours.flatMap(({ roleArn }) =>
      wayFacts['step-by-step'].needs.map((action) => ({ action, resource: roleArn })),
    );
    const memberRole = { name: memberRoleName, arn: `arn:${partition}:iam::${accountId}:role/${memberRoleName}` };
    const able = [...(identitiesIn.get(accountId) ?? []), memberRole];
    return able.map(({ arn, name }): Bound => ({
      ...{ accountId, name, principalArn: arn, region: 'us-east-1', purpose: 'revocation', needs },
    }));
  });
  return [...working, ...closing];
}

/** A session's ARN names its role without the path; most have none. */
function roleOf(arn: string): string {
  return arn.replace(/^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');
}
