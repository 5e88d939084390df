import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundRoleSchema, mostImported, readForeignRoles, type FoundRoles } from '../../../core/domain/import-roles';
import { fuzzRuns } from '../../support/fuzz-runs';

function rolesOf(text: string): FoundRoles {
  const found = readForeignRoles(text);
  if ('problem' in found) throw new Error(found.problem);
  return found;
}
const problemOf = (text: string) => {
  const found = readForeignRoles(text);
  return 'problem' in found ? found.problem : undefined;
};
const only = (text: string) => rolesOf(text).roles[0];
const role = 'arn:aws:iam::222233334444:role/Deploy';

describe('roles of an AWS config file', () => {
  it('are read with all that they are entered with, and nothing of a key', () => {
    const text = `
[default]
region = us-east-1
aws_access_key_id = AKIACANARYCANARYCANA
aws_secret_access_key = canary-secret

[profile production] ; the real one
role_arn = ${role}
source_profile = default
external_id = 9f6c2f0e-5b1d
mfa_serial = arn:aws:iam::111122223333:mfa/ann
duration_seconds = 7200
region = eu-west-1
role_session_name = canary-session
`;
    expect(rolesOf(text)).toEqual({
      format: 'aws-config',
      others: 1,
      roles: [
        {
          name: 'production',
          roleArn: role,
          externalId: '9f6c2f0e-5b1d',
          mfaSerial: 'arn:aws:iam::111122223333:mfa/ann',
          durationSeconds: 7200,
          region: 'eu-west-1',
          parent: 'default',
        },
      ],
    });
    expect(JSON.stringify(rolesOf(text))).not.toMatch(/canary|CANARY/);
  });

  it.each([
    ['not-an-arn', 'Its role is not written as a role’s ARN.'],
    ['arn:aws:iam::222233334444:user/ann', 'Its role is not written as a role’s ARN.'],
    [
      'arn:aws:iam::222233334444:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport',
      'Its role belongs to an AWS service, which alone may enter it.',
    ],
    [
      'arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
      'Its role belongs to IAM Identity Center. Add it in the settings, as a source identity.',
    ],
  ])('%s cannot be imported, and why', (arn, problem) => {
    expect(only(`[profile x]\nrole_arn = ${arn}\nsource_profile = y\n`)?.problem).toBe(problem);
  });

  it('with a web identity token or an impossible external ID cannot be', () => {
    expect(only(`[profile x]\nrole_arn=${role}\nweb_identity_token_file=/t\n`)?.problem).toContain(
      'web identity token',
    );
    const wrong = only(`[profile x]\nrole_arn=${role}\nexternal_id = a b\n`);
    expect(wrong?.problem).toContain('external ID');
    expect(wrong).not.toHaveProperty('externalId');
  });

  it('leave out values that AWS would not take', () => {
    const text = `[profile x]\nrole_arn=${role}\nregion=nowhere\nduration_seconds=99\nmfa_serial=me\nsource_profile=x\n`;
    expect(only(text)).toEqual({ name: 'x', roleArn: role });
  });
});

describe('what aws-vault adds', () => {
  const vault = (rest: string) => `
[profile common]
region=eu-west-1
mfa_serial=arn:aws:iam::111122223333:mfa/ann
source_profile = root

[profile root]
include_profile = common

[profile order-dev]
include_profile = common
role_arn=${role}
${rest}`;

  it('include_profile lends region, parent and MFA device, and of a role none', () => {
    expect(only(vault(''))).toMatchObject({
      name: 'order-dev',
      region: 'eu-west-1',
      parent: 'root',
      mfaSerial: 'arn:aws:iam::111122223333:mfa/ann',
    });
    expect(only(vault('region = us-east-2'))?.region).toBe('us-east-2');
    expect(only(`[profile a]\nrole_arn=${role}\n[profile b]\ninclude_profile=a\n`)?.name).toBe('a');
    expect(rolesOf(`[profile a]\nrole_arn=${role}\n[profile b]\ninclude_profile=a\n`).roles).toHaveLength(1);
  });

  it('a parent without keys keeps them in aws-vault’s keychain, and that is said', () => {
    expect(only(vault(''))?.note).toContain('aws-vault keeps such keys in its own keychain');
    const withKey = `[profile root]\naws_access_key_id=x\n[profile r]\nrole_arn=${role}\nsource_profile=root\n`;
    expect(only(withKey)).not.toHaveProperty('note');
  });

  it('mfa_process is never run, and that is said', () => {
    expect(only(vault('mfa_process = rm -rf /'))?.note).toContain('Sallyport runs none');
    expect(JSON.stringify(only(vault('mfa_process = rm -rf /')))).not.toContain('rm -rf');
  });

  it('profiles that include each other end', () => {
    const text = `[profile a]\ninclude_profile=b\nrole_arn=${role}\n[profile b]\nparent_profile=a\n`;
    expect(only(text)).toEqual({ name: 'a', roleArn: role });
  });
});

