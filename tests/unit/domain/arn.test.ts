import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAccountId, isAccountAlias, readAccountId } from '../../../core/domain/account-id';
import { formatRoleArn, parseArn, parseAssumedRoleArn, parseRoleArn } from '../../../core/domain/arn';
import { partitionOfRegion, partitions } from '../../../core/domain/partitions';
import { fuzzRuns } from '../../support/fuzz-runs';

const partition = fc.constantFrom(...partitions.map((item) => item.id));
const accountId = fc.stringMatching(/^[0-9]{12}$/);
const roleName = fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{1,64}$/);
const segment = fc.stringMatching(/^[!-.0-~]{1,20}$/);
const path = fc
  .array(segment, { maxLength: 4 })
  .map((segments) => (segments.length === 0 ? '/' : `/${segments.join('/')}/`));

describe('ARNs of roles: S-22', () => {
  test('taken apart and put together again are the same', () => {
    fc.assert(
      fc.property(partition, accountId, path, roleName, (inPartition, account, withPath, name) => {
        const arn = formatRoleArn(inPartition, account, withPath, name);
        expect(parseRoleArn(arn)).toEqual({
          arn,
          partition: inPartition,
          accountId: account,
          path: withPath,
          roleName: name,
        });
      }),
    );
  });

  test('nothing is accepted that is not one, whatever it is', () => {
    const grammar =
      /^arn:(aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b|aws-iso-e|aws-iso-f|aws-eusc):iam::(\d{12}):role(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]{1,64})$/;
    const near = fc.tuple(
      fc.constantFrom('arn:aws:iam::222233334444:role/Deploy', 'arn:aws:iam::222233334444:role/a/b/Deploy'),
      fc.nat(45),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(near, ([arn, at, inserted]) => {
        const text = arn.slice(0, at) + inserted + arn.slice(at + 1);
        if (parseRoleArn(text) !== undefined) expect(text).toMatch(grammar);
      }),
      { numRuns: fuzzRuns(2000) },
    );
    fc.assert(fc.property(fc.string(), (text) => parseRoleArn(text) === undefined));
  });

  test.each([
    'arn:aws:iam::222233334444:user/Deploy',
    'arn:aws:iam::222233334444:role//Deploy',
    'arn:aws:iam::222233334444:role/a//Deploy',
    'arn:aws:iam::22223333444:role/Deploy',
    'arn:aws:iam::2222333344445:role/Deploy',
    'arn:aws:iam:us-east-1:222233334444:role/Deploy',
    'arn:aws:sts::222233334444:role/Deploy',
    'arn:aws-mars:iam::222233334444:role/Deploy',
    'arn:aws:iam::222233334444:role/',
    'arn:aws:iam::222233334444:role/Deploy ',
    ' arn:aws:iam::222233334444:role/Deploy',
    'arn:aws:iam::222233334444:role/De ploy',
    'arn:aws:iam::222233334444:role/Deploy\n',
    'arn:aws:iam::222233334444:role/Deplöy',
    `arn:aws:iam::222233334444:role/${'x'.repeat(65)}`,
    'arn:aws:iam::aws:role/Deploy',
    'arn:aws:iam::222233334444:role',
    '',
  ])('%j is none', (text) => {
    expect(parseRoleArn(text)).toBeUndefined();
  });

  test('any ARN comes apart into its six fields', () => {
    expect(parseArn('arn:aws:s3:::bucket/a:b')).toEqual({
      partition: 'aws',
      service: 's3',
      region: '',
      accountId: '',
      resource: 'bucket/a:b',
    });
    expect(parseArn('arn:aws:iam::aws:policy/AdministratorAccess')?.accountId).toBe('aws');
    expect(parseArn('arn:aws:lambda:eu-west-1:222233334444:function:x:1')?.resource).toBe('function:x:1');
    expect(parseArn('arn:aws:iam::222233334444')).toBeUndefined();
  });

  test('a session’s ARN names its role, without the path', () => {
    expect(parseAssumedRoleArn('arn:aws:sts::222233334444:assumed-role/Deploy/somebody')).toEqual({
      partition: 'aws',
      accountId: '222233334444',
      roleName: 'Deploy',
      sessionName: 'somebody',
    });
    expect(parseAssumedRoleArn('arn:aws:sts::222233334444:assumed-role/Deploy')).toBeUndefined();
    expect(parseAssumedRoleArn('arn:aws:iam::222233334444:role/Deploy')).toBeUndefined();
  });
});

describe('account IDs and partitions', () => {
  test('an account ID keeps its zeros, however it is written', () => {
    for (const text of ['000123456789', '0001-2345-6789', '0001 2345 6789', ' 000123456789\n'])
      expect(readAccountId(text)).toBe('000123456789');
    expect(formatAccountId('000123456789')).toBe('0001-2345-6789');
    for (const text of ['12345678901', '1234567890123', '12345678901x', '1234-56789-012', ''])
      expect(readAccountId(text)).toBeUndefined();
  });

  test('writing and reading an account ID agree', () => {
    fc.assert(fc.property(accountId, (id) => readAccountId(formatAccountId(id)) === id));
  });

  test('aliases', () => {
    for (const text of ['acme', 'acme-prod-1', 'a1b']) expect(isAccountAlias(text)).toBe(true);
    for (const text of ['ab', 'Acme', 'a--b', '-ab', 'ab-', '222233334444', 'x'.repeat(64)])
      expect(isAccountAlias(text)).toBe(false);
  });

  test.each([
    ['us-east-1', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['cn-north-1', 'aws-cn'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['mx-central-1', 'aws'],
  ])('the region %s is in %s', (region, id) => {
    expect(partitionOfRegion(region)?.id).toBe(id);
  });

  test('each partition’s own default region is in it', () => {
    for (const item of partitions) expect(partitionOfRegion(item.defaultRegion)).toBe(item);
    expect(partitionOfRegion('moon-base-1')).toBeUndefined();
  });
});
