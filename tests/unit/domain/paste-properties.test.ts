import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRoleArn, type RoleArn } from '../../../core/domain/arn';
import { partitions } from '../../../core/domain/partitions';
import { findSecret } from '../../../core/domain/paste-secrets';
import { maximumPasteLength, readRoleReference } from '../../../core/domain/role-reference';
import { pastedArns } from './paste-corpus-arns';
import { pastedNames } from './paste-corpus-names';
import { pastedOutputs } from './paste-corpus-tools';
import { pastedMistakes } from './paste-corpus-wrong';
import { fuzzRuns } from '../../support/fuzz-runs';

/** What stands around a name in a sentence: a role called so cannot be told by its bare name. */
const fillerWords = new RegExp(
  `^(?:${(
    'iam aws target role account name id alias number arn in is of and the use using please take assume with from for on to my our ' +
    'your this that it s called named via under at konto kontonummer rolle rollenname im mit und der die das cuenta rol en la el de ' +
    'del compte le du ruolo nel conto conta no na papel'
  ).replaceAll(' ', '|')})$`,
  'i',
);

/** Names as people make them: words, digits, hyphens; nothing that looks like a key, a Region, a reserved name or a label. */
const roleName = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9_+=@.-]{1,40}[A-Za-z0-9]$/)
  .filter(
    (name) =>
      findSecret(name) === undefined &&
      !fillerWords.test(name) &&
      !/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/.test(name) &&
      !/^AWS|^www|^http|\.{2}|@.*\./i.test(name),
  );

type Role = Omit<RoleArn, 'arn'> & { readonly arn: string };

const roles: fc.Arbitrary<Role> = fc
  .record({
    partition: fc.constantFrom(...partitions.map((item) => item.id)),
    accountId: fc.stringMatching(/^[0-9]{12}$/),
    path: fc.constantFrom('/', '/deploy/', '/service-role/', '/a/b/c/', '/Org_1/eu-west-1/'),
    roleName,
  })
  .map((role) => ({ ...role, arn: formatRoleArn(role.partition, role.accountId, role.path, role.roleName) }))
  .filter((role) => findSecret(role.arn) === undefined);

const labels = [
  '',
  'Role ARN: ',
  'role_arn = ',
  'Rollen-ARN:\u00a0',
  'ロールのARN：',
  '"Arn": ',
  'export ROLE=',
  '- ',
  '| ',
  '--role-arn ',
];
const quotes: readonly (readonly [string, string])[] = [
  ['', ''],
  ['"', '"'],
  ["'", "'"],
  ['\u201c', '\u201d'],
  ['\u201e', '\u201c'],
  ['\u00ab\u00a0', '\u00a0\u00bb'],
  ['`', '`'],
  ['**', '**'],
  ['&quot;', '&quot;'],
  ['<code>', '</code>'],
  ['(', ')'],
  ['\u001b[32m', '\u001b[0m'],
];
const before = [
  '',
  '\ufeff',
  '\u200b \t',
  'Hi Ana,\n\nit is done, here you are:\n',
  'prod, yes: ',
  'Outputs:\n\n',
  '```\n',
  '$ terraform output\n',
];
const after = [
  '',
  ',',
  '.',
  ';',
  '\r\n',
  '\u200b',
  ' \n\nBest,\nTom',
  '\nbucket = "acme"',
  ' (production)',
  '\n```',
  ' # keep',
];

const decorations = fc
  .tuple(fc.constantFrom(...before), fc.constantFrom(...labels), fc.constantFrom(...quotes), fc.constantFrom(...after))
  .map(
    ([head, label, [open, close], tail]) =>
      (text: string) =>
        `${head}${label}${open}${text}${close}${tail}`,
  );

/** Ways in which the same ARN arrives: what a program, a page or a chat made of it. */
const encodings: readonly ((role: Role, seed: number) => string)[] = [
  ({ arn }) => arn,
  // Invisible characters wherever the dice say.
  ({ arn }, seed) =>
    Array.from(arn, (character, index) => ((seed >> (index % 20)) % 3 === 1 ? `${character}\u200b` : character)).join(
      '\u2060',
    ),
  ({ arn }) => arn.replaceAll('_', '\\_'),
  ({ arn }) => arn.replaceAll('/', '\\/'),
  ({ arn }) => arn.replaceAll(':', '&#58;').replaceAll('/', '&#x2F;'),
  ({ arn, accountId }) => arn.replace(accountId, accountId.replace(/^(....)(....)/, '$1-$2-')),
  ({ arn, path, roleName: name }) => arn.slice(0, arn.length - path.length - name.length).toUpperCase() + path + name,
];

