import type { AppError } from '../../core/app-error';
import { removalSteps, type Removal, type RemovalStep, type RemovalStepKind } from '../../core/domain/identity-acts';
import { makerOf } from '../../core/domain/identities';
import { err, ok, type Result } from '../../core/result';
import type { AwsResult, IamApi, Tag } from '../aws/aws-api';
import { notCancelled } from '../sources/sources';
import { appError } from '../workspace-context';

/** `unasked`: sources of ours that could not be asked who they are; one of them may be what is removed. */
export type RemovalPlan = { readonly arn: string; readonly steps: RemovalStep[]; readonly unasked: string[] };
type Wish = Pick<Removal, 'mode' | 'name' | 'subject'>;
type Found = { readonly arn: string; readonly path: string; readonly tags: readonly Tag[] };

/** An explicit deny of everything; who has it can do nothing, whatever else allows it (aws-reference §10). */
export const denyAllArn = (arn: string): string => `arn:${arn.split(':')[1] ?? 'aws'}:iam::aws:policy/AWSDenyAll`;

/**
 * Reads everything that has to go before the identity does, in the order in which it goes: what can be put back first
 * (IAM User Guide, "Removing an IAM user"; aws-reference §6.3). A list that cannot be read refuses the whole: a plan with
 * a hole in it would stop half way.
 */
export async function planRemoval(iam: IamApi, wish: Wish): Promise<Result<Omit<RemovalPlan, 'unasked'>>> {
  const found = await find(iam, wish);
  if (!found.ok) return found;
  const refusal = refusalOf(wish, found.value);
  if (refusal !== undefined) return err(refusal);
  const steps = wish.subject === 'user' ? await stepsOfUser(iam, wish) : await stepsOfRole(iam, wish);
  if (!steps.ok) return steps;
  const { arn } = found.value;
  const last: RemovalStep = {
    ...(wish.mode === 'deactivate'
      ? { what: 'attach-deny', target: denyAllArn(arn) }
      : { what: wish.subject === 'user' ? 'delete-user' : 'delete-role', target: wish.name }),
    state: 'waiting',
  };
  const order = (step: RemovalStep): number => removalSteps.indexOf(step.what);
  return ok({ arn, steps: [...steps.value, last].sort((a, b) => order(a) - order(b)) });
}

async function find(iam: IamApi, { name, subject }: Wish): Promise<Result<Found>> {
  const answer = subject === 'user' ? await iam.getWholeUser(name) : await iam.getRole(name);
  return answer.ok ? ok(answer.value.value) : err(notCancelled(answer.error));
}

async function stepsOfUser(iam: IamApi, { mode, name }: Wish): Promise<Result<RemovalStep[]>> {
  const plan = new Plan();
  await plan.each(iam.listKeys(name), ({ accessKeyId, active }) => {
    if (active) plan.add('deactivate-key', accessKeyId);
    if (mode === 'delete') plan.add('delete-key', accessKeyId);
  });
  if (mode === 'deactivate') return plan.made();
  await plan.each(iam.listGroupsForUser(name), (group) => plan.add('leave-group', group));
  await plan.each(iam.listAttachedUserPolicies(name), ({ arn }) => plan.add('detach-policy', arn));
  await plan.each(iam.listUserPolicies(name), (policy) => plan.add('delete-inline', policy));
  await plan.documents((policy) => iam.getUserPolicy(name, policy));
  await plan.password(iam.getLoginProfile(name));
  await plan.each(iam.listMfaDevices(name), ({ serialNumber }) => {
    plan.add('deactivate-mfa', serialNumber);
    // a virtual one has an ARN of kind mfa; a key or token of hardware has a serial number, or an ARN of kind u2f
    if (/:mfa\//.test(serialNumber)) plan.add('delete-mfa', serialNumber);
  });
  await plan.each(iam.listSigningCertificates(name), ({ id }) => plan.add('delete-certificate', id));
  await plan.each(iam.listSshPublicKeys(name), ({ id }) => plan.add('delete-ssh-key', id));
  await plan.each(iam.listServiceCredentials(name), ({ id }) => plan.add('delete-service-credential', id));
  return plan.made();
}

async function stepsOfRole(iam: IamApi, { mode, name }: Wish): Promise<Result<RemovalStep[]>> {
  const plan = new Plan();
  if (mode === 'deactivate') return plan.made();
  await plan.each(iam.listInstanceProfilesForRole(name), (profile) => plan.add('leave-instance-profile', profile));
  await plan.each(iam.listAttachedRolePolicies(name), ({ arn }) => plan.add('detach-policy', arn));
  await plan.each(iam.listRolePolicies(name), (policy) => plan.add('delete-inline', policy));
  await plan.documents((policy) => iam.getRolePolicy(name, policy));
  return plan.made();
}

/** Steps as they are read; the first list that cannot be read ends it. */
class Plan {
  #steps: RemovalStep[] = [];
  #error: AppError | undefined;

  add(what: RemovalStepKind, target: string): void {
    this.#steps.push({ what, target, state: 'waiting' });
  }

  async each<T>(list: AwsResult<readonly T[]>, add: (item: T) => void): Promise<void> {
    const answer = await list;
    if (answer.ok) answer.value.value.forEach(add);
    else this.#error ??= notCancelled(answer.error);
  }

  async password(asked: AwsResult<unknown>): Promise<void> {
    const answer = await asked;
    if (answer.ok) this.add('delete-password', 'Console password');
    else if (notCancelled(answer.error).kind !== 'no-such-entity') this.#error ??= notCancelled(answer.error);
  }

  /** What an inline policy says is kept, so that it can be put back. */
  async documents(read: (policy: string) => AwsResult<string>): Promise<void> {
    const steps: RemovalStep[] = [];
    for (const step of this.#steps) {
      if (step.what !== 'delete-inline') {
        steps.push(step);
        continue;
      }
      const answer = await read(step.target);
      if (answer.ok) steps.push({ ...step, document: answer.value.value });
      else this.#error ??= notCancelled(answer.error);
    }
    this.#steps = steps;
  }

  made(): Result<RemovalStep[]> {
    if (this.#error === undefined) return ok(this.#steps);
    return err({
      ...this.#error,
      whatDidNotChange: 'Nothing was changed: not everything that has to go could be read.',
    });
  }
}

function refusalOf({ mode, name, subject }: Wish, found: Found): AppError | undefined {
  const maker = makerOf({ path: found.path, tags: { read: true, value: [...found.tags] } });
  if (maker === 'service') {
    return appError('not-possible', `${name} belongs to a service of AWS.`, {
      whatToDo: 'Delete it with that service: IAM changes no service-linked role.',
    });
  }
  if (maker === 'cloudformation' && mode === 'delete') {
    const stack = found.tags.find(({ key }) => key === 'aws:cloudformation:stack-name')?.value ?? '';
    return appError('not-possible', `${name} was made by the stack ${stack}.`, {
      whatToDo: `Delete the stack, or take this ${subject} out of its template: deleted by itself it would be drift.`,
    });
  }
  return undefined;
}
