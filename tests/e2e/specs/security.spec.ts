import { createServer } from 'node:http';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { credentialProcessExits } from '../../../core/domain/credential-process';
import { callNames, eventNames } from '../../../core/contract/names';
import { runApp } from '../support/app-process';
import { connectInPractice, heading, place } from '../screens/places';
import { filesHolding } from '../support/files';
import { expect, test } from '../support/fixture';
import { textsInMemory } from '../support/process-memory';

/** What a page that was taken over might try. Runs in the page; answers with what it got, in words. */
type Exposed = {
  readonly calls: Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  readonly on: Record<string, unknown>;
};

test('S-01 the live web preferences are the safe ones', async ({ sallyport }) => {
  const preferences = await sallyport.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    allowRunningInsecureContent: false,
    webviewTag: false,
  });
});

test('S-02 the page has nothing of Node, and of ours exactly the contract', async ({ window }) => {
  const found = await window.evaluate(() => ({
    node: ['require', 'process', 'Buffer', 'global', 'module', '__dirname', 'setImmediate'].filter(
      (name) => name in globalThis,
    ),
    exposed: (() => {
      const { calls, on } = (globalThis as unknown as { sallyport: Exposed }).sallyport;
      return {
        top: Object.keys((globalThis as unknown as { sallyport: object }).sallyport).sort(),
        calls: Object.fromEntries(Object.entries(calls).map(([feature, methods]) => [feature, Object.keys(methods)])),
        on: Object.keys(on),
      };
    })(),
  }));
  expect(found.node).toEqual([]);
  expect(found.exposed).toEqual({ top: ['calls', 'on'], calls: callNames, on: eventNames });
});

test('S-03 listeners get the payload and nothing that leads to IPC', async ({ window }) => {
  const received = window.evaluate(
    () =>
      new Promise<unknown[]>((resolve) => {
        const { on } = (
          globalThis as unknown as {
            sallyport: { on: Record<string, (listener: (...given: unknown[]) => void) => void> };
          }
        ).sallyport;
        on['changed']?.((...given) =>
          resolve(given.map((one) => (typeof one === 'object' && one !== null ? Object.keys(one) : one))),
        );
      }),
  );
  await window.evaluate(() => {
    const { calls } = (globalThis as unknown as { sallyport: Exposed }).sallyport;
    return calls['app']?.['setTheme']?.({ theme: 'dark' });
  });
  const arguments_ = await received;
  expect(arguments_).toHaveLength(1);
  expect(arguments_[0]).not.toContain('sender');
});

test('S-04 the page comes from app:// and its origin is opaque to nobody else', async ({ window }) => {
  expect(
    await window.evaluate(() => ({ origin: location.origin, secure: isSecureContext, protocol: location.protocol })),
  ).toEqual({
    origin: 'app://sallyport',
    secure: true,
    protocol: 'app:',
  });
});

test('S-05 the protocol leads to no file but its own', async ({ sallyport }) => {
  const answers = await sallyport.app.evaluate(async ({ session }) => {
    const page = session.fromPartition('sallyport');
    const status = async (address: string, method = 'GET'): Promise<number> => {
      try {
        return (await page.fetch(address, { method, bypassCustomProtocolHandlers: false })).status;
      } catch {
        return 0;
      }
    };
    return {
      page: await status('app://sallyport/index.html'),
      post: await status('app://sallyport/index.html', 'POST'),
      up: await status('app://sallyport/%2e%2e/main/index.js'),
      encoded: await status('app://sallyport/..%2fmain%2findex.js'),
      host: await status('app://other/index.html'),
    };
  });
  // Chromium itself folds %2e%2e away before we are asked: what is left is not in the folder.
  expect(answers).toEqual({ page: 200, post: 405, up: 404, encoded: 400, host: 403 });
});

test.describe('S-06 the content security policy', () => {
  test('an inline script, a handler, eval and foreign markup do not run', async ({ sallyport, window }) => {
    const ran = await window.evaluate(async () => {
      const marks = globalThis as unknown as Record<string, unknown>;
      const attempt = (act: () => void): void => {
        try {
          act();
        } catch {
          // refused by trusted types or by the policy: as it should be
        }
      };
      // What a test evaluates may use eval until its first pause: from here on it is like any script of the page.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      attempt(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineRan = true';
        document.body.append(script);
      });
      attempt(() => {
        const button = document.createElement('button');
        button.setAttribute('onclick', 'globalThis.handlerRan = true');
        document.body.append(button);
        button.click();
        button.remove();
      });
      attempt(() => {
        // eslint-disable-next-line no-eval -- the attempt is the test
        (0, eval)('globalThis.evalRan = true');
      });
      attempt(() => {
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="globalThis.markupRan = true">');
      });
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return ['inlineRan', 'handlerRan', 'evalRan', 'markupRan'].filter((name) => marks[name] === true);
    });
    expect(ran).toEqual([]);
    expect(sallyport.problems.some((problem) => /Content Security Policy|Trusted/.test(problem))).toBe(true);
    sallyport.problems.length = 0;
  });
});

test('S-07 S-08 the page goes nowhere and opens nothing', async ({ sallyport, window }) => {
  const before = window.url();
  for (const address of [
    'https://example.org/',
    'file:///etc/passwd',
    'app://sallyport/other.html',
    'data:text/html,x',
  ]) {
    await window.evaluate((to) => {
      location.href = to;
    }, address);
    await window.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
  }
  const opened = await window.evaluate(() => [
    globalThis.open('https://example.org/') === null,
    globalThis.open('app://sallyport/index.html') === null,
  ]);
  expect(opened).toEqual([true, true]);
  await window.evaluate(() => document.body.append(document.createElement('webview')));
  expect(window.url()).toBe(before);
  const contents = await sallyport.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => one.getType()),
  );
  expect(contents).toEqual(['window']);
  sallyport.problems.length = 0;
});

