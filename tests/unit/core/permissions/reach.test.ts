import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessLevels, type AccessLevel, type ServiceActions } from '../../../../core/domain/permissions/action-levels';
import { reachOf, type RoleDocuments, type ServiceReach } from '../../../../core/domain/permissions/reach';
import { reachRows } from '../../../../core/domain/permissions/reach-rows';
import { parsePolicyDocument, type PolicyUse } from '../../../../core/domain/policy-document';
import { compilePolicy, evaluate } from '../../../../core/domain/policy-evaluation';
import { loadActionLevels } from '../../../../main/permissions/action-data';
import managedPolicies from '../../../../main/sandbox/managed-policies.json';
import { fuzzRuns } from '../../../support/fuzz-runs';

type Json = Readonly<Record<string, unknown>>;

const policy = (...statements: readonly Json[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, more: Json = {}): Json => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: unknown, more: Json = {}): Json => ({ Effect: 'Deny', Action, Resource: '*', ...more });
const oneBucket = { Resource: 'arn:aws:s3:::revisions/*' };
const fromOffice = { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };

/** `LRWPT`: a letter for each level with all, the same in small with some, `-` with none, `+` with more than agreed. */
async function drawn(prefix: string, documents: RoleDocuments, agreed?: RoleDocuments): Promise<string> {
  const services = (await loadActionLevels()).filter((service) => service.prefix === prefix);
  const [found] = reachOf(services, documents, agreed);
  const letters: Readonly<Record<AccessLevel, string>> = {
    list: 'L',
    read: 'R',
    write: 'W',
    permissions: 'P',
    tagging: 'T',
  };
  return accessLevels
    .map((level) => {
      if (found?.extra.includes(level) === true) return '+';
      const reach = found?.levels[level];
      return reach === 'all' ? letters[level] : reach === 'some' ? letters[level].toLowerCase() : '-';
    })
    .join('');
}

