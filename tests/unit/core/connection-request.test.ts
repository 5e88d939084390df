import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readConnectionRequest,
  writeConnectionRequest,
  type ConnectionRequest,
} from '../../../core/domain/connection-request';
import { maximumRequestBytes } from '../../../core/domain/exchange-file';
import { noConditions } from '../../../core/domain/trust-conditions';
import { recipes } from '../../../core/recipes/catalog';
import { fuzzRuns } from '../../support/fuzz-runs';

const custom: ConnectionRequest = {
  kind: 'sallyport-connection-request',
  version: 1,
  createdAt: 1_790_000_000_000,
  requester: {
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/deployer',
    partition: 'aws',
  },
  externalId: '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5',
  recipeId: 'custom',
  account: { name: 'Tidewater Production', accountId: '444455556666', region: 'eu-west-1' },
  options: {
    roleName: 'TidewaterDeploy',
    path: '/deploy/',
    maxSessionDuration: 7200,
    useExternalId: true,
    onlyThisIdentity: true,
    managedPolicies: ['job-function/ViewOnlyAccess'],
    parameters: {},
    inlinePolicy: '{\n  "Version": "2012-10-17",\n  "Statement": []\n}',
  },
};
const deployment: ConnectionRequest = {
  ...custom,
  recipeId: 'deployment-service',
  options: {
    roleName: 'DeploymentService',
    path: '/',
    maxSessionDuration: 3600,
    useExternalId: true,
    onlyThisIdentity: true,
    managedPolicies: ['AdministratorAccess'],
    parameters: {},
  },
};

function refusal(value: unknown): string {
  const answer = readConnectionRequest(typeof value === 'string' ? value : JSON.stringify(value));
  if (answer.ok) throw new Error('Expected a refusal, the request was read');
  expect(answer.error.whatDidNotChange).toContain('nothing was created');
  return answer.error.message;
}

function withRequester(patch: Partial<ConnectionRequest['requester']>): unknown {
  return { ...custom, requester: { ...custom.requester, ...patch } };
}

function withOptions(patch: Partial<ConnectionRequest['options']>, base = custom): unknown {
  return { ...base, options: { ...base.options, ...patch } };
}

const alsoLets = (arn: string) => ({ ...noConditions, principalArns: [arn] });

