import type { AppError } from '../../core/app-error';
import type { Removal, RemovalStep } from '../../core/domain/identity-acts';
import { canBePutBack } from '../../core/domain/identity-acts';
import { err, type Result } from '../../core/result';
import type { AwsResult, IamApi } from '../aws/aws-api';
import { isRefusal } from '../organization/run';
import { notCancelled, type Sources } from '../sources/sources';
import type { WorkspaceContext } from '../workspace-context';
import type { ActRecords } from './act-records';

/** One removal with what its steps need. */
export type RemovalRun = Pick<WorkspaceContext, 'audit' | 'clock'> & {
  readonly id: string;
  readonly sources: Sources;
  readonly records: ActRecords;
  readonly signal: AbortSignal;
};

type Done = Result<unknown>;

/** Each step on record before its call and after it. What is gone already is done, so that it can be run again. */
export async function carryOut(run: RemovalRun): Promise<Done> {
  for (const [at, { state }] of record(run).steps.entries()) {
    if (state !== 'waiting' && state !== 'begun') continue;
    const done = await act(run, at, 'done', forward);
    if (!done.ok) return done;
  }
  return finish(run, 'done');
}

/** Backwards. What cannot be put back is left as it is, and said so. */
export async function putBack(run: RemovalRun): Promise<Done> {
  const { steps } = record(run);
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step === undefined || (step.state !== 'done' && step.state !== 'begun')) continue;
    if (!canBePutBack(step.what)) {
      patchStep(run, at, { ...step, state: 'kept' });
      continue;
    }
    const done = await act(run, at, 'undone', backward);
    if (!done.ok) return done;
  }
  return finish(run, 'undone');
}

type Calls = (iam: IamApi, one: Removal, step: RemovalStep, signal: AbortSignal) => AwsResult<unknown>;

async function act(run: RemovalRun, at: number, end: 'done' | 'undone', calls: Calls): Promise<Done> {
  const one = record(run);
  const step = one.steps[at];
  const clients = run.sources.clients(one.sourceId);
  if (step === undefined || !clients.ok) return clients;
  const begun = patchStep(run, at, { ...step, state: 'begun' });
  if (!begun.ok) return begun;
  const answer = await calls(clients.value.iam, one, step, run.signal);
  const error = answer.ok ? undefined : notCancelled(answer.error);
  if (error !== undefined && !(await isSoAlready(clients.value.iam, one, step, end, error))) {
    // nothing came of it: undo has nothing to take back, or again what it had
    if (isRefusal(error)) patchStep(run, at, step);
    return err(error);
  }
  const requestId = answer.ok ? answer.value.requestId : error?.requestId;
  const evidence = requestId === undefined || requestId === '' ? {} : { requestId };
  run.audit({ act: 'identity.changed', subject: one.name, actId: one.id, what: step.what, target: step.target, end });
  return patchStep(run, at, { ...step, state: end, at: run.clock.now(), ...evidence });
}

/** What is gone already needs not go, and what is there already needs not come back. */
async function isSoAlready(
  iam: IamApi,
  one: Removal,
  { target, what }: RemovalStep,
  end: 'done' | 'undone',
  error: AppError,
): Promise<boolean> {
  // what is to be put back must have somewhere to go
  if (error.kind === 'no-such-entity') return end === 'done' || what === 'attach-deny';
  // an instance profile has one role: AWS refuses a second, also where it is the same
  if (end === 'done' || what !== 'leave-instance-profile') return false;
  const profiles = await iam.listInstanceProfilesForRole(one.name);
  return profiles.ok && profiles.value.value.includes(target);
}

function forward(iam: IamApi, one: Removal, { target, what }: RemovalStep, signal: AbortSignal): AwsResult<unknown> {
  const { name } = one;
  const isUser = one.subject === 'user';
  const options = { signal };
  switch (what) {
    case 'attach-deny':
      return isUser ? iam.attachUserPolicy(name, target, options) : iam.attachRolePolicy(name, target, options);
    case 'deactivate-key':
      return iam.setKeyActive(name, target, false, options);
    case 'leave-group':
      return iam.removeUserFromGroup(name, target, options);
    case 'detach-policy':
      return isUser ? iam.detachUserPolicy(name, target, options) : iam.detachRolePolicy(name, target, options);
    case 'delete-inline':
      return isUser ? iam.deleteUserPolicy(name, target, options) : iam.deleteRolePolicy(name, target, options);
    case 'leave-instance-profile':
      return iam.removeRoleFromInstanceProfile(target, name, options);
    case 'delete-password':
      return iam.deleteLoginProfile(name, options);
    case 'deactivate-mfa':
      return iam.deactivateMfaDevice(name, target, options);
    case 'delete-mfa':
      return iam.deleteVirtualMfaDevice(target, options);
    case 'delete-certificate':
      return iam.deleteSigningCertificate(name, target, options);
    case 'delete-ssh-key':
      return iam.deleteSshPublicKey(name, target, options);
    case 'delete-service-credential':
      return iam.deleteServiceCredential(name, target, options);
    case 'delete-key':
      return iam.deleteAccessKey(name, target, options);
    case 'delete-user':
      return iam.deleteUser(name, options);
    case 'delete-role':
      return iam.deleteRole(name, options);
  }
}

function backward(iam: IamApi, one: Removal, step: RemovalStep, signal: AbortSignal): AwsResult<unknown> {
  const { name } = one;
  const { document = '', target, what } = step;
  const isUser = one.subject === 'user';
  const options = { signal };
  switch (what) {
    case 'attach-deny':
      return isUser ? iam.detachUserPolicy(name, target, options) : iam.detachRolePolicy(name, target, options);
    case 'deactivate-key':
      return iam.setKeyActive(name, target, true, options);
    case 'leave-group':
      return iam.addUserToGroup(name, target, options);
    case 'detach-policy':
      return isUser ? iam.attachUserPolicy(name, target, options) : iam.attachRolePolicy(name, target, options);
    case 'delete-inline':
      return isUser
        ? iam.putUserPolicy(name, target, document, options)
        : iam.putRolePolicy(name, target, document, options);
    case 'leave-instance-profile':
      return iam.addRoleToInstanceProfile(target, name, options);
    default:
      throw new Error(`${what} is not put back`);
  }
}

function finish(run: RemovalRun, state: 'done' | 'undone'): Done {
  const one = record(run);
  const ended = one.mode === 'delete' ? 'identity.deleted' : 'identity.deactivated';
  run.audit({ act: state === 'done' ? ended : 'identity.put-back', subject: one.name, actId: one.id, arn: one.arn });
  const { error: _over, ...rest } = one;
  return run.records.put({ ...rest, state });
}

function patchStep(run: RemovalRun, at: number, step: RemovalStep): Done {
  const one = record(run);
  return run.records.put({ ...one, steps: one.steps.map((other, index) => (index === at ? step : other)) });
}

function record({ id, records }: RemovalRun): Removal {
  const one = records.removal(id);
  if (one === undefined) throw new Error('A removal without its record');
  return one;
}
