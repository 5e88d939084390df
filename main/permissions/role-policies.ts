import type { AppError } from '../../core/app-error';
import type { Plan } from '../../core/domain/plan';
import { managedPolicyName, type PlanStep } from '../../core/domain/plan-step';
import { parsePolicyDocument } from '../../core/domain/policy-document';
import { accessRoleStepId } from '../../core/domain/role-plan';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { IamApi } from '../aws/aws-api';
import { isAboutRights } from '../connections/read-role';
import { loadManagedPolicies } from '../sandbox/policy-library';

export type NamedPolicy = { readonly id: string; readonly title: string; readonly text: string };

/** Everything that says what one role may do, and who may be it. Documents as they are kept. */
export type RolePolicies = {
  readonly trust: string;
  /** seconds */
  readonly maxSessionDuration: number;
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  /** titles of those whose text could not be had or understood */
  readonly unread: readonly string[];
};

/** The text of a managed policy by its ARN; `undefined` where nobody here may read it. */
export type ReadManaged = (policyArn: string) => Promise<Result<string | undefined, AppError | Cancelled>>;

/** AWS's own policies are the same in every account; of those that recipes offer there is a copy. */
async function copyOf(policyArn: string): Promise<string | undefined> {
  const copies = await loadManagedPolicies();
  return copies.get(policyArn.replace(/^arn:aws[a-z-]*:/, 'arn:aws:'))?.document;
}

/** Reads managed policies with the first of these that may; each once. Their default version is what is in force. */
export function readManagedWith(readers: readonly IamApi[]): ReadManaged {
  const known = new Map<string, ReturnType<ReadManaged>>();
  const read: ReadManaged = async (policyArn) => {
    for (const iam of readers) {
      const policy = await iam.getPolicy(policyArn);
      const version = policy.ok ? await iam.getPolicyVersion(policyArn, policy.value.value.defaultVersionId) : policy;
      if (version.ok) return ok(version.value.value);
      if (!isAboutRights(version.error)) return err(version.error);
    }
    return ok(policyArn.includes(':iam::aws:policy/') ? await copyOf(policyArn) : undefined);
  };
  return (policyArn) => {
    const asked = known.get(policyArn) ?? read(policyArn);
    known.set(policyArn, asked);
    return asked;
  };
}

type Wanted = { readonly id: string; readonly title: string } & (
  { readonly text: string } | { readonly policyArn: string }
);

async function resolve(
  wanted: readonly Wanted[],
  readManaged: ReadManaged,
): Promise<Result<{ readonly found: NamedPolicy[]; readonly unread: string[] }, AppError | Cancelled>> {
  const texts = await Promise.all(
    wanted.map((one) => ('text' in one ? Promise.resolve(ok(one.text)) : readManaged(one.policyArn))),
  );
  const found: NamedPolicy[] = [];
  const unread: string[] = [];
  for (const [index, { id, title }] of wanted.entries()) {
    const text = texts[index];
    if (text?.ok === false) return text;
    if (text?.value !== undefined && parsePolicyDocument(text.value, 'identity').ok)
      found.push({ id, title, text: text.value });
    else unread.push(title);
  }
  return ok({ found, unread });
}

const boundaryId = 'boundary';

async function gathered(
  role: { readonly trust: string; readonly maxSessionDuration: number; readonly boundaryArn: string | undefined },
  wanted: readonly Wanted[],
  readManaged: ReadManaged,
): Promise<Result<RolePolicies, AppError | Cancelled>> {
  const { boundaryArn, maxSessionDuration, trust } = role;
  const all: readonly Wanted[] = [
    ...wanted,
    ...(boundaryArn === undefined
      ? []
      : [{ id: boundaryId, title: `Boundary ${managedPolicyName(boundaryArn)}`, policyArn: boundaryArn }]),
  ];
  const resolved = await resolve(all, readManaged);
  if (!resolved.ok) return resolved;
  const boundary = resolved.value.found.find(({ id }) => id === boundaryId);
  return ok({
    trust,
    maxSessionDuration,
    policies: resolved.value.found.filter(({ id }) => id !== boundaryId),
    ...(boundary && { boundary }),
    unread: resolved.value.unread,
  });
}

/** The role as it is in IAM now, with all its policies. */
export async function readRolePolicies(
  iam: IamApi,
  roleName: string,
  readManaged: ReadManaged,
): Promise<Result<RolePolicies, AppError | Cancelled>> {
  const [role, inline, attached] = await Promise.all([
    iam.getRole(roleName),
    iam.listRolePolicies(roleName),
    iam.listAttachedRolePolicies(roleName),
  ]);
  if (!role.ok) return role;
  if (!inline.ok) return inline;
  if (!attached.ok) return attached;
  const own = await Promise.all(
    inline.value.value.map(async (name) => ({ name, text: await iam.getRolePolicy(roleName, name) })),
  );
  const wanted: Wanted[] = [];
  for (const { name, text } of own) {
    if (!text.ok) return text;
    wanted.push({ id: `inline ${name}`, title: name, text: text.value.value });
  }
  wanted.push(...attached.value.value.map(({ arn, name }) => ({ id: arn, title: name, policyArn: arn })));
  const { maxSessionDuration, permissionsBoundaryArn: boundaryArn, trustPolicy: trust } = role.value.value;
  return await gathered({ trust, maxSessionDuration, boundaryArn }, wanted, readManaged);
}

/** The role as the plan makes it. `undefined` where the plan makes no role to be assumed. */
export async function agreedRolePolicies(
  { steps }: Plan,
  readManaged: ReadManaged,
): Promise<Result<RolePolicies, AppError | Cancelled> | undefined> {
  const role = steps.find(({ id }) => id === accessRoleStepId);
  if (role?.kind !== 'create-role') return undefined;
  const made = new Map(
    steps.flatMap((step) => (step.kind === 'create-policy' ? [[step.policyArn, step.document] as const] : [])),
  );
  const wanted = steps.flatMap((step: PlanStep): Wanted[] => {
    if (step.kind === 'put-role-policy' && step.roleName === role.roleName)
      return [{ id: `inline ${step.policyName}`, title: step.policyName, text: step.document }];
    if (step.kind !== 'attach-role-policy' || step.roleName !== role.roleName) return [];
    const document = made.get(step.policyArn);
    const named = { id: step.policyArn, title: managedPolicyName(step.policyArn) };
    return [document === undefined ? { ...named, policyArn: step.policyArn } : { ...named, text: document }];
  });
  const { maxSessionDuration, permissionsBoundaryArn: boundaryArn, trustPolicy: trust } = role;
  return await gathered({ trust, maxSessionDuration, boundaryArn }, wanted, readManaged);
}
