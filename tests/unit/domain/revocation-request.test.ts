import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConnectionRequest } from '../../../core/domain/connection-request';
import {
  maximumRevocationRequestBytes,
  readRevocationRequest,
  saysItIsRevocationRequest,
  writeRevocationRequest,
  type RevocationRequest,
} from '../../../core/domain/revocation-request';
import { fuzzRuns } from '../../support/fuzz-runs';

const request: RevocationRequest = {
  kind: 'sallyport-revocation-request',
  version: 1,
  askedAt: 1_795_356_000_000,
  askedBy: 'Jo of Tidewater',
  roleArn: 'arn:aws:iam::444455556666:role/deploy/TidewaterDeploy',
  roleName: 'TidewaterDeploy',
  accountId: '444455556666',
  region: 'eu-west-1',
  way: 'quarantine',
  why: 'A laptop was stolen; ticket 4711 – “urgent”.',
};
const { kind: _kind, version: _version, ...given } = request;

function refusal(value: unknown): string {
  const answer = readRevocationRequest(typeof value === 'string' ? value : JSON.stringify(value));
  if (answer.ok) throw new Error('Expected a refusal, the request was read');
  expect(answer.error.whatToDo).not.toBe('');
  return answer.error.message;
}

describe('S-20 reading a request to take a role back', () => {
  it.each([
    given,
    { ...given, why: '' },
    { ...given, way: 'delete-stack' as const, stack: { name: 'Tidewater-Deploy', region: 'eu-west-1' } },
  ])('reads what was written, without an external ID', (one) => {
    const written = writeRevocationRequest(one);
    if (!written.ok) throw new Error(written.error.message);
    expect(readRevocationRequest(written.value)).toEqual({
      ok: true,
      value: { ...one, kind: request.kind, version: 1 },
    });
    expect(readRevocationRequest(`\ufeff\r\n${written.value}`).ok).toBe(true);
    expect(saysItIsRevocationRequest(written.value)).toBe(true);
    expect(written.value).not.toMatch(/external/i);
  });

  it('writes nothing but what belongs to it', () => {
    const more = { ...given, externalId: '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5' };
    const written = writeRevocationRequest(more);
    expect(JSON.stringify(written)).not.toContain('9f6c2f0e');
    const refused = writeRevocationRequest({ ...given, why: 'the key is AKIAIOSFODNN7EXAMPLE' });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'secret-refused' } });
    expect(JSON.stringify(refused)).not.toContain('AKIA');
  });

  it.each([
    ['prose', 'Please delete it', 'not JSON'],
    ['half a file', JSON.stringify(request).slice(0, 90), 'not JSON'],
    ['another file', { ...request, kind: 'sallyport-connection-request' }, 'not a request to take a role back'],
    ['a newer one', { ...request, version: 2 }, 'newer Sallyport'],
    ['an external ID', { ...request, externalId: 'x' }, 'a field that no request has'],
    ['a script', { ...request, script: 'rm -rf /' }, 'a field that no request has'],
    ['a user', { ...request, roleArn: 'arn:aws:iam::444455556666:user/TidewaterDeploy' }, 'does not name a role'],
    ['another account', { ...request, accountId: '111122223333' }, 'two things'],
    ['another name', { ...request, roleName: 'TidewaterRead' }, 'two things'],
    ['an unknown way', { ...request, way: 'rotate' }, 'field way'],
    ['a stack that nobody needs', { ...request, stack: { name: 'a', region: 'eu-west-1' } }, 'does not say how'],
    ['a stack that is not named', { ...request, way: 'delete-stack' }, 'does not say how'],
    [
      'a stack that is a command',
      { ...request, way: 'delete-stack', stack: { name: 'a;b', region: 'eu-west-1' } },
      'field stack',
    ],
    ['a Region that is none', { ...request, region: 'here' }, 'field region'],
    ['a long reason', { ...request, why: 'x'.repeat(301) }, 'field why'],
    ['a reason of two lines', { ...request, why: 'a\nb' }, 'field why'],
    ['a reason that reads backwards', { ...request, why: 'a\u202eb' }, 'changed by hand'],
    ['nobody', { ...request, askedBy: '  ' }, 'field askedBy'],
    ['a prototype', JSON.stringify(request).replace('{', '{"__proto__":{},'), 'changed by hand'],
    ['too much', `${JSON.stringify(request)}${' '.repeat(maximumRevocationRequestBytes)}`, 'too large'],
  ])('says in words what is wrong with %s', (_name, value, words) => {
    expect(refusal(value)).toContain(words);
  });

  it('never throws, and what is read is exactly what was looked at', () => {
    const field = (sound: unknown) => fc.oneof({ weight: 3, arbitrary: fc.constant(sound) }, fc.anything());
    const value = fc.record(Object.fromEntries(Object.entries(request).map(([key, sound]) => [key, field(sound)])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          value.map((one) => JSON.stringify(one)),
        ),
        (text) => {
          const answer = readRevocationRequest(text);
          if (answer.ok) expect(JSON.parse(text)).toEqual(answer.value);
          expect(typeof saysItIsRevocationRequest(text)).toBe('boolean');
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('is no connection request, and the other way round', () => {
    expect(readConnectionRequest(JSON.stringify(request)).ok).toBe(false);
    expect(saysItIsRevocationRequest(JSON.stringify({ ...request, kind: 'sallyport-connection-request' }))).toBe(false);
  });
});
