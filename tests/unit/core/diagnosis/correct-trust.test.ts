import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctTrust, insistOnExternalId, wantedOf } from '../../../../core/domain/diagnosis/correct-trust';
import type { Evidence } from '../../../../core/domain/diagnosis/evidence';
import { knownRequest, readTrust } from '../../../../core/domain/diagnosis/trust-reading';
import { parsePolicyDocument } from '../../../../core/domain/policy-document';
import { compilePolicy, evaluate, type PolicyCaller } from '../../../../core/domain/policy-evaluation';
import { fuzzRuns } from '../../../support/fuzz-runs';

const externalId = '4d1f3c2a-8f0b-4c53-9a35-6f1f5b3d7e10';
const organizationId = 'o-ours000001';
const accountId = '111122223333';
const root = `arn:aws:iam::${accountId}:root`;
const roleArn = 'arn:aws:iam::222233334444:role/Deploy';

type Json = Readonly<Record<string, unknown>>;
type Who = { readonly caller: PolicyCaller; readonly principalArn: string };

function userOf(account: string, name: string, uniqueId: string): Who {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return { caller: { kind: 'user', accountId: account, arn, uniqueId }, principalArn: arn };
}
const deployer = userOf(accountId, 'deployer', 'AIDADEPLOYER00000001');
const runnerArn = `arn:aws:iam::${accountId}:role/ops/Runner`;
const runner: Who = {
  caller: {
    kind: 'role-session',
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/Runner/release`,
    roleArn: runnerArn,
    uniqueId: 'AROARUNNER0000000001',
  },
  principalArn: runnerArn,
};
const colleague = userOf(accountId, 'colleague', 'AIDACOLLEAGUE0000001');
const stranger = userOf('999988887777', 'deployer', 'AIDASTRANGER00000001');
const vendor = userOf('555566667777', 'vendor', 'AIDAVENDOR0000000001');

function evidenceOf({ caller, principalArn }: Who, pathIsKnown: boolean): Evidence {
  const isSession = caller.kind === 'role-session';
  return {
    error: {
      kind: 'access-denied',
      message: 'AWS refused.',
      whatDidNotChange: 'Nothing.',
      whatToDo: 'Look.',
      retryable: false,
      remedies: [],
    },
    check: 'assume-role',
    roleArn,
    request: { externalId, sessionName: 'sallyport-test', durationSeconds: 900 },
    caller: {
      arn: caller.arn,
      accountId: caller.accountId,
      userId: `${caller.uniqueId ?? ''}${isSession ? ':release' : ''}`,
    },
    ...(isSession && pathIsKnown && { callerRoleArn: principalArn }),
    credentials: undefined,
    organizationId,
    eyes: undefined,
    simulation: undefined,
    history: { madeHere: false, justMade: false },
    now: Date.parse('2026-11-22T09:00:00Z'),
  };
}

function lets(trust: string, { caller, principalArn }: Who, id: string | undefined): boolean {
  const read = parsePolicyDocument(trust, 'trust');
  if (!read.ok) throw new Error(read.message);
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
  const identity = parsePolicyDocument(JSON.stringify(everything), 'identity');
  if (!identity.ok) throw new Error(identity.message);
  const context = new Map([
    ['aws:principalarn', [principalArn]],
    ['aws:principalaccount', [caller.accountId]],
    ...(caller.accountId === accountId ? [['aws:principalorgid', [organizationId]] as [string, string[]]] : []),
    ...(id === undefined ? [] : [['sts:externalid', [id]] as [string, string[]]]),
  ]);
  const asked = { action: 'sts:AssumeRole', resource: roleArn, resourceAccountId: '222233334444', caller, context };
  const resource = { type: 'trust-policy' as const, policy: compilePolicy('trust', read.document) };
  const { decision } = evaluate(asked, { identity: [compilePolicy('all', identity.document)], resource });
  return decision === 'allowed';
}

const trustOf = (...statements: readonly Json[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const wrongIds = [undefined, 'somebody-elses'] as const;
const formerUser = `arn:aws:iam::${accountId}:user/former`;
const deletedId = 'AIDAGONE000000000001';

/** Trusts with every mistake that can be corrected, alone and together. */
const mistaken = fc.record({
  principal: fc.constantFrom(
    root,
    '*',
    'arn:aws:iam::999911112222:root',
    '999911112222',
    ['999911112222', 'arn:aws:iam::555566667777:root'],
    'arn:aws:iam::999911112222:user/deployer',
    ['arn:aws:iam::999911112222:user/deployer', vendor.principalArn],
    formerUser,
    deletedId,
    [deletedId, vendor.principalArn],
  ),
  action: fc.constantFrom('sts:AssumeRole', 'sts:TagSession', ['sts:AssumeRole', 'sts:SetSourceIdentity']),
  id: fc.constantFrom<Json>(
    {},
    { StringEquals: { 'sts:ExternalId': externalId } },
    { StringEquals: { 'sts:ExternalId': 'last-years' } },
    { StringEquals: { 'sts:ExternalId': ['customer-a', 'customer-b'] } },
    { StringEqualsIfExists: { 'sts:ExternalId': 'last-years' } },
    { StringNotEquals: { 'STS:ExternalID': externalId } },
    { 'ForAllValues:StringEquals': { 'sts:ExternalId': 'last-years' } },
    { StringLike: { 'sts:externalid': 'acme-*' } },
  ),
  who: fc.constantFrom<Json>(
    {},
    { ArnEquals: { 'aws:PrincipalArn': formerUser } },
    { ArnLike: { 'aws:PrincipalArn': [formerUser, `arn:aws:iam::${accountId}:role/machines/*`] } },
    { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:user/machines/*` } },
  ),
  organization: fc.constantFrom<Json>({}, { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgID': 'o-theirs0001' } }),
});

/** Conditions under the same operator stand in one block. */
function together(...conditions: readonly Json[]): Json {
  const joined: Record<string, Json> = {};
  for (const [operator, block] of conditions.flatMap((one) => Object.entries(one)))
    joined[operator] = { ...joined[operator], ...(block as Json) };
  return joined;
}

describe('a corrected trust policy', () => {
  it('lets the caller in with the external ID, and nobody whom it did not let in before', () => {
    const callers = fc.constantFrom(
      { who: deployer, pathIsKnown: true },
      { who: runner, pathIsKnown: true },
      { who: runner, pathIsKnown: false },
    );
    fc.assert(
      fc.property(
        mistaken,
        callers,
        ({ action, id, organization, principal, who }, { pathIsKnown, who: wantedWho }) => {
          const before = trustOf({
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: action,
            Condition: together(id, who, organization),
          });
          const evidence = evidenceOf(wantedWho, pathIsKnown);
          const request = knownRequest(evidence);
          const reading = request === undefined ? undefined : readTrust(before, request);
          const wanted = wantedOf(evidence);
          if (reading?.nearest === undefined || wanted === undefined) throw new Error('It could not be read');
          fc.pre(reading.nearest.mismatches.length > 0 && reading.nearest.unseen.length === 0);
          const after = correctTrust(before, reading.nearest, wanted);
          if (after === undefined) throw new Error('There was no correction');
          expect(lets(after, wantedWho, externalId), after).toBe(true);
          const namesAccount = [principal].flat().some((name) => /:root$|^[0-9]{12}$|^\*$/.test(name));
          for (const other of [colleague, stranger, vendor]) {
            for (const given of [externalId, ...wrongIds]) {
              // A trust in an account leaves it to the account whom it lets in: that was meant, with the right account.
              const isDelegated = namesAccount && given === externalId && other === colleague;
              if (lets(after, other, given) && !isDelegated)
                expect(lets(before, other, given), `${other.principalArn} with ${given ?? 'none'}: ${after}`).toBe(
                  true,
                );
            }
          }
          for (const given of wrongIds) {
            if (lets(after, wantedWho, given)) expect(lets(before, wantedWho, given), after).toBe(true);
          }
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('never takes away what its owner asks for beyond that', () => {
    const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const before = trustOf({
      Effect: 'Allow',
      Principal: { AWS: '999911112222' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'last-years' }, ...mfa },
    });
    const evidence = evidenceOf(deployer, true);
    const request = knownRequest({ ...evidence, credentials: 'long-term' });
    const reading = request === undefined ? undefined : readTrust(before, request);
    const wanted = wantedOf(evidence);
    if (reading?.nearest === undefined || wanted === undefined) throw new Error('It could not be read');
    const after = JSON.parse(correctTrust(before, reading.nearest, wanted) ?? '') as { Statement: Json[] };
    expect(after.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: root },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId }, ...mfa },
      },
    ]);
  });
});

describe('a trust policy made to insist on the external ID', () => {
  const loose = fc.constantFrom<Json>(
    {},
    { StringEqualsIfExists: { 'sts:ExternalId': externalId } },
    { StringLike: { 'sts:ExternalId': '*' } },
    { StringNotEquals: { 'STS:EXTERNALID': 'somebody' } },
    { Null: { 'sts:ExternalId': 'false' } },
    { 'ForAllValues:StringEquals': { 'sts:ExternalId': [externalId] } },
    { StringEquals: { 'sts:ExternalId': [externalId, 'somebody-elses'] } },
  );

  it('lets in nobody with another one or with none, and the caller with the right one', () => {
    fc.assert(
      fc.property(fc.array(loose, { minLength: 1, maxLength: 3 }), (conditions) => {
        const before = trustOf(
          ...conditions.map((Condition) => ({
            Effect: 'Allow',
            Principal: { AWS: root },
            Action: 'sts:AssumeRole',
            Condition,
          })),
        );
        const after = insistOnExternalId(before, [...conditions.keys()], externalId);
        if (after === undefined) throw new Error('There was no change');
        expect(lets(after, deployer, externalId)).toBe(true);
        for (const who of [deployer, colleague, stranger])
          for (const given of wrongIds) expect(lets(after, who, given), after).toBe(false);
      }),
    );
  });

  it('leaves the other conditions and the other statements as they are', () => {
    const other = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const before = trustOf(other, {
      Effect: 'Allow',
      Principal: { AWS: root },
      Action: 'sts:AssumeRole',
      Condition: {
        StringLike: { 'sts:externalid': '*', 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' },
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      },
    });
    expect(JSON.parse(insistOnExternalId(before, [1], externalId) ?? '')).toMatchObject({
      Statement: [
        other,
        {
          Condition: {
            StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' },
            Bool: { 'aws:MultiFactorAuthPresent': 'true' },
            StringEquals: { 'sts:ExternalId': externalId },
          },
        },
      ],
    });
  });

  it('changes nothing where it is not told which statement', () => {
    expect(insistOnExternalId(trustOf(), [], externalId)).toBeUndefined();
    expect(insistOnExternalId(trustOf(), [3], externalId)).toBeUndefined();
  });
});
