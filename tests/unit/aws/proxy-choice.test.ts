import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkAsFound, networkSettingsSchema, type NetworkSettings } from '../../../core/domain/network';
import { NetworkSetupError } from '../../../main/aws/network-error';
import { proxyFor, type Variables } from '../../../main/aws/proxy-choice';

const sts = new URL('https://sts.eu-west-1.amazonaws.com');
const choose = (variables: Variables, url = sts, settings = networkAsFound) =>
  proxyFor(url, settings, variables)?.address;

describe('which proxy a request takes', () => {
  test.each<[string, Variables, string | undefined]>([
    ['nothing is set', {}, undefined],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128'],
    ['https_proxy comes first', { HTTPS_PROXY: 'http://p:3128', https_proxy: 'http://q:3128' }, 'http://q:3128'],
    ['HTTP_PROXY is for plain HTTP', { HTTP_PROXY: 'http://p:3128' }, undefined],
    ['without a scheme', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128'],
    ['with a password, which is not in the address', { HTTPS_PROXY: 'http://u:canary@p:3128' }, 'http://p:3128'],
    ['empty', { HTTPS_PROXY: ' ' }, undefined],
    ['NO_PROXY with the host', { HTTPS_PROXY: 'http://p', NO_PROXY: 'sts.eu-west-1.amazonaws.com' }, undefined],
    ['NO_PROXY with a domain above it', { HTTPS_PROXY: 'http://p', no_proxy: 'x, amazonaws.com' }, undefined],
    ['NO_PROXY with a dot', { HTTPS_PROXY: 'http://p', NO_PROXY: '.AMAZONAWS.com' }, undefined],
    ['NO_PROXY with a star', { HTTPS_PROXY: 'http://p', NO_PROXY: '*.amazonaws.com' }, undefined],
    ['NO_PROXY that is a star', { HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, undefined],
    ['NO_PROXY for the port', { HTTPS_PROXY: 'http://p', NO_PROXY: 'amazonaws.com:443' }, undefined],
    ['NO_PROXY for another port', { HTTPS_PROXY: 'http://p', NO_PROXY: 'amazonaws.com:8443' }, 'http://p'],
    ['NO_PROXY for a host that only ends alike', { HTTPS_PROXY: 'http://p', NO_PROXY: 'zonaws.com' }, 'http://p'],
    ['NO_PROXY of nothing', { HTTPS_PROXY: 'http://p', NO_PROXY: ' ,. ,' }, 'http://p'],
  ])('%s', (_name, variables, expected) => {
    expect(choose(variables)).toBe(expected);
  });

  test('plain HTTP takes HTTP_PROXY', () => {
    expect(choose({ HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://q:1' }, new URL('http://aws.example.com'))).toBe(
      'http://p:1',
    );
  });

  test.each([
    'http://localhost:4711',
    'https://127.0.0.1:1',
    'http://127.8.9.1',
    'http://[::1]:80',
    'http://a.localhost',
  ])('%s is reached straight', (url) => {
    expect(choose({ HTTPS_PROXY: 'http://p', HTTP_PROXY: 'http://p' }, new URL(url))).toBeUndefined();
  });

  test('settings: none, and this one with its own exceptions, whatever the environment says', () => {
    const variables = { HTTPS_PROXY: 'http://p', NO_PROXY: '*' };
    const mine: NetworkSettings = { ...networkAsFound, proxy: 'address', address: 'http://mine:8080' };
    expect(choose(variables, sts, { ...mine, proxy: 'none' })).toBeUndefined();
    expect(choose(variables, sts, mine)).toBe('http://mine:8080');
    expect(choose(variables, sts, { ...mine, direct: 'eu-west-1.amazonaws.com' })).toBeUndefined();
  });

  test('S-13 no words about a proxy repeat what may be its password', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', 'http://', 'socks5://', '://', 'file:///'), (text, scheme) => {
        const value = `${scheme}name:canary-5ecret${text}@proxy.example.com`;
        try {
          const proxy = proxyFor(sts, networkAsFound, { HTTPS_PROXY: value });
          expect(proxy?.address ?? '').not.toContain('canary');
        } catch (error) {
          expect(error).toBeInstanceOf(NetworkSetupError);
          expect(JSON.stringify([String(error), error])).not.toContain('canary');
        }
      }),
    );
  });
});

describe('network settings', () => {
  const problem = (change: object): string | undefined =>
    networkSettingsSchema.safeParse({ ...networkAsFound, ...change }).error?.issues[0]?.message;

  test.each(['http://proxy.example.com:8080', 'https://p', 'http://10.0.0.1:3128/', 'http://[fd00::1]:3128'])(
    '%s is a proxy',
    (address) => {
      expect(problem({ proxy: 'address', address })).toBeUndefined();
    },
  );

  test('S-15 a name or password is refused in words, and not repeated', () => {
    for (const address of ['http://ann:canary@p:1', 'http://ann@p', 'ann:canary@p']) {
      expect(problem({ proxy: 'address', address })).toMatch(/HTTPS_PROXY/);
      expect(problem({ proxy: 'address', address })).not.toContain('canary');
    }
  });

  test.each(['socks5://p:1', 'p:8080', 'http://', 'http://p/path', 'http://p:123456', 'http://a b', 'http://p?x=1'])(
    '%s is not',
    (address) => {
      expect(problem({ proxy: 'address', address })).toMatch(/looks like/);
    },
  );

  test('a proxy that is chosen has to be named', () => {
    expect(problem({ proxy: 'address' })).toBe('Say which proxy.');
  });
});
