import { describe, expect, it, test } from 'vitest';
import { sessions } from '../../../../core/contract/sessions';
import { policyProblem } from '../../../../renderer/features/sessions/session-policy-check';
import { leaveWish, leftWish } from '../../../../renderer/features/sessions/left-wish';
import {
  hasMoreWays,
  inputOf,
  plainWish,
  problemsOf,
  tagProblem,
  type Plan,
  type Wish,
} from '../../../../renderer/features/sessions/session-wish';

const id = '00000000-0000-4000-8000-000000000001';
const hop = '00000000-0000-4000-8000-000000000002';
const plan: Plan = { road: [], longest: 3600, because: 'role' };
const withDevice: Plan = { ...plan, mfaSerial: 'arn:aws:iam::111122223333:mfa/anna' };
const policy = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}';
const wishFor = (change: Partial<Wish>): Wish => ({ ...plainWish, ...change });

describe('what main is asked for', () => {
  it('a plain session, no longer than AWS grants', () => {
    const input = inputOf(wishFor({ durationSeconds: 14_400, isRenewed: true }), id, plan);
    expect(sessions.start.input.parse(input)).toEqual({
      connectionId: id,
      renewal: 'automatic',
      request: {
        durationSeconds: 3600,
        sessionPolicy: { kind: 'none' },
        tags: [],
        transitiveTagKeys: [],
        hops: [],
      },
    });
    expect(hasMoreWays(plainWish)).toBe(false);
  });

  it('everything at once; empty rows of tags are left out', () => {
    const wish = wishFor({
      policy: 'document',
      document: policy,
      hops: [hop],
      hasMfa: true,
      mfaSerial: 'GAHT12345678',
      tokenCode: '123456',
      isRenewed: true,
      sourceIdentity: 'anna',
      tags: [
        { key: 'Team', value: 'one', goesOn: true },
        { key: '', value: '', goesOn: false },
        { key: 'Cost', value: '', goesOn: false },
      ],
    });
    expect(problemsOf(wish, plan)).toEqual({});
    expect(sessions.start.input.parse(inputOf(wish, id, plan))).toEqual({
      connectionId: id,
      // with a code nothing is renewed by itself
      renewal: 'off',
      tokenCode: '123456',
      request: {
        durationSeconds: 3600,
        sessionPolicy: { kind: 'document', document: policy },
        tags: [
          { key: 'Team', value: 'one' },
          { key: 'Cost', value: '' },
        ],
        transitiveTagKeys: ['Team'],
        hops: [hop],
        sourceIdentity: 'anna',
        mfaSerial: 'GAHT12345678',
      },
    });
  });

  it('a code where the source identity has a device, unless the person says no', () => {
    expect(problemsOf(plainWish, withDevice)).toHaveProperty('tokenCode');
    expect(inputOf(wishFor({ tokenCode: '123456' }), id, withDevice).request.mfaSerial).toBe(withDevice.mfaSerial);
    const without = inputOf(wishFor({ hasMfa: false, tokenCode: '123456' }), id, withDevice);
    expect(without).not.toHaveProperty('tokenCode');
    expect(without.request).not.toHaveProperty('mfaSerial');
  });
});

describe('what is not right yet', () => {
  test.each<[string, Partial<Wish>, string]>([
    ['no policy', { policy: 'document' }, 'document'],
    ['a device that is none', { hasMfa: true, tokenCode: '123456', mfaSerial: 'phone' }, 'mfaSerial'],
    ['five digits', { hasMfa: true, tokenCode: '12345', mfaSerial: 'GAHT12345678' }, 'tokenCode'],
    ['AWS’s own key', { tags: [{ key: 'aws:x', value: '', goesOn: false }] }, 'tags'],
    ['a SourceIdentity of one letter', { sourceIdentity: 'a' }, 'sourceIdentity'],
    ['a SourceIdentity of AWS’s', { sourceIdentity: 'aws:anna' }, 'sourceIdentity'],
    ['a favourite without a name', { isFavourite: true, favouriteName: ' ' }, 'favouriteName'],
  ])('%s', (_, change, field) => {
    expect(Object.keys(problemsOf(wishFor(change), plan))).toEqual([field]);
  });

  test('tags, row by row', () => {
    const wish = wishFor({
      tags: [
        { key: 'Team', value: 'one', goesOn: false },
        { key: 'team', value: 'two', goesOn: false },
        { key: '', value: 'three', goesOn: false },
        { key: 'Größe', value: 'a & b', goesOn: false },
        { key: '', value: '', goesOn: false },
      ],
    });
    expect(wish.tags.map((_, index) => tagProblem(wish, index)?.split(':')[0])).toEqual([
      undefined,
      'This key is there already',
      'A tag needs a key.',
      'Letters, digits, spaces and _ . ',
      undefined,
    ]);
  });

  test('policies: missing, too long, not JSON, not one of AWS’s', () => {
    expect(policyProblem(' ')?.message).toContain('missing');
    expect(policyProblem(`{"Version":"${'x'.repeat(2048)}"}`)?.message).toContain('STS takes 2048');
    expect(policyProblem('{\n"Version": }')).toEqual({ message: 'This is not JSON yet', line: 2 });
    expect(policyProblem('{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}')?.message).toMatch(
      /^AWS would refuse it: /,
    );
    expect(policyProblem(policy)).toBeUndefined();
  });
});

test('what was filled in comes back for the same connection, without its code', () => {
  leaveWish(wishFor({ connectionId: id, policy: 'read-only', tokenCode: '123456' }));
  expect(leftWish(hop)).toBeUndefined();
  expect(leftWish(id)).toMatchObject({ policy: 'read-only', tokenCode: '' });
  expect(leftWish(undefined)).toMatchObject({ policy: 'read-only', tokenCode: '' });
  leaveWish(undefined);
  expect(leftWish(id)).toBeUndefined();
});