describe('how far policies reach', () => {
  it.each<readonly [string, string, readonly Json[], string]>([
    ['everything', 's3', [allow('*')], 'LRWPT'],
    ['a service', 's3', [allow('s3:*')], 'LRWPT'],
    ['another service', 's3', [allow('sqs:*')], '-----'],
    ['a service in capitals', 's3', [allow('S3:*')], 'LRWPT'],
    ['all that begins with a word', 's3', [allow('s3:List*')], 'L----'],
    ['one action', 's3', [allow('s3:GetObject')], '-r---'],
    ['one action on some resources', 's3', [allow('s3:PutObject', oneBucket)], '--w--'],
    ['a service on some resources', 's3', [allow('s3:*', oneBucket)], 'lrwpt'],
    ['a service from one place', 's3', [allow('s3:*', fromOffice)], 'lrwpt'],
    ['all but one resource', 's3', [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::x' }], 'lrwpt'],
    ['all but all resources', 's3', [{ Effect: 'Allow', Action: 's3:*', NotResource: '*' }], '-----'],
    ['NotAction of the service', 's3', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], '-----'],
    ['NotAction of another', 's3', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'LRWPT'],
    [
      'NotAction of one of its actions',
      's3',
      [{ Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: '*' }],
      'LRwPT',
    ],
    ['everything, then a denial of it', 's3', [allow('*'), deny('s3:*')], '-----'],
    ['everything, then a denial of one action', 's3', [allow('*'), deny('s3:DeleteBucket')], 'LRwPT'],
    ['everything, and a denial somewhere', 's3', [allow('*'), deny('s3:*', oneBucket)], 'lrwpt'],
    ['everything, and a denial at times', 's3', [allow('*'), deny('s3:*', fromOffice)], 'lrwpt'],
    [
      'a denial of everything but one',
      's3',
      [allow('*'), { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' }],
      '-r---',
    ],
    ['two halves', 's3', [allow('s3:G*'), allow('s3:*', oneBucket)], 'lrwpt'],
  ])('%s', async (_name, service, statements, expected) => {
    expect(await drawn(service, { identity: [policy(...statements)] })).toBe(expected);
  });

  it('adds what several policies allow, and takes away what one of them denies', async () => {
    const list = policy(allow('s3:List*'));
    expect(await drawn('s3', { identity: [list, policy(allow('s3:PutObject'))] })).toBe('L-w--');
    expect(await drawn('s3', { identity: [list, policy(deny('s3:*'))] })).toBe('-----');
  });

  it('is cut by a boundary: what both let through', async () => {
    const everything = policy(allow('*'));
    expect(await drawn('s3', { identity: [everything], boundary: policy(allow('s3:List*')) })).toBe('L----');
    expect(await drawn('s3', { identity: [everything], boundary: policy(allow('s3:*', oneBucket)) })).toBe('lrwpt');
    expect(await drawn('s3', { identity: [everything], boundary: policy(allow('sqs:*')) })).toBe('-----');
    expect(await drawn('s3', { identity: [policy(allow('s3:List*'))], boundary: everything })).toBe('L----');
    expect(await drawn('s3', { identity: [], boundary: everything })).toBe('-----');
  });

  it('counts what is no policy as nothing', async () => {
    expect(await drawn('s3', { identity: ['{', 'null', '{"Statement": 3}'] })).toBe('-----');
    expect(await drawn('s3', { identity: [policy(allow('*'))], boundary: 'not JSON' })).toBe('-----');
  });
});

describe('what is more than was agreed', () => {
  const agreed = { identity: [policy(allow(['s3:ListBucket', 's3:GetObject'], oneBucket))] };

  it.each<readonly [string, readonly Json[], string]>([
    ['the same', [allow(['s3:GetObject', 's3:ListBucket'], oneBucket)], 'lr---'],
    ['less', [allow('s3:GetObject', oneBucket)], '-r---'],
    ['one action more', [allow(['s3:ListBucket', 's3:GetObject', 's3:PutObject'], oneBucket)], 'lr+--'],
    ['one action more of a level that was agreed in part', [allow(['s3:ListBucket', 's3:Get*'], oneBucket)], 'l+---'],
    ['every resource', [allow(['s3:ListBucket', 's3:GetObject'])], '++---'],
    ['another resource', [allow(['s3:ListBucket', 's3:GetObject'], { Resource: 'arn:aws:s3:::other/*' })], '++---'],
    ['everything', [allow('*')], '+++++'],
  ])('%s', async (_name, statements, expected) => {
    expect(await drawn('s3', { identity: [policy(...statements)] }, agreed)).toBe(expected);
  });

  it('is also what a denial, a condition or a boundary kept away before', async () => {
    const all = policy(allow('s3:*'));
    const now = { identity: [all] };
    expect(await drawn('s3', now, { identity: [all, policy(deny('s3:*', oneBucket))] })).toBe('+++++');
    expect(await drawn('s3', now, { identity: [policy(allow('s3:*', fromOffice))] })).toBe('+++++');
    expect(await drawn('s3', now, { identity: [all], boundary: policy(allow('s3:List*')) })).toBe('L++++');
    const limited = { identity: [policy(allow('s3:*', oneBucket))] };
    expect(await drawn('s3', limited, { identity: [...limited.identity, policy(deny('s3:*', fromOffice))] })).toBe(
      '+++++',
    );
  });
});

describe('the rows of the map', () => {
  const rowsOf = async (documents: RoleDocuments, agreed?: RoleDocuments) =>
    reachRows(reachOf(await loadActionLevels(), documents, agreed));
  const documentOf = (name: string) => managedPolicies.find((one) => one.name === name)?.document ?? '';

  it('an administrator reaches every service, in one row, and the rights are what is risky', async () => {
    const rows = await rowsOf({ identity: [documentOf('AdministratorAccess')] });
    expect(rows.map(({ service }) => service)).toEqual(['Every service']);
    expect(rows[0]?.cells).toEqual({ list: 'all', read: 'all', write: 'all', permissions: 'risky', tagging: 'all' });
  });

  it('beside the few that differ there is every other service', async () => {
    const rows = await rowsOf({ identity: [documentOf('PowerUserAccess')] });
    expect(rows.map(({ service }) => service)).toEqual([
      'Every other service',
      'Account Management',
      'IAM',
      'Organizations',
    ]);
    expect(rows.find(({ service }) => service === 'IAM')?.cells.permissions).toBe('none');
  });

  it('services alike are one row that says how many and which', async () => {
    const rows = await rowsOf({ identity: [documentOf('ReadOnlyAccess')] });
    const [first] = rows;
    expect(first?.service).toBe(`${first?.services.length} services alike`);
    expect(rows.every(({ cells }) => cells.permissions !== 'risky')).toBe(true);
    const reached = rows.flatMap(({ services }) => services);
    expect(new Set(reached).size).toBe(reached.length);
  });

  it('nothing is no row', async () => {
    expect(await rowsOf({ identity: [documentOf('AWSDenyAll')] })).toEqual([]);
    expect(await rowsOf({ identity: [] })).toEqual([]);
  });

  it('what was agreed is not more than was agreed, whatever it is', async () => {
    for (const { document } of managedPolicies) {
      const rows = await rowsOf({ identity: [document] }, { identity: [document] });
      expect(rows.flatMap(({ cells }) => Object.values(cells))).not.toContain('extra');
    }
  });
});

/** Two small services, so that what is drawn at random meets. */
const small: readonly ServiceActions[] = [
  {
    prefix: 's3',
    name: 'S3',
    actions: {
      list: ['ListBucket', 'ListAllMyBuckets'],
      read: ['GetObject', 'GetBucketPolicy'],
      write: ['PutObject', 'DeleteObject'],
      permissions: ['PutBucketPolicy'],
      tagging: ['PutObjectTagging'],
    },
  },
  {
    prefix: 'iam',
    name: 'IAM',
    actions: {
      list: ['ListRoles'],
      read: ['GetRole'],
      write: ['PassRole'],
      permissions: ['PutRolePolicy'],
      tagging: ['TagRole'],
    },
  },
];
const resources = ['*', 'arn:aws:s3:::one', 'arn:aws:s3:::one/object', 'arn:aws:iam::111122223333:role/app'];
const contexts: readonly ReadonlyMap<string, readonly string[]>[] = [
  new Map(),
  new Map([['aws:sourceip', ['203.0.113.7']]]),
  new Map([['aws:sourceip', ['198.51.100.7']]]),
];

const patterns = fc.uniqueArray(
  fc.constantFrom(
    '*',
    's3:*',
    's3:Get*',
    's3:List*',
    's3:?etObject',
    's3:PutObject',
    'iam:*',
    'iam:PassRole',
    'S3:put*',
  ),
  { minLength: 1, maxLength: 3 },
);
const resourcePatterns = fc.uniqueArray(
  fc.constantFrom('*', 'arn:aws:s3:::*', 'arn:aws:s3:::one', 'arn:aws:s3:::one/*', 'arn:aws:iam::*:role/*'),
  { minLength: 1, maxLength: 2 },
);
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.constantFrom('Action', 'Action', 'NotAction'),
    actions: patterns,
    resource: fc.constantFrom('Resource', 'Resource', 'NotResource'),
    resources: resourcePatterns,
    limited: fc.boolean(),
  })
  .map(({ action, actions, effect, limited, resource, resources: on }) => ({
    Effect: effect,
    [action]: actions,
    [resource]: on,
    ...(limited ? { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } } : {}),
  }));