/** Broken where terminals and letters break: at the signs between the fields, and before the name. */
const breaks: readonly ((role: Role) => string)[] = [
  ({ arn }) => arn.replace(':role/', ':\nrole/'),
  ({ arn }) => arn.replace('::', '::\r\n    '),
  ({ arn }) => arn.replace(/\/([^/]+)$/, '/\n  $1'),
  ({ arn }) => arn.replaceAll(':', ': '),
  ({ arn }) => arn.replace(':role', ':ro\nle'),
];

describe('the same role is understood', () => {
  test('in every decoration of every way to write it', () => {
    fc.assert(
      fc.property(roles, fc.constantFrom(...encodings), fc.nat(), decorations, (role, encode, seed, dress) => {
        const text = dress(encode(role, seed));
        for (const pasted of [text, text.replaceAll(/\r\n|\r|\n/g, ' ')]) {
          const reference = readRoleReference(pasted);
          expect(reference).toMatchObject({ kind: 'found', arn: role.arn });
          if (reference.kind === 'found') {
            expect(reference.changes.map((segment) => segment.text).join('')).toBe(pasted);
          }
        }
      }),
      { numRuns: fuzzRuns(3_000) },
    );
  });

  test('broken over lines, also where the field made blanks of them', () => {
    fc.assert(
      fc.property(
        roles,
        fc.constantFrom(...breaks),
        fc.constantFrom('', 'Role ARN: ', '> ', '"'),
        fc.constantFrom('', '\n', '"', ' please'),
        (role, broken, head, tail) => {
          const text = `${head}${broken(role)}${tail}`;
          for (const pasted of [text, text.replaceAll(/\r\n|\r|\n/g, ' ')]) {
            expect(readRoleReference(pasted)).toMatchObject({ kind: 'found', arn: role.arn });
          }
        },
      ),
      { numRuns: fuzzRuns(1_500) },
    );
  });

  test('by account and name, in every order and with every sign between', () => {
    const shapes: readonly ((account: string, name: string) => string)[] = [
      (account, name) => `${account} ${name}`,
      (account, name) => `${name} ${account}`,
      (account, name) => `${account}/${name}`,
      (account, name) => `${account}:role/${name}`,
      (account, name) => `${name}, ${account}`,
      (account, name) => `${account}\t${name}`,
      (account, name) => `${name} @ ${account}`,
      (account, name) => `${name} (${account})`,
      (account, name) => `Account ID: ${account}\nRole name: ${name}`,
      (account, name) => `Rolle: ${name}\nKonto: ${account}\n`,
      (account, name) => JSON.stringify({ accountId: account, roleName: name }),
      (account, name) =>
        `https://signin.aws.amazon.com/switchrole?account=${account.replaceAll(/[- ]/g, '')}&roleName=${encodeURIComponent(name)}&displayName=x`,
    ];
    const groups = [
      (id: string) => id,
      (id: string) => id.replace(/^(....)(....)/, '$1-$2-'),
      (id: string) => id.replace(/^(....)(....)/, '$1 $2 '),
    ];
    fc.assert(
      fc.property(roles, fc.constantFrom(...shapes), fc.constantFrom(...groups), (role, shape, group) => {
        fc.pre(!role.roleName.includes('@'));
        const arn = formatRoleArn('aws', role.accountId, '/', role.roleName);
        const text = shape(group(role.accountId), role.roleName);
        expect(readRoleReference(text), text).toMatchObject({ kind: 'found', arn });
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  test.each([
    ['a=0000 0000 0000 0000', '000000000000', 'a=0000'],
    ['Team=2026 1111 2222 3333', '111122223333', 'Team=2026'],
    ['1111 2222 3333 2026-deploy', '111122223333', '2026-deploy'],
  ])('%s: four digits of a name beside the groups of an account', (text, accountId, roleName) => {
    expect(readRoleReference(text)).toMatchObject({ kind: 'found', accountId, roleName });
  });

  test('two accounts in groups stay two', () => {
    expect(readRoleReference('deploy 1111 2222 3333 4444 5555 6666').kind).not.toBe('found');
  });
});

describe('with an access key in it there is nothing but the refusal: S-13', () => {
  // As AWS makes them: four letters and sixteen of A-Z and 2-7.
  const accessKey = fc.tuple(fc.constantFrom('AKIA', 'ASIA'), fc.nat()).map(([prefix, seed]) => {
    const bytes = createHash('sha256')
      .update(`key ${String(seed)}`)
      .digest()
      .subarray(0, 16);
    return prefix + Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32)).join('');
  });
  const corpus = [...pastedArns, ...pastedNames, ...pastedOutputs, ...pastedMistakes].map((entry) => entry.text);

  test('before, after or in the middle of any text of the corpus', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...corpus),
        accessKey,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(' ', '\n', ',', '"', ': ', '', '\u200b', '|', '\u00a0'),
        (text, key, where, glue) => {
          const at = Math.round(where * text.length);
          const reference = readRoleReference(text.slice(0, at) + glue + key + glue + text.slice(at));
          expect(Object.keys(reference).toSorted()).toEqual(['kind', 'message', 'what', 'whereToFind']);
          expect(reference.kind).toBe('secret');
          expect(JSON.stringify(reference)).not.toContain(key.slice(4, 12));
        },
      ),
      { numRuns: fuzzRuns(3_000) },
    );
  });
});