describe('reading a connection request', () => {
  it.each([custom, deployment, { ...custom, account: undefined }, { ...custom, account: { name: 'Tidewater' } }])(
    'reads one that Sallyport made',
    (request) => {
      const text = JSON.stringify(request);
      expect(readConnectionRequest(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      expect(readConnectionRequest(`\ufeff\r\n${text}\r\n`).ok).toBe(true);
    },
  );

  it.each([
    ['prose', 'Could you give me access?', 'not JSON'],
    ['half a file', JSON.stringify(custom).slice(0, 200), 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['a list', '[]', 'not a connection request'],
    ['null', 'null', 'not a connection request'],
    ['a number', '7', 'not a connection request'],
    ['a template', '{"Resources":{}}', 'not a connection request'],
    ['another kind', { ...custom, kind: 'sallyport-backup' }, 'not a connection request'],
    ['a newer one', { ...custom, version: 2, more: true }, 'newer Sallyport'],
    ['an impossible version', { ...custom, version: 0 }, 'field version'],
    ['an unknown recipe', { ...custom, recipeId: 'root-everything' }, 'recipe that this Sallyport does not have'],
    ['an unknown field', { ...custom, onOpen: 'create' }, 'a field that no request has'],
    ['an unknown field inside', withOptions({ trustPolicy: '{}' } as never), 'a field that no request has'],
    ['no requester', { ...custom, requester: undefined }, 'field requester'],
    ['an external ID that was thought up', { ...custom, externalId: 'tidewater' }, 'field externalId'],
    ['too large', `${JSON.stringify(custom)}${' '.repeat(maximumRequestBytes)}`, 'too large'],
    ['too large in bytes', `"${'\u20ac'.repeat(maximumRequestBytes / 2)}"`, 'too large'],
    ['nested without end', '['.repeat(60_000), 'not JSON'],
    ['nested very deeply', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'not a connection request'],
  ])('says in words what is wrong with %s', (_name, value, words) => {
    expect(refusal(value)).toContain(words);
  });

  it('does not repeat what stands in a hostile file', () => {
    const shown = refusal({ ...custom, 'Call +1 555 0100 to unlock': true });
    expect(shown).not.toContain('555');
  });
});

describe('S-22 a request names one identity in full', () => {
  it.each([
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:user/*',
    'arn:aws:iam::111122223333:user/deploye?',
    'arn:aws:iam::111122223333:user/${aws:username}',
    'arn:aws:iam::111122223333:group/deployers',
    'arn:aws:iam::999988887777:user/deployer',
    'arn:aws-cn:iam::111122223333:user/deployer',
    'arn:aws:sts::111122223333:assumed-role/*/x1',
    'arn:aws:sts::111122223333:assumed-role/deployer',
    'arn:aws:s3:::a-bucket-of-theirs',
    'arn:aws:iam::111122223333:user/deploy\u0435r',
  ])('%s is refused', (arn) => {
    expect(refusal(withRequester({ arn }))).toContain('one user or one role');
  });

  it.each([
    'arn:aws:iam::111122223333:role/teams/deployer',
    'arn:aws:sts::111122223333:assumed-role/deployer/somebody@example.com',
  ])('%s is read', (arn) => {
    expect(readConnectionRequest(JSON.stringify(withRequester({ arn }))).ok).toBe(true);
  });

  it('never asks for a role in the account that asks, nor across partitions', () => {
    expect(refusal({ ...custom, account: { accountId: '111122223333' } })).toContain('the account that asks itself');
    expect(refusal({ ...custom, account: { region: 'cn-north-1' } })).toContain('another part of AWS');
  });
});

describe('S-28 a request cannot say one thing and bring another', () => {
  it.each([
    ['other policies', { managedPolicies: ['AdministratorAccess', 'IAMFullAccess'] }],
    ['a policy of its own', { inlinePolicy: '{"Statement":[]}' }],
    ['no external ID', { useExternalId: false }],
    ['a boundary', { permissionsBoundaryArn: 'arn:aws:iam::444455556666:policy/Boundary' }],
    ['others who may enter', { conditions: alsoLets('arn:aws:iam::111122223333:user/second') }],
    ['tags', { tags: [{ key: 'access', value: 'everywhere' }] }],
  ])('%s under a recipe that leaves no choice', (_name, patch) => {
    expect(refusal(withOptions(patch, deployment))).toContain('something else than its recipe');
  });

  it.each([
    ['a name that reads backwards', { ...custom, account: { name: 'Tidewater \u202enoitcudorP' } }],
    ['a policy name with an invisible letter', withOptions({ managedPolicies: ['View\u200bOnlyAccess'] })],
    ['an isolate in the policy', withOptions({ inlinePolicy: '{"Statement":[],"Id":"\u2066x"}' })],
    ['a policy name of two lines', withOptions({ managedPolicies: ['ViewOnlyAccess\nand nothing else'] })],
    ['a policy that is none', withOptions({ inlinePolicy: 'Allow nothing' })],
  ])('%s is refused', (_name, value) => {
    expect(readConnectionRequest(JSON.stringify(value)).ok).toBe(false);
  });
});

describe('S-28 a request lets in who asks, and whom it names in full', () => {
  it.each([
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::111122223333:user/${aws:username}',
    'arn:aws:iam::999988887777:user/second',
    'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_*_0123456789abcdef',
    'anybody',
  ])('%s is refused', (arn) => {
    expect(refusal(withOptions({ conditions: alsoLets(arn) }))).toContain('Who else is to be let in does not fit');
  });

  it.each([
    'arn:aws:iam::111122223333:role/ci/deployer',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Deploy_*',
  ])('%s is read', (arn) => {
    expect(readConnectionRequest(JSON.stringify(withOptions({ conditions: alsoLets(arn) }))).ok).toBe(true);
  });

  it.each([
    ['a whole trust policy', { ownTrust: '{"Version":"2012-10-17","Statement":[]}' }, 'whole trust policy'],
    ['AWS services', { services: { names: ['ec2.amazonaws.com'], onlyThisAccount: false } }, 'AWS services'],
  ])('%s is for the owner to write', (_name, patch, words) => {
    expect(refusal(withOptions(patch))).toContain(words);
  });

  it.each([
    ['conditions of another kind', { conditions: { ...alsoLets('x'), hours: 'all' } }],
    ['a condition left out', { conditions: { mfa: true } }],
    ['a range that is none', { conditions: { ...noConditions, sourceRanges: ['203.0.113.0/33'] } }],
    ['an organization that is none', { conditions: { ...noConditions, organizationIds: ['o-*'] } }],
    ['a tag of AWS', { tags: [{ key: 'aws:x', value: '' }] }],
    ['the tag by which things are taken back', { tags: [{ key: 'onboardingid', value: 'x' }] }],
    ['a tag that breaks out', { tags: [{ key: 'x', value: '$(id)' }] }],
  ])('%s is no request', (_name, patch: object) => {
    expect(readConnectionRequest(JSON.stringify(withOptions(patch))).ok).toBe(false);
  });
});

describe('S-28 a request has no secret in it', () => {
  // parts, so that no scanner takes this file for a leak
  const keyId = ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('');
  const secret = ['wJalrXUtnFEMI', '/K7MDENG/', 'bPxRfiCYEXAMPLEKEY'].join('');

  it.each([
    ['in a field that no request has', { ...custom, secretAccessKey: secret }],
    ['as the name of a field', { ...custom, [keyId]: 1 }],
    ['in the name of the account', { ...custom, account: { name: keyId } }],
    ['in the policy', withOptions({ inlinePolicy: `{"Statement":[]}\n${keyId}` })],
    ['written with escapes', JSON.stringify(custom).replace('TidewaterDeploy', keyId.replace('A', '\\u0041'))],
    ['without any JSON around it', `aws_secret_access_key = ${secret}`],
  ])('%s', (_name, value) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const answer = readConnectionRequest(text);
    expect(!answer.ok && answer.error.kind).toBe('secret-refused');
    expect(JSON.stringify(answer)).not.toContain(keyId);
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  it('is not written either', () => {
    const { kind: _kind, version: _version, ...rest } = custom;
    const written = writeConnectionRequest({ ...rest, account: { name: keyId } });
    expect(!written.ok && written.error.kind).toBe('secret-refused');
    expect(!written.ok && written.error.whatDidNotChange).toContain('No request was made');
  });
});

describe('S-20 whatever the text', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 2000 }),
    fc.json({ maxDepth: 6 }),
    fc.jsonValue().map((value) => JSON.stringify({ ...custom, account: value })),
    fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify({ ...custom, ...value })),
    fc
      .tuple(fc.constantFrom(...Object.keys(custom)), fc.jsonValue())
      .map(([key, value]) => JSON.stringify({ ...custom, [key]: value })),
  );

  it('reading never throws, and what is read is exactly what was looked at', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const answer = readConnectionRequest(text);
        if (answer.ok) expect(answer.value).toEqual(JSON.parse(text));
        else expect(answer.error.message.length).toBeGreaterThan(0);
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  it('refuses every field that a request does not have, wherever it stands', () => {
    const place = fc.constantFrom('', 'requester', 'account', 'options');
    const name = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('__proto__', 'constructor'));
    fc.assert(
      fc.property(place, name, fc.jsonValue(), (at, key, value) => {
        const copy = structuredClone(custom) as unknown as Record<string, Record<string, unknown>>;
        const target = at === '' ? copy : copy[at]!;
        fc.pre(!Object.hasOwn(target, key) && key !== 'permissionsBoundaryArn');
        Object.defineProperty(target, key, { value, enumerable: true });
        expect(readConnectionRequest(JSON.stringify(copy)).ok).toBe(false);
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('what is written is read again as it was', () => {
    const digits = fc.stringMatching(/^\d{12}$/);
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{2,19}$/);
    const request = fc.record({
      createdAt: fc.nat(),
      requester: fc.tuple(digits, word).map(([accountId, name]) => ({
        accountId,
        arn: `arn:aws:iam::${accountId}:user/${name}`,
        partition: 'aws',
      })),
      externalId: fc.uuid({ version: 4 }),
      recipeId: fc.constant('custom'),
      account: fc.record(
        { name: word, accountId: digits, region: fc.constantFrom('eu-west-1', 'us-east-1') },
        { requiredKeys: [] },
      ),
      options: fc.record({
        roleName: word,
        path: word.map((one) => `/${one}/`),
        maxSessionDuration: fc.integer({ min: 3600, max: 43_200 }),
        useExternalId: fc.boolean(),
        onlyThisIdentity: fc.boolean(),
        managedPolicies: fc.array(word, { maxLength: 10 }),
        parameters: fc.constant({}),
        conditions: fc.record({
          mfa: fc.boolean(),
          organizationIds: fc.array(fc.stringMatching(/^o-[a-z0-9]{10,32}$/), { maxLength: 5 }),
          principalArns: fc.array(fc.constant(''), { maxLength: 0 }),
          sourceRanges: fc.array(
            fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, width]) => `${address}/${width}`),
            { maxLength: 20 },
          ),
        }),
        tags: fc.uniqueArray(fc.record({ key: word, value: word }), {
          maxLength: 48,
          selector: ({ key }) => key.toLowerCase(),
        }),
      }),
    });
    fc.assert(
      fc.property(request, (one) => {
        fc.pre(one.account.accountId !== one.requester.accountId);
        const written = writeConnectionRequest(one);
        if (!written.ok) throw new Error(written.error.message);
        expect(readConnectionRequest(written.value)).toEqual({
          ok: true,
          value: { kind: 'sallyport-connection-request', version: 1, ...one },
        });
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('every recipe can be asked for with its own defaults', () => {
    for (const { id, defaults } of recipes) {
      const { kind: _kind, version: _version, ...rest } = custom;
      const options = { ...defaults, parameters: {}, useExternalId: true, onlyThisIdentity: true };
      expect(writeConnectionRequest({ ...rest, recipeId: id, options }).ok).toBe(true);
    }
  });
});
