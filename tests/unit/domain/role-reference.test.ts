import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRoleArn } from '../../../core/domain/arn';
import { partitions } from '../../../core/domain/partitions';
import {
  maximumPasteLength,
  readRoleReference,
  roleArnFromName,
  type RoleReference,
  type RoleReferenceContext,
} from '../../../core/domain/role-reference';
import { fuzzRuns } from '../../support/fuzz-runs';

const plain = 'arn:aws:iam::222233334444:role/Deploy';
const withPath = 'arn:aws:iam::222233334444:role/deploy/SallyportCodeDeploy';
const context: RoleReferenceContext = { callerAccountId: '111122223333', callerPartition: 'aws' };

function arnOf(reference: RoleReference): string {
  return reference.kind === 'found' ? reference.arn : `${reference.kind}: ${JSON.stringify(reference)}`;
}

const createRoleJson = JSON.stringify(
  {
    Role: {
      Path: '/deploy/',
      RoleName: 'SallyportCodeDeploy',
      RoleId: 'AROAEXAMPLEEXAMPLE123',
      Arn: withPath,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/the-caller' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
    },
  },
  null,
  4,
);

describe('a role in what was pasted', () => {
  test.each<[string, string, string]>([
    ['the ARN itself', plain, plain],
    ['with a label, quotes and a comma', `Role ARN: "${withPath}",`, withPath],
    ['in single quotes', `'${plain}'`, plain],
    ['in curly quotes', `“${plain}”`, plain],
    ['in backticks', `\`${plain}\``, plain],
    ['in brackets', `(${plain})`, plain],
    ['in a sentence', `Please use ${plain}.`, plain],
    ['in the middle of one', `I made ${plain}, have a look!`, plain],
    ['with a non-breaking space', `\u00a0${plain}\u00a0`, plain],
    ['with invisible characters in it', `\u200b${plain.slice(0, 20)}\u2060${plain.slice(20)}\ufeff`, plain],
    ['with a line break after it', `${plain}\r\n`, plain],
    ['in a line of JSON', `    "Arn": "${withPath}",`, withPath],
    ['in the JSON of create-role', createRoleJson, withPath],
    ['in that JSON with words before it', `$ aws iam create-role --role-name X\n${createRoleJson}`, withPath],
    ['in JSON inside JSON', JSON.stringify(`{"Arn":"${plain}"}`), plain],
    ['in a Terraform output', `deploy_role_arn = "${plain}"`, plain],
    ['in a stack’s output', JSON.stringify([{ OutputKey: 'RoleArn', OutputValue: plain }]), plain],
    ['as an assignment', `export ROLE_ARN=${plain}`, plain],
    ['as a profile', `[profile x]\nrole_arn = ${plain}\nsource_profile = default`, plain],
    ['in Markdown', `**${plain}**`, plain],
    ['in angle brackets', `<${plain}>`, plain],
    ['in a URL', `https://example.com/connect?role=${encodeURIComponent(plain)}`, plain],
    ['broken over two lines', `arn:aws:iam::222233334444:role/deploy/\n    SallyportCodeDeploy`, withPath],
    ['broken inside a word', `arn:aws:iam::222233334444:ro\nle/Deploy`, plain],
    ['with blanks at the colons', `arn: aws: iam:: 222233334444: role/Deploy`, plain],
    ['in capital letters up to the name', plain.replace('arn:aws:iam', 'ARN:AWS:IAM'), plain],
    ['twice', `${plain} ${plain}`, plain],
    ['beside the caller’s own', `${plain} may be assumed by arn:aws:iam::111122223333:role/the-caller`, plain],
    ['as a session', 'arn:aws:sts::222233334444:assumed-role/Deploy/somebody', plain],
    [
      'as a switch-role address',
      'https://signin.aws.amazon.com/switchrole?account=222233334444&roleName=deploy/SallyportCodeDeploy&displayName=x',
      withPath,
    ],
    [
      'as a switch-role address with a slash in code',
      'https://signin.aws.amazon.com/switchrole?roleName=deploy%2FSallyportCodeDeploy&account=222233334444',
      withPath,
    ],
    [
      'as a page of a console in several accounts',
      'https://222233334444-ab12cd34.us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles/details/Deploy?section=permissions',
      plain,
    ],
    ['as account and name', '222233334444 Deploy', plain],
    ['as account and name with hyphens', '2222-3333-4444 / Deploy', plain],
    ['as name and account with labels', 'Role: Deploy\nAccount ID: 2222-3333-4444', plain],
    ['as account and path', 'Account 222233334444, role deploy/SallyportCodeDeploy', withPath],
    ['as the end of an ARN', '222233334444:role/deploy/SallyportCodeDeploy', withPath],
  ])('%s', (_name, text, arn) => {
    const reference = readRoleReference(text, context);
    expect(arnOf(reference)).toBe(arn);
    if (reference.kind === 'found') expect(reference.changes.map((segment) => segment.text).join('')).toBe(text);
  });

  test('says what was left out, as the strike-through shows it', () => {
    expect(readRoleReference(`Role ARN: "${withPath}",`, context)).toMatchObject({
      changes: [
        { text: 'Role ARN: "', kept: false },
        { text: withPath, kept: true },
        { text: '",', kept: false },
      ],
      leftOut: 'a label, quotes and a comma',
    });
    expect(readRoleReference(plain, context)).toMatchObject({ changes: [{ text: plain, kept: true }], leftOut: '' });
    expect(readRoleReference(`\u200b${plain}`, context)).toMatchObject({ leftOut: 'invisible characters' });
    expect(readRoleReference(` ${plain}\n`, context)).toMatchObject({ leftOut: 'spaces' });
  });

  test('says that the path may be missing where it is always missing', () => {
    for (const text of [
      'arn:aws:sts::222233334444:assumed-role/Deploy/somebody',
      'https://222233334444-ab12cd34.us-east-1.console.aws.amazon.com/iam/home#/roles/details/Deploy',
    ]) {
      expect(readRoleReference(text, context)).toMatchObject({ kind: 'found', note: { kind: 'path-may-be-missing' } });
    }
    expect(readRoleReference(plain, context)).not.toHaveProperty('note');
  });

  test('a name needs an account, and takes the one that is known', () => {
    for (const text of [
      'Deploy',
      'role/Deploy',
      'Role name: Deploy',
      'https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles/details/Deploy?section=permissions',
      'https://console.aws.amazon.com/iam/home#/roles/Deploy',
    ]) {
      expect(readRoleReference(text, context), text).toMatchObject({
        kind: 'needs-account-id',
        roleName: 'Deploy',
        path: '/',
      });
      expect(arnOf(readRoleReference(text, { ...context, knownAccountId: '222233334444' })), text).toBe(plain);
    }
    const alias = readRoleReference('https://signin.aws.amazon.com/switchrole?account=acme-prod&roleName=Deploy', {
      ...context,
      knownAccountId: '222233334444',
    });
    expect(alias).toMatchObject({ kind: 'needs-account-id', accountAlias: 'acme-prod' });
    expect(roleArnFromName({ roleName: 'Deploy', path: '/' }, '2222-3333-4444', context)?.arn).toBe(plain);
    expect(roleArnFromName({ roleName: 'Deploy', path: '/' }, '2222-3333-444', context)).toBeUndefined();
  });

  test('an account other than the one chosen is said', () => {
    expect(readRoleReference(plain, { ...context, knownAccountId: '555566667777' })).toMatchObject({
      kind: 'found',
      note: { kind: 'differs-from-known-account' },
    });
  });

  test('several roles are not chosen between', () => {
    expect(readRoleReference(`${plain}\n${withPath}`, context)).toMatchObject({
      kind: 'several',
      arns: [plain, withPath],
    });
  });

  test('a name with unusual characters keeps them', () => {
    const odd = 'arn:aws:iam::222233334444:role/A_+=,.@-z';
    expect(arnOf(readRoleReference(`"${odd}"`, context))).toBe(odd);
  });
});

