import { describe, expect, it } from 'vitest';
import { isTrustedSender, type SenderFrame } from '../../main/security/ipc-sender';

const page = 'app://sallyport/index.html';
const main: SenderFrame = { url: page, parent: null, processId: 7, routingId: 1 };

describe('S-11 who may send', () => {
  it('the main frame of our own window, showing our page', () => {
    expect(isTrustedSender({ ...main }, [main])).toBe(true);
  });

  it.each<[string, SenderFrame | null | undefined]>([
    ['no frame', null],
    ['nothing', undefined],
    ['a frame that is gone', { ...main, detached: true }],
    ['a frame inside the page', { ...main, parent: main, routingId: 2 }],
    ['a frame inside the page with the numbers of its parent', { ...main, parent: main }],
    ['a window that is not ours', { ...main, routingId: 9 }],
    ['another process', { ...main, processId: 8 }],
    ['our window on another page', { ...main, url: 'https://example.org/' }],
    ['a host that begins like ours', { ...main, url: 'app://sallyport.evil/index.html' }],
    ['our host as a user name', { ...main, url: 'app://sallyport@evil/' }],
    ['a blank page', { ...main, url: 'about:blank' }],
    ['no address', { ...main, url: '' }],
  ])('not %s', (_what, frame) => {
    expect(isTrustedSender(frame, [main])).toBe(false);
  });

  it('nobody while there is no window', () => {
    expect(isTrustedSender(main, [])).toBe(false);
  });
});
