import type { AppError } from '../../core/app-error';
import type { PlanStepOf } from '../../core/domain/plan-step';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { AwsResult } from '../aws/aws-api';
import { carriesOurId, evidenceOf, removed, taken, type StepContext, type StepOutcome } from './step-context';

/** Made now, or found with our tag on it: a call that timed out and was repeated finds its own object (aws-reference §5, rollback). */
async function madeOrOurs(
  what: string,
  create: () => AwsResult<unknown>,
  isOurs: () => Promise<Result<boolean, AppError | Cancelled>>,
): StepOutcome {
  const made = await evidenceOf(create());
  if (made.ok || made.error.kind !== 'already-exists') return made;
  const ours = await isOurs();
  if (!ours.ok) return ours;
  return ours.value ? ok({}) : err(taken(what, made.error));
}

export function makeRole(step: PlanStepOf<'create-role'>, { clients, onboardingId, signal }: StepContext): StepOutcome {
  const { description, maxSessionDuration, path, permissionsBoundaryArn, roleName, tags, trustPolicy } = step;
  return madeOrOurs(
    `A role named ${roleName}`,
    () =>
      clients.iam.createRole(
        {
          name: roleName,
          path,
          description,
          trustPolicy,
          maxSessionDuration,
          tags,
          ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
        },
        { signal },
      ),
    () => ownsRole(roleName, { clients, onboardingId, signal }),
  );
}

type Look = Pick<StepContext, 'clients' | 'onboardingId' | 'signal'>;

/** Whether the role carries our id. A role that is not there is nobody's. */
export async function ownsRole(
  roleName: string,
  { clients, onboardingId, signal }: Look,
): Promise<Result<boolean, AppError | Cancelled>> {
  const found = await clients.iam.getRole(roleName, { signal });
  return found.ok ? ok(carriesOurId(found.value.value.tags, onboardingId)) : found;
}

export async function ownsUser(
  userName: string,
  { clients, onboardingId, signal }: Look,
): Promise<Result<boolean, AppError | Cancelled>> {
  const found = await clients.iam.getUser(userName, { signal });
  return found.ok ? ok(carriesOurId(found.value.value.tags, onboardingId)) : found;
}

/** IAM has no tags for groups: ours has the onboarding's ID in its path. */
export async function ownsGroup(
  groupName: string,
  { clients, onboardingId, signal }: Look,
): Promise<Result<boolean, AppError | Cancelled>> {
  const found = await clients.iam.getGroup(groupName, { signal });
  return found.ok ? ok(found.value.value.path.includes(`/${onboardingId}/`)) : found;
}

export async function ownsPolicy(
  policyArn: string,
  { clients, onboardingId, signal }: Look,
): Promise<Result<boolean, AppError | Cancelled>> {
  const found = await clients.iam.getPolicy(policyArn, { signal });
  return found.ok ? ok(carriesOurId(found.value.value.tags, onboardingId)) : found;
}

export async function ownsProfile(
  profileName: string,
  { clients, onboardingId, signal }: Look,
): Promise<Result<boolean, AppError | Cancelled>> {
  const found = await clients.iam.getInstanceProfile(profileName, { signal });
  return found.ok ? ok(carriesOurId(found.value.value.tags, onboardingId)) : found;
}

export function makePolicy(step: PlanStepOf<'create-policy'>, context: StepContext): StepOutcome {
  const { description, document, path, policyName, tags } = step;
  return madeOrOurs(
    `A policy named ${policyName}`,
    () => context.clients.iam.createPolicy({ name: policyName, path, description, document, tags }, context),
    () => ownsPolicy(step.policyArn, context),
  );
}

/** A policy can go only when its default version is the last that is left. */
export async function deletePolicy(step: PlanStepOf<'create-policy'>, { clients, signal }: StepContext): StepOutcome {
  const versions = await clients.iam.listPolicyVersions(step.policyArn, { signal });
  if (!versions.ok) return versions.error.kind === 'no-such-entity' ? ok({}) : versions;
  for (const { id, isDefault } of versions.value.value) {
    if (isDefault) continue;
    const gone = await removed(clients.iam.deletePolicyVersion(step.policyArn, id, { signal }));
    if (!gone.ok) return gone;
  }
  return removed(clients.iam.deletePolicy(step.policyArn, { signal }));
}

