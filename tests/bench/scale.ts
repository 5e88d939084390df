import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, type WebContents } from 'electron';
import type { Connection } from '../../core/domain/connection';
import { connectionsCollection } from '../../main/connections/connections';
import { openCollection } from '../../main/store/file-collection';
import { scaleMark } from './mark';
import { customerConnection } from './stored-data';

/**
 * The list of connections as a person meets it: from the press in the sidebar to the first rows, and from each letter of a
 * search to the frame that shows what it found. Milliseconds.
 */
const watchList = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const until = async (find) => {
    for (const begun = performance.now(); performance.now() - begun < 30_000;) {
      const found = find();
      if (found) return found;
      await frame();
    }
    throw new Error('Not there: ' + find.toString() + ' in ' + document.body.innerText.slice(0, 400));
  };
  const rows = () => document.querySelectorAll('[role="grid"] [data-index]');
  const press = (one) => {
    one.focus();
    for (const type of ['keydown', 'keyup']) {
      one.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
    }
  };
  const place = await until(() => [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith('Connections')));
  await new Promise((done) => setTimeout(done, 1500));
  const visit = async () => {
    const begun = performance.now();
    press(place);
    await until(() => rows().length > 0);
    return performance.now() - begun;
  };
  const firstMs = await visit();
  await new Promise((done) => setTimeout(done, 1500));
  const search = document.querySelector('input[type="search"]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const grid = () => document.querySelector('[role="grid"]')?.getAttribute('aria-label') ?? '';
  // a message that is sent in a frame arrives once that frame is painted
  const painted = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done();
        channel.port2.postMessage(0);
      }),
    );
  const changed = (before) =>
    new Promise((done) => {
      const watcher = new MutationObserver(() => {
        if (grid() === before) return;
        watcher.disconnect();
        done();
      });
      watcher.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] });
    });
  const letters = [];
  const texts = ['9', '99', '998', '99', 'tidewater 4', 'tidewater 44', 'tidewater 4', 'tidewater 45', '7', ''];
  for (const text of texts) {
    const before = grid();
    const begun = performance.now();
    // how many there are is the name of the table: it is over when another number is on the screen
    const found = changed(before).then(painted);
    set.call(search, text);
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await found;
    letters.push(performance.now() - begun);
    await new Promise((done) => setTimeout(done, 150));
  }
  return { firstMs, letters, drawn: rows().length };
})()`;

export type Scale = {
  readonly firstMs: number;
  readonly letters: readonly number[];
  /** rows in the document */
  readonly drawn: number;
  /** one connection changed, by how many there are */
  readonly writes: readonly { readonly count: number; readonly ms: number; readonly openMs: number }[];
};

const turns = 100;

/** What it costs to write one connection, and to open them all, on this disk. */
function measureWrites(): Scale['writes'] {
  return [100, 1_000, 10_000].map((count) => {
    const directory = mkdtempSync(join(tmpdir(), 'sallyport-bench-store-'));
    const place = { directory, now: () => Date.now() };
    const put = Array.from({ length: count }, (_, index) => customerConnection(index, Date.now()));
    openCollection(connectionsCollection, place).change({ put });
    const begun = performance.now();
    const collection = openCollection(connectionsCollection, place);
    const openMs = performance.now() - begun;
    const took = Array.from({ length: turns }, (_, index) => {
      const one = { ...(put[index % count] as Connection), name: `Tidewater ${String(index)}` };
      const start = performance.now();
      const written = collection.change({ put: [one] });
      if (!written.ok) throw new Error(written.error.message);
      return performance.now() - start;
    });
    rmSync(directory, { recursive: true, force: true });
    return { count, ms: took.sort((a, b) => a - b)[turns / 2] ?? 0, openMs };
  });
}

/** Said on standard output once it is measured. */
export function reportScale(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.once('dom-ready', () => {
      void watch(contents).catch((error: unknown) => process.stderr.write(`bench: ${String(error)}\n`));
    });
  });
}

async function watch(contents: WebContents): Promise<void> {
  const list = (await contents.executeJavaScript(watchList)) as Omit<Scale, 'writes'>;
  const scale: Scale = { ...list, writes: measureWrites() };
  process.stdout.write(`${scaleMark} ${JSON.stringify(scale)}\n`);
}
