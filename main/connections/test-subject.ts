import { parseRoleArn } from '../../core/domain/arn';
import { untestedChecks, type Check } from '../../core/domain/check';
import type { TargetEyes } from '../../core/domain/diagnosis';
import { formatHours } from '../../core/domain/duration';

export type TestSubject = {
  /** the draft or connection that is tested */
  readonly subjectId: string;
  readonly roleArn: string;
  readonly externalId?: string;
  /** seconds; what a session will ask for */
  readonly wantedDuration: number;
  /** the role was made a moment ago: a refusal may only mean that AWS is still spreading it */
  readonly justMade: boolean;
  readonly mustAllow: readonly string[];
  /** the trust policy that was agreed, to compare with what the role has */
  readonly expectedTrust?: string;
  /** reads the role with credentials of the target account, if there are any */
  readonly eyes?: () => Promise<TargetEyes | undefined>;
};

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
    permissions: 'compared with what was agreed',
  });
}