export function makeProfile(step: PlanStepOf<'create-instance-profile'>, context: StepContext): StepOutcome {
  const { path, profileName, tags } = step;
  return madeOrOurs(
    `An instance profile named ${profileName}`,
    () => context.clients.iam.createInstanceProfile({ name: profileName, path, tags }, context),
    () => ownsProfile(profileName, context),
  );
}

/** A profile holds one role: a second call is refused as one too many, unless it is there already. */
export async function fillProfile(
  step: PlanStepOf<'add-role-to-instance-profile'>,
  { clients, signal }: StepContext,
): StepOutcome {
  const found = await clients.iam.getInstanceProfile(step.profileName, { signal });
  if (!found.ok) return found;
  if (found.value.value.roleNames.includes(step.roleName)) return ok({});
  return evidenceOf(clients.iam.addRoleToInstanceProfile(step.profileName, step.roleName, { signal }));
}

export function makeGroup(step: PlanStepOf<'create-group'>, context: StepContext): StepOutcome {
  return madeOrOurs(
    `A group named ${step.groupName}`,
    () => context.clients.iam.createGroup({ name: step.groupName, path: step.path }, context),
    () => ownsGroup(step.groupName, context),
  );
}

export function makeUser(step: PlanStepOf<'create-user'>, context: StepContext): StepOutcome {
  const { path, tags, userName } = step;
  return madeOrOurs(
    `A user named ${userName}`,
    () => context.clients.iam.createUser({ name: userName, path, tags }, context),
    () => ownsUser(userName, context),
  );
}

/**
 * The secret is told once. A key whose answer was lost, or could not be kept, is of use to nobody: it is deleted, and
 * another one is made.
 */
export async function makeAccessKey({ userName }: PlanStepOf<'create-access-key'>, context: StepContext): StepOutcome {
  const { clients, keepKey, signal } = context;
  if (context.begunBefore) {
    const ours = await ownsUser(userName, context);
    if (!ours.ok) return ours;
    const keys = await clients.iam.listAccessKeys(userName, { signal });
    if (!keys.ok) return keys;
    const dropped = await dropKeys(userName, ours.value ? keys.value.value : [], context);
    if (!dropped.ok) return dropped;
  }
  const made = await clients.iam.createAccessKey(userName, { signal });
  if (!made.ok) return made;
  const { requestId, at, value } = made.value;
  const kept = await keepKey(userName, value);
  if (!kept.ok) {
    await clients.iam.deleteAccessKey(userName, value.accessKeyId, { signal });
    return kept;
  }
  return ok({ requestId, at, made: value.accessKeyId });
}

export async function deleteAccessKeys(
  { userName }: PlanStepOf<'create-access-key'>,
  context: StepContext,
): StepOutcome {
  const { clients, made, signal } = context;
  const keys = await clients.iam.listAccessKeys(userName, { signal });
  if (!keys.ok) return keys.error.kind === 'no-such-entity' ? ok({}) : keys;
  // The user is ours, and so is every key that this wizard may have made for it without hearing of it.
  return await dropKeys(userName, made === undefined ? keys.value.value : [made], context);
}

/** Here first, then at AWS: a key that AWS still lists is found again after a crash, one that only the keychain has is not. */
async function dropKeys(userName: string, ids: readonly string[], context: StepContext): StepOutcome {
  const { clients, forgetKey, signal } = context;
  for (const id of ids) {
    const forgotten = await forgetKey(id);
    if (!forgotten.ok) return forgotten;
    const gone = await removed(clients.iam.deleteAccessKey(userName, id, { signal }));
    if (!gone.ok) return gone;
  }
  return ok({});
}
