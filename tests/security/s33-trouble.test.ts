import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../support/manual-clock';
import { must } from '../support/must';
import {
  announcementPath as announcement,
  installer,
  installerName as name,
  updateFeed,
  type UpdateFeed,
} from '../support/update-feed';

let feed: UpdateFeed;
beforeEach(async () => {
  feed = await updateFeed();
});
afterEach(async () => {
  await feed.down();
  rmSync(feed.folder, { recursive: true, force: true });
});

describe('S-33 updates, where something is in the way,', () => {
  it('go by the certificates of the settings, and say in words that there is no network', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    const strange = feed.made({ trusts: false });
    const refused = await strange.handlers.look({});
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/place of updates.*not secure/) as string },
    });
    expect(JSON.stringify(refused)).not.toContain('AWS');
    expect((await strange.view()).state.kind).toBe('not-asked');
    await feed.down();
    expect(await feed.made().handlers.look({})).toMatchObject({
      ok: false,
      error: {
        ...{ kind: 'unreachable', retryable: true, message: 'Nothing answers at the place of updates.' },
        whatToDo: 'Check the network, then try again.',
      },
    });
  });

  it('leave no answer open that is of no use', async () => {
    const endless = (status: number) => (response: ServerResponse) => {
      response.writeHead(status);
      const drip = setInterval(() => response.write(Buffer.alloc(100_000, 'x')), 5);
      response.once('close', () => clearInterval(drip));
    };
    const { handlers, view } = feed.made();
    for (const status of [404, 200]) {
      feed.served.set(announcement, endless(status));
      expect(await handlers.look({})).toMatchObject({ ok: false });
      await vi.waitUntil(() => feed.answering.size === 0, 5000);
    }
    feed.served.set(announcement, feed.announced('0.2.0'));
    must(await handlers.look({}));
    for (const [status, words] of [
      [404, /it answered 404/],
      [200, /not the one that the publisher has signed/],
    ] as const) {
      feed.served.set(`/updates/${name}`, endless(status));
      expect(await handlers.load({})).toMatchObject({ ok: false });
      expect((await view()).failed).toMatchObject({
        at: 'load',
        error: { message: expect.stringMatching(words) as string },
      });
      await vi.waitUntil(() => feed.answering.size === 0, 5000);
    }
    expect(feed.loadedFiles()).toEqual([]);
  });

  it('that stop coming are given up in words, and what had come is deleted', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    let said: ServerResponse | undefined;
    feed.served.set(`/updates/${name}`, (response) => {
      said = response;
      response.write(installer.subarray(0, 1000));
    });
    const clock = new ManualClock();
    const { handlers, view } = feed.made({ clock });
    must(await handlers.look({}));
    const loading = handlers.load({});
    const loaded = async () => {
      const { state } = await view();
      return state.kind === 'loading' ? state.loaded : undefined;
    };
    await vi.waitUntil(() => feed.loadedFiles().includes(`${name}.part`), 5000);
    await vi.waitUntil(() => statSync(join(feed.folder, 'downloads', `${name}.part`)).size === 1000, 5000);
    clock.advance(20_000);
    said?.write(installer.subarray(1000, 1001));
    await vi.waitUntil(async () => (await loaded()) === 1001, 5000);
    clock.advance(29_000);
    expect(await loaded()).toBe(1001);
    clock.advance(1000);
    expect(await loading).toMatchObject({
      ok: false,
      error: {
        ...{ kind: 'timed-out', message: 'For 30 seconds nothing came from the place of updates.', retryable: true },
        whatDidNotChange: expect.stringMatching(/^What had come was deleted\. Nothing was loaded/) as string,
      },
    });
    expect(await view()).toMatchObject({ state: { kind: 'newer' }, failed: { at: 'load' } });
    expect(feed.loadedFiles()).toEqual([]);
    await vi.waitUntil(() => feed.answering.size === 0, 5000);

    // of what is said of them all is to be there in time
    feed.served.set(announcement, (response) => void response.write('{'));
    const looking = handlers.look({});
    await vi.waitUntil(() => feed.answering.has(announcement), 5000);
    clock.advance(20_000);
    expect(await looking).toMatchObject({
      ok: false,
      error: { kind: 'timed-out', message: 'The place of updates did not answer in time.' },
    });
  });

  it('leave no part of a file at the end of the app, and are forgotten with everything, loaded or under way', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    feed.served.set(`/updates/${name}`, (response) => void response.write(installer.subarray(0, 1000)));
    for (const how of ['end', 'forget'] as const) {
      const { handlers, topics, updates, view } = feed.made({ automatic: true });
      must(await handlers.look({}));
      const loading = handlers.load({});
      await vi.waitUntil(() => feed.loadedFiles().includes(`${name}.part`), 5000);
      updates[how]();
      // in the same turn: the process may be gone in the next
      expect(feed.loadedFiles()).toEqual([]);
      const told = topics.length;
      must(await loading);
      await vi.waitUntil(() => feed.answering.size === 0, 5000);
      expect(topics).toHaveLength(told);
      expect(feed.loadedFiles()).toEqual([]);
      if (how === 'forget') {
        expect((await view()).state).toEqual({ kind: 'not-asked' });
        expect(await handlers.load({})).toMatchObject({
          ok: false,
          error: { message: 'No newer version was found yet.' },
        });
      }
    }
    feed.served.set(announcement, (response) => void response.write('{'));
    const { handlers, updates, view } = feed.made();
    const looking = handlers.look({});
    await vi.waitUntil(() => feed.answering.has(announcement), 5000);
    updates.forget();
    must(await looking);
    expect(await view()).toMatchObject({ state: { kind: 'not-asked' } });
    expect((await view()).failed).toBeUndefined();
  });

  it.each([
    [
      'the folder is a file',
      () => writeFileSync(join(feed.folder, 'downloads'), ''),
      /could not be written: there is one of that name/,
    ],
    [
      'a folder is in the way',
      () => mkdirSync(join(feed.folder, 'downloads', `${name}.part`), { recursive: true }),
      /could not be written: there is a folder of that name/,
    ],
    [
      'a folder has its name',
      () => mkdirSync(join(feed.folder, 'downloads', name, 'x'), { recursive: true }),
      /could not be written: there is a folder of that name/,
    ],
  ])('say what the disk refused where %s, and that nothing was loaded', async (_what, spoil, words) => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    feed.served.set(`/updates/${name}`, installer);
    spoil();
    const { handlers } = feed.made();
    must(await handlers.look({}));
    expect(await handlers.load({})).toMatchObject({
      ok: false,
      error: {
        ...{ kind: 'store-unwritable', message: expect.stringMatching(words) as string },
        whatDidNotChange: 'Nothing was loaded, and this version goes on as it is.',
      },
    });
  });
});
