import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  maximumReplyBytes,
  readConnectionReply,
  saysItIsReply,
  writeConnectionReply,
  type ConnectionReply,
} from '../../../core/domain/connection-reply';
import { readConnectionRequest } from '../../../core/domain/connection-request';
import { exchangeSecret } from '../../../core/domain/exchange-file';
import { fuzzRuns } from '../../support/fuzz-runs';

const reply: ConnectionReply = {
  kind: 'sallyport-connection-reply',
  version: 1,
  createdAt: 1_790_000_000_000,
  externalId: '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5',
  accountId: '444455556666',
  roleArn: 'arn:aws:iam::444455556666:role/deploy/TidewaterDeploy',
  madeWith: 'automatic',
};

function refusal(value: unknown): string {
  const answer = readConnectionReply(typeof value === 'string' ? value : JSON.stringify(value));
  if (answer.ok) throw new Error('Expected a refusal, the reply was read');
  expect(answer.error.whatDidNotChange).toContain('nothing was created');
  expect(answer.error.whatToDo).not.toBe('');
  return answer.error.message;
}

describe('S-20 reading a reply', () => {
  it('reads one that Sallyport made', () => {
    const { kind: _kind, version: _version, ...given } = reply;
    const written = writeConnectionReply(given);
    if (!written.ok) throw new Error(written.error.message);
    expect(readConnectionReply(written.value)).toEqual({ ok: true, value: reply });
    expect(readConnectionReply(`\ufeff\r\n${written.value}`).ok).toBe(true);
    expect(saysItIsReply(written.value)).toBe(true);
  });

  it.each([
    ['prose', 'Done!', 'not JSON'],
    ['half a file', JSON.stringify(reply).slice(0, 90), 'not JSON'],
    ['a list', '[]', 'not a reply'],
    ['null', 'null', 'not a reply'],
    ['a request', { ...reply, kind: 'sallyport-connection-request' }, 'not a reply'],
    ['a newer one', { ...reply, version: 2, more: true }, 'newer Sallyport'],
    ['an impossible version', { ...reply, version: -1 }, 'field version'],
    ['an unknown field', { ...reply, onOpen: 'test' }, 'a field that no reply has'],
    ['an external ID that was thought up', { ...reply, externalId: 'tidewater' }, 'field externalId'],
    ['no role', { ...reply, roleArn: undefined }, 'field roleArn'],
    ['a user', { ...reply, roleArn: 'arn:aws:iam::444455556666:user/somebody' }, 'does not name a role'],
    ['a session', { ...reply, roleArn: 'arn:aws:sts::444455556666:assumed-role/a/b' }, 'does not name a role'],
    ['all roles', { ...reply, roleArn: 'arn:aws:iam::444455556666:role/*' }, 'does not name a role'],
    ['a role of elsewhere', { ...reply, accountId: '111122223333' }, 'another account than its own'],
    [
      'a look-alike letter',
      { ...reply, roleArn: 'arn:aws:iam::444455556666:role/D\u0435ploy' },
      'does not name a role',
    ],
    ['a hidden letter', { ...reply, roleArn: 'arn:aws:iam::444455556666:role/De\u200bploy' }, 'changed by hand'],
    ['another way', { ...reply, madeWith: 'magic' }, 'field madeWith'],
    ['too large', `${JSON.stringify(reply)}${' '.repeat(maximumReplyBytes)}`, 'too large'],
    ['nested very deeply', `${'['.repeat(8000)}${']'.repeat(8000)}`, 'not a reply'],
    ['a prototype', JSON.stringify(reply).replace('{', '{"__proto__":{},'), 'changed by hand'],
  ])('says in words what is wrong with %s', (_name, value, words) => {
    expect(refusal(value)).toContain(words);
  });

  it('never throws, and what is read is exactly what was looked at', () => {
    const value = fc.oneof(
      fc.anything(),
      fc.record(
        Object.fromEntries(
          Object.entries(reply).map(([key, sound]) => [key, fc.oneof(fc.constant(sound), fc.anything())]),
        ),
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          value.map((one) => JSON.stringify(one) ?? ''),
        ),
        (text) => {
          const answer = readConnectionReply(text);
          if (answer.ok) expect(JSON.parse(text)).toEqual(answer.value);
          expect(typeof saysItIsReply(text)).toBe('boolean');
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('tells a reply from a request, either way', () => {
    const request = JSON.stringify({ ...reply, kind: 'sallyport-connection-request' });
    expect(saysItIsReply(request)).toBe(false);
    expect(readConnectionRequest(JSON.stringify(reply)).ok).toBe(false);
  });
});

describe('S-28 a reply with a credential in it', () => {
  it.each([
    { ...reply, note: 'AKIAIOSFODNN7EXAMPLE' },
    { ...reply, roleArn: 'arn:aws:iam::444455556666:role/wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    { ...reply, AKIAIOSFODNN7EXAMPLE: true },
  ])('is refused whole, and never repeated', (value) => {
    const answer = readConnectionReply(JSON.stringify(value));
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).not.toMatch(/AKIA|wJalr/);
  });

  it('is stopped before anybody knows what it is, also when its letters are escaped', () => {
    const text = JSON.stringify({ note: 'AKIAIOSFODNN7EXAMPLE' });
    expect(exchangeSecret(text)?.kind).toBe('secret-refused');
    expect(exchangeSecret(text.replace('AKIA', String.raw`\u0041KIA`))?.kind).toBe('secret-refused');
    expect(exchangeSecret(JSON.stringify(reply))).toBeUndefined();
    expect(exchangeSecret('prose')).toBeUndefined();
  });
});