test('S-09 the page gets no permission and no device', async ({ sallyport, window }) => {
  const answers = await window.evaluate(async () => {
    const refused = async (act: () => Promise<unknown>): Promise<boolean> =>
      act().then(
        () => false,
        () => true,
      );
    return {
      clipboard: await refused(() => navigator.clipboard.readText()),
      writing: await refused(() => navigator.clipboard.writeText('x')),
      camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
      notifications: await Notification.requestPermission(),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve(false),
          () => resolve(true),
        ),
      ),
    };
  });
  expect(answers).toEqual({
    clipboard: true,
    writing: true,
    camera: true,
    screen: true,
    notifications: 'denied',
    place: true,
  });
  sallyport.problems.length = 0;
});

test('S-10 the page reaches no server, not even on this computer', async ({ sallyport, window }) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const failures = await window.evaluate(async (to) => {
    const image = (): Promise<boolean> =>
      new Promise((resolve) => {
        const element = new Image();
        element.onload = () => resolve(false);
        element.onerror = () => resolve(true);
        element.src = `${to}/x.png`;
      });
    const socket = (): Promise<boolean> =>
      new Promise((resolve) => {
        try {
          const made = new WebSocket(to.replace('http', 'ws'));
          made.onopen = () => resolve(false);
          made.onerror = () => resolve(true);
        } catch {
          resolve(true);
        }
      });
    return [
      await fetch(to).then(
        () => false,
        () => true,
      ),
      await image(),
      await socket(),
      !navigator.sendBeacon(to, 'x'),
    ];
  }, `http://127.0.0.1:${port}`);
  await new Promise((resolve) => server.close(resolve));
  expect(failures.slice(0, 3)).toEqual([true, true, true]);
  expect(asked).toBe(0);
  sallyport.problems.length = 0;
});

test('S-11 a frame inside the page has no bridge, and main hears no frame but the page', async ({
  sallyport,
  window,
}) => {
  const bridges = await window.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const inside = (frame.contentWindow as unknown as { sallyport?: unknown } | null)?.sallyport;
    frame.remove();
    return typeof inside;
  });
  expect(bridges).toBe('undefined');
  const foreign = await sallyport.app.evaluate(({ ipcMain }) =>
    // Electron itself listens for 'error'.
    ipcMain.eventNames().filter((name) => name !== 'error'),
  );
  expect(foreign, 'no listener but the handlers of the contract').toEqual([]);
  sallyport.problems.length = 0;
});

test('S-13 no credential of a session is in the memory of the page that shows it, nor in a file', async ({
  sallyport,
  window,
}) => {
  await connectInPractice(window);
  await window.getByRole('button', { name: 'Done' }).click();
  await window.getByRole('button', { name: 'Copy environment' }).click();
  await expect(window.getByText('Environment copied for bash')).toBeVisible();
  const copied = await sallyport.app.evaluate(({ clipboard }) => clipboard.readText());
  const secrets = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map(
    (name) => new RegExp(`${name}='([^']{20,})'`).exec(copied)?.[1] ?? '',
  );
  expect(secrets.map(({ length }) => length > 30)).toEqual([true, true]);
  for (const name of ['Connections', 'Activity', 'Settings', 'Sessions'] as const) {
    await place(window, name).click();
    await heading(window, name).waitFor();
  }
  const pageProcess = await sallyport.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );
  // what is in the page is found there: both a text of its scripts and one of its document
  const planted = await window.evaluate(() => {
    const [mine, shown] = ['script', 'document'].map((of) => `canary-${of}-${crypto.randomUUID()}`);
    (globalThis as unknown as { canary: unknown }).canary = { mine };
    document.body.append(Object.assign(document.createElement('p'), { hidden: true, textContent: shown }));
    return [mine ?? '', shown ?? ''];
  });
  expect([...textsInMemory(pageProcess, planted)].sort()).toEqual([...planted].sort());
  expect(textsInMemory(pageProcess, secrets)).toEqual([]);
  for (const secret of secrets) expect(filesHolding(sallyport.home, secret)).toEqual([]);
});

test('S-15 without a session bus the app says that there is no keychain', async ({ launch }) => {
  const { page, problems } = await launch({ keychain: false });
  const state = await page.evaluate(async () => {
    const { calls } = (globalThis as unknown as { sallyport: Exposed }).sallyport;
    return calls['app']?.['retryKeychain']?.({});
  });
  expect(state).toMatchObject({ ok: true, value: { state: 'unavailable', error: { kind: 'keychain-absent' } } });
  expect(problems).toEqual([]);
});

test('S-19 the page leaves nothing on the disk', async ({ sallyport, window }) => {
  await window.evaluate(() => {
    localStorage.setItem('canary', 'canary');
    document.cookie = 'canary=canary';
  });
  await sallyport.close();
  const kept = readdirSync(sallyport.userData, { recursive: true }).map(String);
  expect(kept.filter((name) => name.includes(join('Partitions', 'sallyport')))).toEqual([]);
});

test('S-20 a second start hands over and ends, and what it says is not obeyed', async ({ sallyport }) => {
  const args = ['--open', '/etc/passwd'];
  expect(await runApp({ home: sallyport.home, args })).toBe(0);
  const windows = await sallyport.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

test('S-20 a start that answers a tool opens nothing beside the app, and says by its status what it did not find', async ({
  sallyport,
}) => {
  const args = ['--credential-process', '/etc/passwd'];
  expect(await runApp({ home: sallyport.home, args })).toBe(credentialProcessExits['unknown-profile']);
  const windows = await sallyport.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});
