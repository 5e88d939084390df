import { describe, expect, it } from 'vitest';
import type { AssumeRoleInput } from '../../../main/aws/aws-api';
import { validateAssumeRole } from '../../../main/aws/validate';

const good: AssumeRoleInput = {
  roleArn: 'arn:aws:iam::222233334444:role/Deploy',
  sessionName: 'sallyport',
  durationSeconds: 3600,
  externalId: 'an-external-id',
  serialNumber: 'arn:aws:iam::111122223333:mfa/phone',
  tokenCode: '123456',
  policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  tags: [
    { key: 'Team', value: '' },
    { key: 'k'.repeat(128), value: 'v'.repeat(256) },
  ],
  transitiveTagKeys: ['team'],
  sourceIdentity: 'alice@example.com',
};

describe('what is asked of AssumeRole', () => {
  it('is sent as it is where STS takes it, at its limits too', () => {
    expect(validateAssumeRole(good)).toBeUndefined();
    const most = Array.from({ length: 50 }, (_, index) => ({ key: `key-${index}`, value: 'x' }));
    expect(validateAssumeRole({ ...good, tags: most, transitiveTagKeys: ['KEY-49'] })).toBeUndefined();
    expect(validateAssumeRole({ ...good, policyArns: [], policy: 'p'.repeat(2048) })).toBeUndefined();
  });

  it.each<[string, Partial<AssumeRoleInput>]>([
    ['roleArn', { roleArn: 'arn:aws:iam::222233334444:user/Deploy' }],
    ['sessionName', { sessionName: 'a b' }],
    ['durationSeconds', { durationSeconds: 899 }],
    ['durationSeconds', { durationSeconds: 43_201 }],
    ['externalId', { externalId: 'x' }],
    ['serialNumber', { serialNumber: 'phone' }],
    ['tokenCode', { tokenCode: '12345a' }],
    ['policy', { policy: 'p'.repeat(2049) }],
    ['policy', { policyArns: Array.from({ length: 11 }, () => 'arn:aws:iam::aws:policy/A') }],
    ['sourceIdentity', { sourceIdentity: 'aws:alice' }],
    ['sourceIdentity', { sourceIdentity: 'a' }],
    ['tags', { tags: Array.from({ length: 51 }, (_, index) => ({ key: `key-${index}`, value: 'x' })) }],
    ['tags', { tags: ['Team', 'team'].map((key) => ({ key, value: 'x' })) }],
    ['tags', { tags: [{ key: '', value: 'x' }] }],
    ['tags', { tags: [{ key: 'k'.repeat(129), value: 'x' }] }],
    ['tags', { tags: [{ key: 'Team', value: 'v'.repeat(257) }] }],
    ['transitiveTagKeys', { transitiveTagKeys: ['Project'] }],
  ])('is refused before it is sent where STS would refuse its %s: %o', (field, change) => {
    const error = validateAssumeRole({ ...good, ...change });
    expect(error).toMatchObject({ kind: 'invalid-input', field, whatDidNotChange: 'Nothing was sent to AWS.' });
    expect(error?.whatToDo).not.toBe('');
  });
});