describe('whatever it is', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        ...[...pastedArns, ...pastedMistakes, ...pastedOutputs, ...pastedNames].map((entry) => entry.text),
      ),
      fc.constantFrom(
        'arn:',
        'role/',
        '::',
        '&#',
        '&quot;',
        '\\',
        '\\u00',
        '\u001b[',
        '%3A',
        'https://console.aws.amazon.com/',
        'Role: ',
        '2222-3333-4444',
        '\ud800',
      ),
    ),
    { maxLength: 6 },
  );

  test('it is read without an error, and its pieces are the text', () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), (list, isCut) => {
        const joined = list.join('');
        const text = isCut ? joined.slice(0, joined.length / 2) : joined;
        const reference = readRoleReference(text, { callerAccountId: '111122223333', callerPartition: 'aws' });
        if (reference.kind === 'found' || reference.kind === 'needs-account-id') {
          expect(reference.changes.map((segment) => segment.text).join('')).toBe(text);
        }
        if (reference.kind === 'found') {
          expect(formatRoleArn(reference.partition, reference.accountId, reference.path, reference.roleName)).toBe(
            reference.arn,
          );
        }
      }),
      { numRuns: fuzzRuns(3_000) },
    );
  });

  // The longest text there may be, of what patterns repeat: one that backtracks does not end before the test's time limit.
  test.each([
    'arn:',
    'arn:aws:iam::',
    'arn:aws:iam::222233334444:role/a,',
    'arn:aws:iam::222233334444:role/',
    'a r n : ',
    'arn :r o l e / ',
    'rn:aws:iam::',
    'aws:',
    ' ',
    '\n',
    '\t \n',
    '"',
    '\\',
    '\\"',
    '&',
    '&#58;',
    '%3A',
    '.',
    '...',
    '_',
    '*',
    ',',
    ', ',
    '/',
    '//',
    'a/',
    'aA1/',
    'a.',
    'https://',
    'https://a.console.aws.amazon.com/',
    'https://console.aws.amazon.com/iam/home#/roles/',
    '](',
    'role: ',
    'role:a ',
    'role',
    'alias ',
    'external id ',
    '1',
    '2222 ',
    '2222-3333-4444 ',
    '222233334444 ',
    'AKIA ',
    'ASIAB\n',
    'akia',
    'a@',
    'Principal: { AWS: ',
    '{"a":',
    '[',
    '{',
    '<',
    '\u200b',
    '\u001b[',
    '\u001b[0m',
    '\ud800',
  ])('%j again and again', (piece) => {
    const text = piece.repeat(Math.floor(maximumPasteLength / piece.length));
    expect(readRoleReference(text)).toHaveProperty('kind');
    expect(readRoleReference(`${text.slice(0, -60)} x`)).toHaveProperty('kind');
  });
});