describe('what is not a role is named', () => {
  test.each<[string, string, string]>([
    ['user', 'arn:aws:iam::222233334444:user/deploy/anna', 'anna'],
    ['group', 'arn:aws:iam::222233334444:group/Admins', 'Admins'],
    ['policy', 'arn:aws:iam::aws:policy/AdministratorAccess', 'AdministratorAccess'],
    ['instance-profile', 'arn:aws:iam::222233334444:instance-profile/WebServer', 'WebServer'],
    ['root', 'arn:aws:iam::222233334444:root', 'whole account'],
    [
      'service-linked',
      'arn:aws:iam::222233334444:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      'service-linked',
    ],
    [
      'identity-center',
      'arn:aws:iam::222233334444:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
      'Identity Center',
    ],
    ['federated-user', 'arn:aws:sts::222233334444:federated-user/bob', 'bob'],
    ['other-iam', 'arn:aws:iam::222233334444:oidc-provider/token.actions.githubusercontent.com', 'oidc provider'],
    ['other-service', 'arn:aws:s3:::my-bucket', 's3'],
    ['own-account', 'arn:aws:iam::111122223333:role/Deploy', '1111-2222-3333'],
    ['other-partition', 'arn:aws-cn:iam::222233334444:role/Deploy', 'AWS China'],
    ['account-id', '2222-3333-4444', '2222-3333-4444'],
    ['email-address', 'anna@example.com', 'e-mail'],
    ['damaged-arn', 'arn:aws:iam::2222333344:role/Deploy', '10 digits'],
    ['damaged-arn', 'arn:aws:iam::222233334444', 'not complete'],
    ['placeholder', 'arn:aws:iam::ACCOUNT_ID:role/Deploy', 'placeholder'],
    ['user', 'https://us-east-1.console.aws.amazon.com/iam/home#/users/details/anna', 'user'],
    ['web-page', 'https://us-east-1.console.aws.amazon.com/iam/home#/roles', 'list of roles'],
    ['web-page', 'https://console.aws.amazon.com/s3/buckets', 'AWS console'],
  ])('%s: %s', (what, text, words) => {
    const reference = readRoleReference(text, context);
    expect(reference).toMatchObject({ kind: 'wrong', what });
    if (reference.kind === 'wrong') {
      expect(reference.message).toContain(words);
      expect(reference.whereToFind).not.toBe('');
    }
  });

  test('a console of somebody else is no console', () => {
    expect(readRoleReference('https://console.aws.amazon.com.evil.example/iam/home#/roles/Deploy', context).kind).toBe(
      'nothing',
    );
    expect(
      readRoleReference('https://evil.example/switchrole?account=222233334444&roleName=Deploy', context).kind,
    ).toBe('nothing');
  });

  test.each(['', '   \n', 'hello there, how are you', '!!!', '{}', '[]', 'x'.repeat(maximumPasteLength + 1)])(
    '%j is nothing',
    (text) => {
      expect(readRoleReference(text, context).kind).toBe('nothing');
    },
  );
});

