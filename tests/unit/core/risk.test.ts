import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintPermissions } from '../../../core/domain/risk/lint-permissions';
import { lintTrust } from '../../../core/domain/risk/lint-trust';
import { placesIn } from '../../../core/domain/risk/places';
import type { RiskFinding } from '../../../core/domain/risk/finding';

type Json = Readonly<Record<string, unknown>>;

const written = (statement: unknown, indent?: number): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statement }, null, indent);
const trusting = (change: Json = {}): Json => ({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'sts:AssumeRole',
  Condition: {
    StringEquals: { 'sts:ExternalId': 'x1' },
    ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/d' },
  },
  ...change,
});
const allowing = (
  actions: string | readonly string[],
  resource: string | readonly string[] = '*',
  more: Json = {},
): Json => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
  ...more,
});

/** What a JSON pointer leads to. */
function at(text: string, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], JSON.parse(text));
}

/** Each finding's pointer leads to a value, and its line is where that value, or what holds it, is written. */
function expectPlaced(text: string, findings: readonly RiskFinding[]): void {
  const lines = text.split('\n');
  for (const { line, pointer } of findings) {
    const value = at(text, pointer);
    expect(value, pointer).toBeDefined();
    const last = pointer.split('/').at(-1) ?? '';
    const shown = lines[line - 1] ?? '';
    expect(shown.includes(JSON.stringify(value)) || shown.includes(`"${last}"`), `${pointer} at “${shown}”`).toBe(true);
  }
}

describe('the lint of a trust policy', () => {
  it('has nothing to say of one that names an account, an identity and the external ID', () => {
    expect(lintTrust({ text: written(trusting()), maxSessionDuration: 3600 })).toEqual([]);
  });

  it.each<[string, 'warning' | 'danger', Json | readonly Json[]]>([
    ['whole-account', 'warning', trusting({ Condition: undefined })],
    ['whole-account', 'warning', trusting({ Principal: { AWS: '111122223333' }, Condition: {} })],
    ['no-external-id', 'warning', trusting({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    ['no-external-id', 'warning', [trusting(), trusting({ Condition: { StringLike: { 'sts:ExternalId': '*' } } })]],
    ['if-exists', 'warning', trusting({ Condition: { StringEqualsIfExists: { 'sts:ExternalId': 'x1' } } })],
    ['negated', 'warning', trusting({ Condition: { StringNotEquals: { 'sts:ExternalId': 'other' } } })],
    ['external-id-pattern', 'danger', trusting({ Condition: { StringLike: { 'sts:ExternalId': '*' } } })],
    ['external-id-pattern', 'warning', trusting({ Condition: { StringLike: { 'sts:ExternalId': 'customer-*' } } })],
    ['anyone', 'danger', trusting({ Principal: '*', Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } })],
    [
      'anyone',
      'danger',
      trusting({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } }),
    ],
    [
      'anyone',
      'warning',
      trusting({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
    ],
    [
      'deleted-identity',
      'warning',
      trusting({ Principal: { AWS: ['AROAEXAMPLEID12345678', 'arn:aws:iam::111122223333:root'] } }),
    ],
    [
      'not-principal',
      'warning',
      [trusting(), { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
    ],
    [
      'service-without-source',
      'warning',
      {
        Effect: 'Allow',
        Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      },
    ],
    [
      'every-address',
      'warning',
      trusting({ Condition: { StringEquals: { 'sts:ExternalId': 'x1' }, IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
    ],
    [
      'private-address',
      'warning',
      trusting({
        Condition: { StringEquals: { 'sts:ExternalId': 'x1' }, IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } },
      }),
    ],
  ])('finds %s (%s), where it stands', (id, severity, statement) => {
    for (const indent of [undefined, 2, 4]) {
      const text = written(statement, indent);
      const found = lintTrust({ text });
      expect(found.filter((one) => one.id === id).map((one) => one.severity)).toContain(severity);
      expectPlaced(text, found);
      for (const { message, narrow } of found) expect(`${message} ${narrow}`).toMatch(/^[A-Z0-9a-z:].*\. .*\.$/);
    }
  });

  it('finds long sessions, and services that can be tied to a source only where AWS says so', () => {
    expect(lintTrust({ text: written(trusting()), maxSessionDuration: 12 * 3600 })).toMatchObject([
      { id: 'long-sessions' },
    ]);
    const ec2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
    expect(lintTrust({ text: written(ec2) })).toEqual([]);
    const tied = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '222233334444' } },
    };
    expect(lintTrust({ text: written([tied]) })).toEqual([]);
  });

  it('says nothing of what is no trust policy, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(lintTrust({ text })).toEqual([]);
        expect(lintPermissions([{ id: 'one', text }])).toEqual([]);
      }),
    );
  });
});

