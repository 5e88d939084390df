import { parseRoleArn } from '../../core/domain/arn';
import { untestedChecks, type Check, type TestResult } from '../../core/domain/check';
import type { RoleHistory, TargetEyes } from '../../core/domain/diagnosis/evidence';
import { formatHours } from '../../core/domain/duration';
import type { Recipe } from '../../core/recipes/recipe';
import type { IamApi } from '../aws/aws-api';

export type TestSubject = {
  /** the draft or connection that is tested */
  readonly subjectId: string;
  readonly roleArn: string;
  readonly externalId?: string;
  /** seconds; what a session will ask for */
  readonly wantedDuration: number;
  /** the role was made a moment ago: a refusal may only mean that AWS is still spreading it */
  readonly justMade: boolean;
  /** what the recipe promises of the role, as names of actions */
  readonly checks: Recipe['checks'];
  /** asks IAM with credentials of the target account, if there are any */
  readonly iamInTarget?: () => Promise<IamApi | undefined>;
  /** what is known of the role from before */
  readonly history: Pick<RoleHistory, 'plannedArn' | 'plannedTrust' | 'madeHere' | 'workedAt' | 'workedAs'>;
  /** an earlier test of the same role: what passed in it is not asked again */
  readonly goOnFrom?: TestResult;
  /** reads the role with credentials of the target account, if there are any */
  readonly eyes?: () => Promise<TargetEyes | undefined>;
};

export const nothingPromised: TestSubject['checks'] = { mustAllow: [], mustNotAllow: [] };

/** Seconds: checks open the shortest session that STS gives. */
export const shortestDuration = 900;

/** The target's CloudTrail shows it. */
export function sessionNameOf(what: 'test' | 'length' | 'extid-check' | 'look'): string {
  return `sallyport-${what}`;
}

/** What each check will look at, before it runs. */
export function upcomingChecks(subject: Pick<TestSubject, 'roleArn' | 'wantedDuration' | 'externalId'>): Check[] {
  const role = parseRoleArn(subject.roleArn);
  return untestedChecks({
    propagation: 'new roles answer within 30 s as a rule',
    'assume-role': 'opens a 15-minute session',
    identity: role === undefined ? '' : `must be ${role.roleName} in ${role.accountId}`,
    'session-length': `asks for ${formatHours(subject.wantedDuration)}`,
    'external-id':
      subject.externalId === undefined ? 'none was asked for' : 'must fail without it, and with a wrong one',
    permissions: 'compared with what the recipe promises',
  });
}