describe('secrets are refused and never given back: S-13', () => {
  const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const token = `IQoJb3JpZ2luX2VjE${'aB3/x+9Z'.repeat(30)}==`;
  test.each<[string, string, string]>([
    ['an access key', 'AKIAIOSFODNN7EXAMPLE', 'access-key-id'],
    ['a temporary one', 'ASIAIOSFODNN7EXAMPLE', 'access-key-id'],
    ['one in small letters', 'akiaiosfodnn7example', 'access-key-id'],
    ['a secret', secretKey, 'secret-access-key'],
    ['a secret in quotes', `"${secretKey}",`, 'secret-access-key'],
    ['a secret over two lines', `${secretKey.slice(0, 20)}\n${secretKey.slice(20)}`, 'secret-access-key'],
    [
      'a secret with an invisible character',
      `${secretKey.slice(0, 20)}\u200b${secretKey.slice(20)}`,
      'secret-access-key',
    ],
    ['a secret beside a role', `${plain} ${secretKey}`, 'secret-access-key'],
    ['a secret as a role’s name', `arn:aws:iam::222233334444:role/${secretKey}`, 'secret-access-key'],
    ['a key beside a role', `role ${plain}, key AKIAIOSFODNN7EXAMPLE`, 'access-key-id'],
    [
      'a labelled secret of any form',
      'aws_secret_access_key = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'secret-access-key',
    ],
    [
      'the JSON of assume-role',
      JSON.stringify({
        Credentials: { AccessKeyId: 'ASIAIOSFODNN7EXAMPLE', SecretAccessKey: secretKey, SessionToken: token },
        AssumedRoleUser: { Arn: 'arn:aws:sts::222233334444:assumed-role/Deploy/x' },
      }),
      'session-token',
    ],
    ['a session token', token, 'session-token'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', 'private-key'],
    [
      'exports',
      `export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nexport AWS_SECRET_ACCESS_KEY=${secretKey}`,
      'secret-access-key',
    ],
  ])('%s', (_name, text, what) => {
    const reference = readRoleReference(text, context);
    expect(reference).toMatchObject({ kind: 'secret', what });
    const shown = JSON.stringify(reference);
    for (const piece of [secretKey, secretKey.slice(0, 12), 'IOSFODNN7', token.slice(0, 30), 'aaaaaaaa'])
      expect(shown).not.toContain(piece);
  });

  test('any random secret, wherever it stands', () => {
    // Hashes, because fast-check likes runs of equal bytes, which no real secret has.
    const secret = fc.nat().map((seed) =>
      createHash('sha256')
        .update(`secret ${String(seed)}`)
        .digest()
        .subarray(0, 30)
        .toString('base64'),
    );
    const around = fc.constantFrom(
      (x: string) => x,
      (x: string) => `${plain}\n${x}`,
      (x: string) => `key: ${x}.`,
      (x: string) => `{"k":"${x}","Arn":"${plain}"}`,
      (x: string) => `\u00a0${x},`,
    );
    fc.assert(
      fc.property(secret, around, (real, dress) => {
        const reference = readRoleReference(dress(real), context);
        expect(reference.kind).toBe('secret');
        expect(JSON.stringify(reference)).not.toContain(real);
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  test('ordinary long names are not taken for secrets', () => {
    for (const name of [
      'MyCompanyContinuousDeploymentRoleForProd', // forty letters
      'AWSReservedSSOxAdministratorAccessxForEU',
      'deploy-production-eu-west-1-continuous-integration',
      'ContinuousDeployment',
    ]) {
      expect(readRoleReference(`arn:aws:iam::222233334444:role/${name}`, context).kind, name).toBe('found');
    }
    expect(
      readRoleReference('arn:aws:iam::222233334444:role/deploy/production/europe/ContinuousDeployment', context).kind,
    ).toBe('found');
  });
});

describe('whatever is pasted', () => {
  const roles = fc
    .record({
      partition: fc.constantFrom(...partitions.map((item) => item.id)),
      account: fc.stringMatching(/^[0-9]{12}$/),
      path: fc.constantFrom('/', '/deploy/', '/a/b/c/'),
      name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/),
    })
    .map(({ account, name, partition, path }) => formatRoleArn(partition, account, path, name));

  test('a role is found in any ordinary wrapping, and the pieces are the text', () => {
    const before = fc.constantFrom('', ' ', '"', 'Role ARN: ', 'arn = "', '(', '\u200b', '\u00a0', '- ', '{"Arn": "');
    const after = fc.constantFrom('', ' ', '"', ',', '.', '",', ')', '\n', '\u200b', ';', '"}');
    fc.assert(
      fc.property(roles, before, after, (arn, head, tail) => {
        const text = `${head}${arn}${tail}`;
        const reference = readRoleReference(text);
        expect(arnOf(reference)).toBe(arn);
        if (reference.kind === 'found') {
          expect(reference.changes.map((segment) => segment.text).join('')).toBe(text);
          expect(
            reference.changes
              .filter((segment) => segment.kept)
              .map((segment) => segment.text)
              .join(''),
          ).toBe(arn);
        }
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  test('never throws, and what is found is a role’s ARN', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        roles,
        fc.constantFrom(
          'arn:',
          'role/',
          '222233334444',
          '"',
          '{',
          '}',
          ':',
          'https://signin.aws.amazon.com/switchrole?',
          '%',
          '%3A',
          '\\"',
          '\ud800',
        ),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(pieces, (list) => {
        const text = list.join('');
        const reference = readRoleReference(text, context);
        if (reference.kind === 'found') {
          expect(formatRoleArn(reference.partition, reference.accountId, reference.path, reference.roleName)).toBe(
            reference.arn,
          );
          expect(reference.changes.map((segment) => segment.text).join('')).toBe(text);
        }
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
