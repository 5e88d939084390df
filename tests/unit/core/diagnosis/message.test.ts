import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../core/domain/diagnosis/diagnose';
import type { Evidence } from '../../../../core/domain/diagnosis/evidence';
import { messageFor } from '../../../../core/domain/diagnosis/message';

const roleArn = 'arn:aws:iam::222233334444:role/Deploy';
const externalId = '4d1f3c2a-8f0b-4c53-9a35-6f1f5b3d7e10';
const evidence: Evidence = {
  error: {
    kind: 'access-denied',
    message: 'AWS refused.',
    whatDidNotChange: 'Nothing was changed.',
    whatToDo: 'Look at the role.',
    retryable: false,
    remedies: [],
    code: 'AccessDenied',
    // Nothing of an answer's own words belongs into a message: AWS may say anything in them.
    detail: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN ASIAIOSFODNN7EXAMPLE',
  },
  check: 'assume-role',
  roleArn,
  request: { externalId, sessionName: 'sallyport-test', durationSeconds: 900 },
  caller: {
    arn: 'arn:aws:iam::111122223333:user/deployer',
    accountId: '111122223333',
    userId: 'AIDAEXAMPLEDEPLOYER01',
  },
  credentials: 'long-term',
  organizationId: 'none',
  eyes: undefined,
  simulation: { decision: 'allowed' },
  history: { madeHere: false, justMade: false },
  now: Date.parse('2026-11-22T09:00:00Z'),
};

function messageOf(change: Partial<Evidence>, requestId?: string): string {
  const diagnosis = diagnose({ ...evidence, ...change });
  if (diagnosis === undefined) throw new Error('There is no diagnosis');
  return messageFor(diagnosis, roleArn, requestId);
}
const seen = (Condition: object): Partial<Evidence> => ({
  eyes: {
    found: true,
    readWith: 'what was pasted',
    roleArn,
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
        Condition,
      },
    }),
  },
});

describe('the message for whoever has to act', () => {
  it('names the role, each cause, and the policy as it should be', () => {
    const text = messageOf(
      seen({ StringEquals: { 'sts:ExternalId': 'acme-7' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      'c6104cbe-af31-11e0-8154-cbc7ccf896c7',
    );
    expect(text).toContain(roleArn);
    expect(text).toContain('acme-7');
    expect(text).toContain('aws:MultiFactorAuthPresent');
    expect(text).toContain(externalId);
    expect(text).toMatch(/aws iam update-assume-role-policy --role-name '?Deploy/);
    expect(text).toContain('Request ID: c6104cbe-af31-11e0-8154-cbc7ccf896c7');
    expect(text).not.toContain('aws iam get-role');
  });

  it('says that AWS does not tell, and asks for a look, where nobody could look', () => {
    const text = messageOf({});
    expect(text).toContain('AWS does not say why');
    expect(text).toContain('aws iam get-role --role-name Deploy');
    expect(text).not.toContain('update-assume-role-policy');
    expect(text).not.toContain('Request ID');
  });

  it.each<[string, Partial<Evidence>]>([
    ['nobody could look', {}],
    ['the role was seen', seen({ StringEquals: { 'sts:ExternalId': 'acme-7' } })],
    ['the caller may not', { simulation: { decision: 'implicitDeny' } }],
    ['the role is gone', { eyes: { found: false, readWith: 'what was pasted' } }],
  ])('repeats nothing of what AWS answered in its own words: %s', (_when, change) => {
    expect(messageOf(change)).not.toMatch(/EXAMPLETOKEN|ASIA[A-Z0-9]+|AKIA[A-Z0-9]+/);
    expect(messageOf(change)).toContain(roleArn);
  });
});