describe('the lint of permissions', () => {
  const lint = (...statements: readonly Json[]) => lintPermissions([{ id: 'inline', text: written(statements, 2) }]);
  const ids = (...statements: readonly Json[]) => lint(...statements).map(({ id }) => id);

  it('has nothing to say of named actions on named resources', () => {
    expect(ids(allowing(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::own-bucket/*'))).toEqual([]);
    expect(ids(allowing(['ec2:DescribeRegions', 's3:ListAllMyBuckets']))).toEqual([]);
  });

  it.each<[string, 'warning' | 'danger', readonly Json[]]>([
    ['every-action', 'danger', [allowing('*')]],
    ['every-action-of-service', 'danger', [allowing('iam:*')]],
    ['every-action-of-service', 'warning', [allowing('s3:*', 'arn:aws:s3:::own-bucket')]],
    ['not-action', 'danger', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]],
    ['escalation', 'danger', [allowing('iam:CreateAccessKey')]],
    ['escalation', 'danger', [allowing('IAM:putrolepolicy')]],
    ['escalation', 'danger', [allowing('iam:Attach*')]],
    ['escalation', 'danger', [allowing('iam:*LoginProfile')]],
    ['escalation', 'warning', [allowing('iam:PutRolePolicy', 'arn:aws:iam::222233334444:role/app-*')]],
    ['escalation', 'danger', [allowing('lambda:UpdateFunctionCode')]],
    ['pass-role', 'warning', [allowing('iam:PassRole')]],
    ['pass-role-and-run', 'danger', [allowing('iam:PassRole'), allowing('ec2:RunInstances')]],
    ['pass-role-and-run', 'danger', [allowing(['iam:Pass*', 'lambda:CreateFunction', 'lambda:Invoke*'])]],
    [
      'pass-role-and-run',
      'danger',
      [allowing('iam:PassRole'), allowing(['codebuild:CreateProject', 'codebuild:StartBuild'])],
    ],
    ['pass-role', 'warning', [allowing('iam:PassRole'), allowing('lambda:CreateFunction')]],
    ['reads-everything', 'warning', [allowing('s3:Get*')]],
    ['reads-everything', 'warning', [allowing('secretsmanager:GetSecretValue')]],
    ['reads-everything', 'warning', [allowing('ssm:GetParameter*')]],
  ])('finds %s (%s), where it stands', (id, severity, statements) => {
    const found = lint(...statements);
    expect(found.filter((one) => one.id === id).map((one) => one.severity)).toContain(severity);
    expectPlaced(written(statements, 2), found);
  });

  it('puts policies together: what neither lets do alone, they may do both', () => {
    const apart = [
      { id: 'passing', text: written(allowing('iam:PassRole'), 2) },
      { id: 'running', text: written(allowing('cloudformation:CreateStack'), 2) },
    ];
    expect(lintPermissions(apart)).toMatchObject([{ id: 'pass-role-and-run', documentId: 'passing' }]);
    expect(apart.flatMap((one) => lintPermissions([one])).map(({ id }) => id)).toEqual(['pass-role']);
  });

  it('counts what is denied everywhere as not allowed, and nothing less', () => {
    const deny = (more: Json = {}) => ({ Effect: 'Deny', Action: 'iam:CreateAccessKey', Resource: '*', ...more });
    expect(ids(allowing('iam:CreateAccessKey'), deny())).toEqual([]);
    expect(ids(allowing('iam:CreateAccessKey'), deny({ Resource: 'arn:aws:iam::222233334444:user/admin' }))).toEqual([
      'escalation',
    ]);
    expect(
      ids(allowing('iam:CreateAccessKey'), deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })),
    ).toEqual(['escalation']);
  });

  it('tells the widest once, not everything that follows from it', () => {
    expect(ids(allowing('*'))).toEqual(['every-action']);
    expect(ids(allowing('iam:*'))).toEqual(['every-action-of-service']);
  });
});

describe('places in a JSON text', () => {
  it('are where each value is written, whatever the layout and the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const places = placesIn(text);
        const lines = text.split('\n');
        const visit = (inner: unknown, path: readonly (string | number)[]): void => {
          const last = path.at(-1);
          if (last !== undefined) {
            const line = lines[places.lineOf(path) - 1] ?? '';
            if (typeof last === 'string') expect(line).toContain(JSON.stringify(last));
            else if (typeof inner !== 'object') expect(line).toContain(JSON.stringify(inner));
          }
          if (Array.isArray(inner)) inner.forEach((one, index) => visit(one, [...path, index]));
          else if (typeof inner === 'object' && inner !== null) {
            for (const [key, one] of Object.entries(inner)) visit(one, [...path, key]);
          }
        };
        visit(JSON.parse(text), []);
      }),
    );
  });
});
