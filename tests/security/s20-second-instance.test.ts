import fc from 'fast-check';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { becomeOnlyInstance, readSecondStart, type SecondStart } from '../../main/security/second-instance';
import { fuzzRuns } from '../support/fuzz-runs';

const show = { kind: 'show' };
const request = '/home/someone/tidewater.sallyport-request.json';
const reply = '/home/someone/tidewater.sallyport-reply.json';
const revocation = '/home/someone/tidewater.sallyport-revocation.json';

describe('S-20 arguments of a second start', () => {
  it('may name one request or reply by its full path', () => {
    expect(readSecondStart(['electron', request])).toEqual({ kind: 'open-file', path: request });
    expect(readSecondStart(['electron', reply])).toEqual({ kind: 'open-file', path: reply });
    expect(readSecondStart(['electron', revocation])).toEqual({ kind: 'open-file', path: revocation });
    expect(readSecondStart(['electron', '--switch', request])).toEqual({ kind: 'open-file', path: request });
  });

  it.each([
    [undefined],
    [null],
    ['a string'],
    [{}],
    [[]],
    [['electron']],
    [[request]],
    [['electron', 'relative.sallyport-request.json']],
    [['electron', '/home/someone/other.json']],
    [['electron', '/home/../etc/x.sallyport-request.json']],
    [['electron', '/home/someone/x.sallyport-request.json\0.txt']],
    [['electron', '/home/a\nb.sallyport-request.json']],
    [['electron', request, request]],
    [['electron', request, reply]],
    [['electron', request, revocation]],
    [['electron', '/home/someone/sallyport-reply.json']],
    [['electron', `-${request}`]],
    [['electron', '--inspect', '--remote-debugging-port=1']],
    [['electron', 7, { length: 1 }]],
    [['electron', `/${'x'.repeat(5000)}.sallyport-request.json`]],
    [Array.from({ length: 65 }, () => request)],
  ])('%j only shows the window', (argv) => {
    expect(readSecondStart(argv)).toEqual(show);
  });

  it('never throws and never gives anything of another form', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.oneof(fc.string(), fc.anything())), (anything, list) => {
        for (const argv of [anything, ['electron', ...list]]) {
          const start = readSecondStart(argv);
          if (start.kind === 'show') expect(start).toEqual(show);
          else expect(start.path).toMatch(/^\/[^\0\r\n]*\.sallyport-(request|reply)\.json$/i);
        }
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('the first start stays and is told; the second one is told to quit', () => {
    const app = new EventEmitter() as EventEmitter & { requestSingleInstanceLock: () => boolean };
    app.requestSingleInstanceLock = () => true;
    const starts: SecondStart[] = [];
    const asApp = app as unknown as Parameters<typeof becomeOnlyInstance>[0];
    expect(becomeOnlyInstance(asApp, (start) => starts.push(start))).toBe(true);
    app.emit('second-instance', {}, ['electron', request]);
    expect(starts).toEqual([{ kind: 'open-file', path: request }]);
    app.requestSingleInstanceLock = () => false;
    expect(becomeOnlyInstance(asApp, () => undefined)).toBe(false);
  });
});
