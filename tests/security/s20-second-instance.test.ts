import fc from 'fast-check';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { becomeOnlyInstance, readSecondStart, type SecondStart } from '../../main/security/second-instance';
import { exchangeLink, longestLink, readExchangeLink } from '../../core/domain/exchange-link';
import { ArrivedFile } from '../../main/onboarding/arrived-file';
import { LinkHandler } from '../../main/shell/link-handler';
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
          else if (start.kind === 'open-link') expect(start.link).toMatch(/^sallyport:/i);
          else expect(start.path).toMatch(/^\/[^\0\r\n]*\.sallyport-(request|reply|revocation)\.json$/i);
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
    expect(becomeOnlyInstance(asApp, (start) => starts.push(start), false)).toBe(true);
    app.emit('second-instance', {}, ['electron', request]);
    expect(starts).toEqual([{ kind: 'open-file', path: request }]);
    app.requestSingleInstanceLock = () => false;
    expect(becomeOnlyInstance(asApp, () => undefined, false)).toBe(false);
    // no lock can be had where nothing can be written: that is no second one
    expect(becomeOnlyInstance(asApp, () => undefined, true)).toBe(true);
  });
});

const text = '{"kind":"sallyport-connection-request","note":"Müller & Söhne ↗ 100 %"}';
const link = exchangeLink(text) ?? '';

describe('S-20 links', () => {
  it('bring a text to where a file of the same content would be shown, and nothing else', () => {
    expect(link).toMatch(/^sallyport:\/\/open\?file=%7B/);
    expect(readExchangeLink(link)).toEqual({ ok: true, value: text });
    // as some systems write them
    expect(readExchangeLink(link.replace('open?', 'open/?').replace('sallyport', 'SALLYPORT'))).toMatchObject({
      ok: true,
    });
    expect(exchangeLink('x'.repeat(longestLink))).toBeUndefined();
    expect(readSecondStart(['electron', link])).toEqual({ kind: 'open-link', link });
    const arrived = new ArrivedFile(() => undefined);
    arrived.openLink(link);
    expect(arrived.take()).toEqual({ ok: true, value: { text } });
  });

  it.each([
    ['another act', 'sallyport://revoke?connection=1', /does not lead to anything/],
    ['a place of the window', 'sallyport://settings', /does not lead to anything/],
    ['nothing', 'sallyport:', /does not lead to anything/],
    ['no text', 'sallyport://open?file=', /does not lead to anything/],
    ['a second parameter', `${link}&start=1`, /does not lead to anything/],
    ['a fragment', `${link}#x`, /does not lead to anything/],
    ['a host with a user', link.replace('//', '//user@'), /does not lead to anything/],
    ['another host', link.replace('open', 'open.example.com'), /does not lead to anything/],
    ['a path', link.replace('open?', 'open/../x?'), /does not lead to anything/],
    ['a line break', `${link}\n--switch`, /does not lead to anything/],
    ['bytes that are no text', 'sallyport://open?file=%ff%fe', /damaged/],
    ['too much', `sallyport://open?file=${'a'.repeat(longestLink)}`, /too long/],
  ])('with %s are said to be none, and bring nothing', (_what, hostile, words) => {
    const arrived = new ArrivedFile(() => undefined);
    const start = readSecondStart(['electron', hostile]);
    if (start.kind !== 'open-link') throw new Error('It is one of our scheme');
    arrived.openLink(start.link);
    const taken = arrived.take();
    expect(taken).toMatchObject({ ok: true, value: { problem: { message: expect.stringMatching(words) as string } } });
    expect(taken.ok && taken.value.text).toBeUndefined();
  });

  it('wait in one place, however many come before anybody looks: the newest, and once', () => {
    let told = 0;
    const arrived = new ArrivedFile(() => (told += 1));
    for (let count = 0; count < 1000; count += 1) {
      arrived.openLink(exchangeLink(`{"count":${String(count)}}`) ?? '');
      arrived.open('/nowhere/tidewater.sallyport-request.json');
    }
    arrived.openLink(link);
    expect(arrived.isWaiting).toBe(true);
    expect(arrived.take()).toEqual({ ok: true, value: { text } });
    expect(arrived.isWaiting).toBe(false);
    expect(arrived.take()).toEqual({ ok: true, value: {} });
    expect(told).toBe(2003);
  });

  it('are one at a time, and never beside a file', () => {
    expect(readSecondStart(['electron', link, link])).toEqual(show);
    expect(readSecondStart(['electron', link, request])).toEqual(show);
    expect(readSecondStart(['electron', 'https://example.com/sallyport:'])).toEqual(show);
  });

  it('never throw, and give back what they were made of or words', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (any) => {
        for (const hostile of [any, `sallyport:${any}`, `sallyport://open?file=${any}`]) {
          const read = readExchangeLink(hostile);
          if (!read.ok) expect(read.error.whatToDo).not.toBe('');
        }
        const made = any === '' ? undefined : exchangeLink(any);
        if (made !== undefined) expect(readExchangeLink(made)).toEqual({ ok: true, value: any });
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  describe('are taken by an installed program', () => {
    const registry = (given: {
      readonly isPackaged?: boolean;
      readonly isOurs?: boolean;
      readonly takes?: boolean;
    }) => {
      const asked: string[] = [];
      const { isOurs = true, isPackaged = true, takes = true } = given;
      const app = {
        isPackaged,
        isDefaultProtocolClient: (scheme: string) => scheme === 'sallyport' && isOurs,
        setAsDefaultProtocolClient: (scheme: string) => asked.push(`set ${scheme}`) > 0 && takes,
        removeAsDefaultProtocolClient: (scheme: string) => asked.push(`remove ${scheme}`) > 0 && takes,
      };
      return { app, asked };
    };

    it('alone, each way by its own call, and what the system does not do is said', () => {
      const sources = registry({ isPackaged: false });
      const words = { ok: false, error: { kind: 'not-possible' } };
      expect(new LinkHandler(sources.app, true).set(true)).toMatchObject(words);
      expect(sources.asked).toEqual([]);
      const { app, asked } = registry({});
      const links = new LinkHandler(app, true);
      expect(links.set(true).ok).toBe(true);
      expect(asked).toEqual(['set sallyport']);
      expect(links.set(false).ok).toBe(true);
      expect(asked).toEqual(['set sallyport', 'remove sallyport']);
      const deaf = new LinkHandler(registry({ takes: false }).app, true);
      expect([deaf.set(true), deaf.set(false)]).toMatchObject([
        { ok: false, error: { whatToDo: expect.stringMatching(/deb or rpm/) as string } },
        { ok: false, error: { whatToDo: expect.stringMatching(/Choose another program/) as string } },
      ]);
    });

    it('and given back where a person gave them, not where the package did', () => {
      const byHand = registry({});
      expect(new LinkHandler(byHand.app, true).giveBack()).toBe(true);
      expect(byHand.asked).toEqual(['remove sallyport']);
      for (const [given, isByHand] of [
        [{}, false],
        [{ isOurs: false }, true],
      ] as const) {
        const { app, asked } = registry(given);
        expect(new LinkHandler(app, isByHand).giveBack()).toBe(true);
        expect(asked).toEqual([]);
      }
      expect(new LinkHandler(registry({ takes: false }).app, true).giveBack()).toBe(false);
    });
  });
});
