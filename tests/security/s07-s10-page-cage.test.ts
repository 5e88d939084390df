import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { lockContents, lockNavigation } from '../../main/security/navigation';
import { denyPermissions } from '../../main/security/permissions';
import { filterRequests, isForbiddenRequest } from '../../main/security/request-filter';

type OpenHandler = (details: { url: string }) => { action: string };

class FakeContents extends EventEmitter {
  openHandler: OpenHandler | undefined;
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
  tries(event: string, url: string, ...rest: unknown[]): boolean {
    let prevented = false;
    this.emit(event, { url, preventDefault: () => (prevented = true) }, ...rest);
    return !prevented;
  }
}

function lockedContents(): { contents: FakeContents; refused: string[] } {
  const contents = new FakeContents();
  const refused: string[] = [];
  lockContents(contents as unknown as Parameters<typeof lockContents>[0], (what, address) =>
    refused.push(`${what} ${address}`),
  );
  return { contents, refused };
}

describe('S-07 navigation', () => {
  const elsewhere = [
    'https://example.org/',
    'app://sallyport/other.html',
    'app://sallyport/index.html?x',
    'app://sallyport/index.html?theme=dark&x',
    'app://sallyport/index.html?theme=',
    'app://sallyport/index.html?theme=pink',
    'app://sallyport/index.html?workspace=aws',
    'app://sallyport/index.html?theme=dark&workspace=other',
    'app://sallyport/index.html?theme=dark&workspace=aws#x',
    'app://sallyport.evil/index.html',
    'app://sallyport@evil/index.html',
    'file:///etc/passwd',
    'data:text/html,x',
    'about:blank',
    'javascript:alert(1)',
  ];

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s is refused for every other address',
    (event) => {
      const { contents, refused } = lockedContents();
      for (const address of elsewhere) expect(contents.tries(event, address), address).toBe(false);
      expect(refused).toHaveLength(elsewhere.length);
    },
  );

  it('the page may load itself again', () => {
    const { contents } = lockedContents();
    expect(contents.tries('will-navigate', 'app://sallyport/index.html')).toBe(true);
    expect(contents.tries('will-navigate', 'app://sallyport/index.html?theme=dark')).toBe(true);
    expect(contents.tries('will-navigate', 'app://sallyport/index.html?theme=system&workspace=aws')).toBe(true);
  });

  it('holds for every web contents that comes to be', () => {
    const app = new EventEmitter();
    lockNavigation(app as unknown as Parameters<typeof lockNavigation>[0], () => undefined);
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    expect(contents.tries('will-navigate', 'https://example.org/')).toBe(false);
  });
});

describe('S-08 new windows and webviews', () => {
  it('are refused, whatever their address', () => {
    const { contents, refused } = lockedContents();
    for (const url of ['https://example.org/', 'app://sallyport/index.html', 'about:blank', '']) {
      expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
    }
    expect(contents.tries('will-attach-webview', '', {}, { src: 'https://example.org/' })).toBe(false);
    expect(refused.at(-1)).toBe('webview https://example.org/');
  });
});

describe('S-09 permissions and devices', () => {
  class FakeSession extends EventEmitter {
    readonly handlers: Record<string, (...args: never[]) => unknown> = {};
    #keep(name: string) {
      return (handler: (...args: never[]) => unknown): void => void (this.handlers[name] = handler);
    }
    setPermissionRequestHandler = this.#keep('request');
    setPermissionCheckHandler = this.#keep('check');
    setDevicePermissionHandler = this.#keep('device');
    setDisplayMediaRequestHandler = this.#keep('display');
    setBluetoothPairingHandler = this.#keep('bluetooth');
    ask(name: string, ...args: unknown[]): unknown {
      return (this.handlers[name] as (...given: unknown[]) => unknown)(...args);
    }
  }
  const session = new FakeSession();
  const refused: string[] = [];
  denyPermissions(session as unknown as Parameters<typeof denyPermissions>[0], (name) => refused.push(name));

  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'clipboard-sanitized-write',
    'openExternal',
    'fullscreen',
    'unknown',
  ])('%s is refused when asked for and when looked up', (permission) => {
    const answers: boolean[] = [];
    session.ask('request', {}, permission, (granted: boolean) => answers.push(granted));
    expect(answers).toEqual([false]);
    expect(session.ask('check', {}, permission)).toBe(false);
    expect(refused).toContain(permission);
  });

  it('no device, screen or Bluetooth pairing is given', () => {
    expect(session.ask('device', { deviceType: 'hid' })).toBe(false);
    const given: unknown[] = [];
    session.ask('display', {}, (streams: unknown) => given.push(streams));
    session.ask('bluetooth', {}, (answer: unknown) => given.push(answer));
    expect(given).toEqual([{}, { confirmed: false }]);
  });

  it.each([
    ['select-hid-device', [{}], null],
    ['select-serial-port', [[], {}], ''],
    ['select-usb-device', [{}], undefined],
  ])('%s chooses nothing', (event, rest, nothing) => {
    let prevented = false;
    const chosen: unknown[] = [];
    session.emit(event, { preventDefault: () => (prevented = true) }, ...rest, (choice: unknown) =>
      chosen.push(choice),
    );
    expect(prevented).toBe(true);
    expect(chosen).toEqual([nothing]);
  });

  it('nothing is downloaded', () => {
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });
});

describe('S-10 requests of the page', () => {
  it.each([
    ['app://sallyport/assets/index.js', false],
    ['https://example.org/', true],
    ['http://127.0.0.1:8080/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['data:text/plain,x', true],
    ['blob:app://sallyport/1', true],
    ['app://other/', true],
    ['devtools://devtools/bundled/inspector.html', true],
    ['chrome://gpu', true],
  ])('%s is cancelled when packaged: %s', (address, cancelled) => {
    expect(isForbiddenRequest(address, true)).toBe(cancelled);
  });

  it('developer tools may load themselves in development', () => {
    expect(isForbiddenRequest('devtools://devtools/bundled/inspector.html', false)).toBe(false);
    expect(isForbiddenRequest('https://example.org/', false)).toBe(true);
  });

  it('the filter is asked about every address', () => {
    type Listener = (details: { url: string }, answer: (given: { cancel: boolean }) => void) => void;
    let listener: Listener | undefined;
    const session = { webRequest: { onBeforeRequest: (given: Listener) => (listener = given) } };
    filterRequests(session as unknown as Parameters<typeof filterRequests>[0], true, () => undefined);
    const answers: boolean[] = [];
    listener?.({ url: 'https://example.org/' }, ({ cancel }) => answers.push(cancel));
    listener?.({ url: 'app://sallyport/index.html' }, ({ cancel }) => answers.push(cancel));
    expect(answers).toEqual([true, false]);
  });
});