const document = fc.array(statement, { minLength: 1, maxLength: 3 }).map((statements) => policy(...statements));
const roles = fc.record({
  identity: fc.array(document, { maxLength: 2 }),
  boundary: fc.option(document, { nil: undefined }),
});

function compiled(text: string, use: PolicyUse) {
  const read = parsePolicyDocument(text, use);
  if (!read.ok) throw new Error(read.message);
  return compilePolicy('policy', read.document);
}

/** What our own evaluator says, for each resource in each context. */
function decisions({ boundary, identity }: RoleDocuments, action: string): readonly boolean[] {
  const set = {
    identity: identity.map((text) => compiled(text, 'identity')),
    ...(boundary === undefined ? {} : { boundary: compiled(boundary, 'boundary') }),
  };
  const arn = 'arn:aws:sts::111122223333:assumed-role/Deploy/me';
  return resources.flatMap((resource) =>
    contexts.map(
      (context) =>
        evaluate(
          {
            action,
            resource,
            resourceAccountId: '111122223333',
            caller: { kind: 'role-session', accountId: '111122223333', arn },
            context,
          },
          set,
        ).decision === 'allowed',
    ),
  );
}

describe('the map and the evaluator agree', () => {
  const eachCell = (services: readonly ServiceReach[], look: (service: ServiceReach, level: AccessLevel) => void) => {
    for (const service of services) for (const level of accessLevels) look(service, level);
  };
  const actionsOf = (prefix: string, level: AccessLevel) =>
    (small.find((one) => one.prefix === prefix)?.actions[level] ?? []).map((name) => `${prefix}:${name}`);

  it('none means that nothing is allowed anywhere; all that everything is, everywhere and always', () => {
    fc.assert(
      fc.property(roles, ({ boundary, identity }) => {
        const documents: RoleDocuments = { identity, ...(boundary === undefined ? {} : { boundary }) };
        eachCell(reachOf(small, documents), ({ levels, prefix }, level) => {
          const asked = actionsOf(prefix, level).flatMap((action) => decisions(documents, action));
          if (levels[level] === 'none') expect(asked).not.toContain(true);
          if (levels[level] === 'all') expect(asked).not.toContain(false);
        });
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('where nothing is extra, nothing is allowed that was not before', () => {
    fc.assert(
      fc.property(roles, roles, (one, other) => {
        const clean = ({ boundary, identity }: typeof one): RoleDocuments => ({
          identity,
          ...(boundary === undefined ? {} : { boundary }),
        });
        const now = clean(one);
        const agreed = clean(other);
        eachCell(reachOf(small, now, agreed), ({ extra, prefix }, level) => {
          if (extra.includes(level)) return;
          for (const action of actionsOf(prefix, level)) {
            const before = decisions(agreed, action);
            const more = decisions(now, action).filter((isAllowed, index) => isAllowed && before[index] !== true);
            expect(more, action).toEqual([]);
          }
        });
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
