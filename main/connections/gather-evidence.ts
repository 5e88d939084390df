import { parseAssumedRoleArn } from '../../core/domain/arn';
import type { CheckId } from '../../core/domain/check';
import type { CallerSimulation, Evidence, TargetEyes } from '../../core/domain/diagnosis/evidence';
import type { Source } from '../../core/domain/source';
import type { CallerIdentity } from '../aws/aws-api';
import type { SourceClients } from '../sources/sources';
import type { Stopped } from './check-board';
import { sessionNameOf, shortestDuration, type TestSubject } from './test-subject';

export type Failure = {
  readonly stopped: Stopped;
  readonly caller: CallerIdentity | undefined;
  /** AssumeRole with the shortest session was let in */
  readonly shorterWorks: boolean;
  readonly waitedMs: number;
  /** AWS's time, milliseconds since the epoch */
  readonly now: number;
};

/** Everything that can be known about a failure without changing anything. What cannot be read stays unknown. */
export async function gatherEvidence(
  subject: TestSubject,
  clients: SourceClients,
  failure: Failure,
): Promise<Evidence> {
  const { stopped, caller } = failure;
  const isRefusal = stopped.error.kind === 'access-denied' && isAboutAssuming(stopped.check);
  const looks = isRefusal || stopped.check === 'external-id';
  const [eyes, side, organizationId] = await Promise.all([
    looks ? subject.eyes?.() : undefined,
    isRefusal && caller !== undefined ? callersSide(clients, caller.arn, subject) : undefined,
    isRefusal ? organizationOf(clients) : undefined,
  ]);
  return evidenceOf(subject, clients.source, failure, { eyes, organizationId, ...side });
}

function isAboutAssuming(check: CheckId): boolean {
  return check === 'assume-role' || check === 'session-length';
}

function evidenceOf(
  subject: TestSubject,
  source: Source,
  { caller, now, shorterWorks, stopped, waitedMs }: Failure,
  seen: {
    readonly eyes: TargetEyes | undefined;
    readonly organizationId: string | undefined;
  } & CallersSide,
): Evidence {
  const isLength = stopped.check === 'session-length';
  return {
    error: stopped.error,
    check: stopped.check,
    roleArn: subject.roleArn,
    request: {
      externalId: subject.externalId,
      sessionName: sessionNameOf(isLength ? 'length' : 'test'),
      durationSeconds: isLength ? subject.wantedDuration : shortestDuration,
      ...(isLength && { shorterWorks }),
    },
    caller,
    credentials: credentialsOf(source),
    simulation: undefined,
    ...seen,
    ...(stopped.refusals && { refusals: stopped.refusals }),
    history: { ...subject.history, justMade: subject.justMade, waitedMs },
    now,
  };
}

/** A profile may resolve to either; only what we hold ourselves is known. */
function credentialsOf(source: Source): Evidence['credentials'] {
  switch (source.kind) {
    case 'sandbox':
      return 'long-term';
    case 'identity-center':
    case 'member-role':
      return 'temporary';
    case 'access-key':
      return source.keyHint.startsWith('AKIA') ? 'long-term' : 'temporary';
    case 'profile':
    case 'environment':
      return undefined;
  }
}

type CallersSide = {
  readonly simulation?: CallerSimulation;
  readonly callerRoleArn?: string;
};

/** The caller's own side. Not permitted to ask is not an answer. */
async function callersSide(
  { iam, source }: SourceClients,
  callerArn: string,
  { externalId, roleArn }: TestSubject,
): Promise<CallersSide> {
  const session = parseAssumedRoleArn(callerArn);
  // A session is refused as the source of a simulation (aws-reference §3.4); its role's path has to be asked for.
  const role = session === undefined ? undefined : await iam.getRole(session.roleName);
  const callerRoleArn = role?.ok === true ? role.value.value.arn : undefined;
  const principalArn = session === undefined ? callerArn : callerRoleArn;
  if (principalArn === undefined) return {};
  const context = {
    'aws:RequestedRegion': source.region,
    ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
  };
  const answer = await iam.simulatePrincipalPolicy(principalArn, 'sts:AssumeRole', roleArn, context);
  return {
    ...(callerRoleArn !== undefined && { callerRoleArn }),
    ...(answer.ok && { simulation: answer.value.value }),
  };
}

/** Every account may ask which organization it is in, if its caller may. */
async function organizationOf({ organizations }: SourceClients): Promise<string | undefined> {
  const answer = await organizations.describeOrganization();
  if (answer.ok) return answer.value.value.id;
  return answer.error.kind !== 'cancelled' && answer.error.code === 'AWSOrganizationsNotInUseException'
    ? 'none'
    : undefined;
}