describe('Leapp’s workspace', () => {
  const session = (type: string, rest: object = {}) => ({
    sessionId: `s-${type}`,
    sessionName: type,
    region: 'eu-west-1',
    type,
    ...rest,
  });
  const workspace = (...sessions: object[]) =>
    JSON.stringify({ _sessions: sessions, _profiles: [{ id: 'p', name: 'default' }] });

  it('gives its chained roles, and says why not of the others', () => {
    const text = workspace(
      session('awsIamUser'),
      session('awsIamRoleChained', { roleArn: role, parentSessionId: 's-awsIamUser' }),
      session('awsIamRoleFederated', { roleArn: role }),
      session('awsSsoRole', { roleArn: 'arn:aws:iam::222233334444/Admin' }),
    );
    const { format, others, roles } = rolesOf(text);
    expect([format, others, roles.map(({ problem }) => problem?.split('.')[0])]).toEqual([
      'leapp',
      1,
      [undefined, 'It is entered by SAML, which Sallyport does not speak', 'It is a role of IAM Identity Center'],
    ]);
    expect(roles[0]).toEqual({ name: 'awsIamRoleChained', roleArn: role, region: 'eu-west-1', parent: 'awsIamUser' });
  });

  it('encrypted is said to be', () => {
    expect(problemOf('U2FsdGVkX1+3v0m4WJ0mYyqXbYI=')).toContain('encrypted');
  });
});

describe('S-28 whatever else is in a file', () => {
  it.each([
    ['{"_sessions": 1}'],
    ['{"a": '],
    ['{}'],
    ['just words'],
    ['\u0000\u0001\u0002[profile x]'],
    ['<html></html>'],
  ])('%j is neither', (text) => {
    expect(problemOf(text)).toBe('This is neither an AWS config file nor Leapp’s workspace.');
  });

  it('an empty one has none', () => {
    expect(rolesOf('\n')).toEqual({ format: 'aws-config', roles: [], others: 0 });
  });

  it('names are bounded and visible', () => {
    const name = `a\u202eb${'x'.repeat(300)}`;
    const found = only(`[profile ${name}]\nrole_arn=${role}\n`);
    expect(found?.name).toHaveLength(128);
    expect(found?.name).not.toContain('\u202e');
  });

  it('a great many are cut off at what a preview holds', () => {
    const text = Array.from(
      { length: mostImported + 50 },
      (_, index) => `[profile p${String(index)}]\nrole_arn=${role}\n`,
    ).join('');
    expect(rolesOf(text).roles).toHaveLength(mostImported);
  });

  it('never throws, and what it finds always fits the contract', () => {
    const line = fc.oneof(
      fc.constantFrom('[profile a]', '[default]', '[profile ]', '[profile "q]', '[__proto__]', '[profile constructor]'),
      fc
        .tuple(
          fc.constantFrom('role_arn', 'external_id', 'source_profile', 'include_profile', 'region', '__proto__'),
          fc.oneof(fc.constant(role), fc.constant('a'), fc.string()),
        )
        .map(([key, value]) => `${key} = ${value}`),
      fc.string(),
    );
    const text = fc.oneof(
      fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n')),
      fc.json(),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (given) => {
        const found = readForeignRoles(given);
        if ('problem' in found) return;
        expect(found.others).toBeGreaterThanOrEqual(0);
        for (const one of found.roles) expect(foundRoleSchema.safeParse(one).error).toBeUndefined();
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
