import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerRequest, registerAppScheme, requestedFile } from '../../main/security/app-protocol';
import { isAppUrl } from '../../main/security/origin';
import { fuzzRuns } from '../support/fuzz-runs';

let outside = '';
let folder = '';
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'sallyport-page-'));
  folder = join(outside, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outside, 'secret.html'), 'canary');
  writeFileSync(join(folder, 'index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'assets', 'index-a1.js'), 'run()');
  writeFileSync(join(folder, '.hidden.html'), 'canary');
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

describe('S-04 the scheme of our own', () => {
  it('is standard and secure, and gets no other privilege', () => {
    registerAppScheme({
      registerSchemesAsPrivileged: (schemes) => {
        expect(schemes).toEqual([
          {
            scheme: 'app',
            privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false, stream: false },
          },
        ]);
      },
    });
  });

  it.each([
    ['app://sallyport/index.html', true],
    ['app://sallyport/', true],
    ['app://sallyport.evil/', false],
    ['app://sallyport@evil/', false],
    ['app://evil/sallyport', false],
    ['app://sallyport:80/', false],
    ['app://user:pass@sallyport/', false],
    ['apps://sallyport/', false],
    ['https://sallyport/', false],
    ['file:///index.html', false],
    ['about:blank', false],
    ['', false],
    ['data:text/html,app://sallyport/', false],
    ['blob:app://sallyport/1', false],
  ])('S-07 %s is ours: %s', (address, ours) => {
    expect(isAppUrl(address)).toBe(ours);
  });
});

describe('S-05 what the protocol serves', () => {
  it.each([
    ['GET', 'app://sallyport/', 'index.html'],
    ['GET', 'app://sallyport/index.html', 'index.html'],
    ['GET', 'app://sallyport/index.html?x#y', 'index.html'],
    ['GET', 'app://sallyport/assets/index-a1.js', 'assets/index-a1.js'],
    ['POST', 'app://sallyport/index.html', 405],
    ['HEAD', 'app://sallyport/index.html', 405],
    ['get', 'app://sallyport/index.html', 405],
    ['GET', 'app://other/index.html', 403],
    ['GET', 'app://sallyport.evil/index.html', 403],
    ['GET', 'app://sallyport', 403],
    ['GET', 'app:/sallyport/index.html', 403],
    ['GET', 'file:///etc/passwd', 403],
    ['GET', 'app://sallyport/../secret.html', 400],
    ['GET', 'app://sallyport/%2e%2e/secret.html', 400],
    ['GET', 'app://sallyport/%2E%2E%2Fsecret.html', 400],
    ['GET', 'app://sallyport/..%2fsecret.html', 400],
    ['GET', 'app://sallyport/..%5csecret.html', 400],
    ['GET', 'app://sallyport/..\\secret.html', 400],
    ['GET', 'app://sallyport/assets/../../secret.html', 400],
    ['GET', 'app://sallyport//etc/passwd.html', 400],
    ['GET', 'app://sallyport/assets//index-a1.js', 400],
    ['GET', 'app://sallyport/index.html%00.js', 400],
    ['GET', 'app://sallyport/index\0.html', 400],
    ['GET', 'app://sallyport/.hidden.html', 400],
    ['GET', 'app://sallyport/assets/.hidden.html', 400],
    ['GET', 'app://sallyport/assets/', 400],
    ['GET', 'app://sallyport/C:/secret.html', 400],
    ['GET', 'app://sallyport/index.exe', 400],
    ['GET', 'app://sallyport/index', 400],
    ['GET', 'app://sallyport/%', 400],
  ])('%s %j → %s', (method, address, expected) => {
    expect(requestedFile(method, address)).toBe(expected);
  });

  it('never leads out of its folder, whatever the path', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '/',
      '\\',
      'a',
      'index.html',
      '\0',
      '%00',
      ':',
      '~',
      '?',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = requestedFile('GET', `app://sallyport/${pieces.join('')}`);
        if (typeof file === 'number') return;
        expect(resolve(folder, file).startsWith(folder + sep)).toBe(true);
        expect(file).not.toContain('%');
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('answers with the file, its type and the policy', async () => {
    const answer = await answerRequest({ method: 'GET', url: 'app://sallyport/assets/index-a1.js' }, folder);
    expect(answer.statusCode).toBe(200);
    expect(answer.data.toString()).toBe('run()');
    expect(answer.headers['Content-Type']).toContain('text/javascript');
    expect(answer.headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect(answer.headers['X-Content-Type-Options']).toBe('nosniff');
    expect(answer.headers['Cache-Control']).toBe('no-store');
  });

  it.each([
    ['GET', 'app://sallyport/missing.html', 404],
    ['GET', 'app://sallyport/../secret.html', 400],
    ['PUT', 'app://sallyport/index.html', 405],
    ['GET', 'app://evil/index.html', 403],
  ])('refuses %s %s with %i, an empty body and the policy', async (method, url, status) => {
    const answer = await answerRequest({ method, url }, folder);
    expect(answer.statusCode).toBe(status);
    expect(answer.data).toHaveLength(0);
    expect(answer.headers['Content-Security-Policy']).toContain("default-src 'none'");
  });
});
