import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../support/manual-clock';
import { must } from '../support/must';
import {
  announcementPath as announcement,
  installer,
  installerName as name,
  soon,
  updateFeed,
  type UpdateFeed,
} from '../support/update-feed';

let feed: UpdateFeed;
let folder: string;
let served: UpdateFeed['served'];
let answering: UpdateFeed['answering'];
let announced: UpdateFeed['announced'];
let made: UpdateFeed['made'];
let loadedFiles: UpdateFeed['loadedFiles'];
beforeEach(async () => {
  feed = await updateFeed();
  ({ folder, served, answering, announced, made, loadedFiles } = feed);
});
afterEach(async () => {
  await feed.down();
  rmSync(folder, { recursive: true, force: true });
});

describe('S-33 updates, where something is in the way,', () => {
  it('go by the certificates of the settings, and say in words that there is no network', async () => {
    served.set(announcement, announced('0.2.0'));
    const strange = made({ trusts: false });
    const refused = await strange.handlers.look({});
    expect(refused).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/place of updates.*not secure/) as string },
    });
    expect(JSON.stringify(refused)).not.toContain('AWS');
    expect((await strange.view()).state.kind).toBe('not-asked');
    await feed.down();
    expect(await made().handlers.look({})).toMatchObject({
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
    const { handlers, view } = made();
    for (const status of [404, 200]) {
      served.set(announcement, endless(status));
      expect(await handlers.look({})).toMatchObject({ ok: false });
      await soon(() => answering.size === 0);
    }
    served.set(announcement, announced('0.2.0'));
    must(await handlers.look({}));
    for (const [status, words] of [
      [404, /it answered 404/],
      [200, /not the one that the publisher has signed/],
    ] as const) {
      served.set(`/updates/${name}`, endless(status));
      expect(await handlers.load({})).toMatchObject({ ok: false });
      expect((await view()).failed).toMatchObject({
        at: 'load',
        error: { message: expect.stringMatching(words) as string },
      });
      await soon(() => answering.size === 0);
    }
    expect(loadedFiles()).toEqual([]);
  });

  it('that stop coming are given up in words, and what had come is deleted', async () => {
    served.set(announcement, announced('0.2.0'));
    let said: ServerResponse | undefined;
    served.set(`/updates/${name}`, (response) => {
      said = response;
      response.write(installer.subarray(0, 1000));
    });
    const clock = new ManualClock();
    const { handlers, view } = made({ clock });
    must(await handlers.look({}));
    const loading = handlers.load({});
    const loaded = async () => {
      const { state } = await view();
      return state.kind === 'loading' ? state.loaded : undefined;
    };
    await soon(() => loadedFiles().includes(`${name}.part`));
    await soon(() => statSync(join(folder, 'downloads', `${name}.part`)).size === 1000);
    clock.advance(20_000);
    said?.write(installer.subarray(1000, 1001));
    await soon(async () => (await loaded()) === 1001);
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
    expect(loadedFiles()).toEqual([]);
    await soon(() => answering.size === 0);

    // of what is said of them all is to be there in time
    served.set(announcement, (response) => void response.write('{'));
    const looking = handlers.look({});
    await soon(() => answering.has(announcement));
    clock.advance(20_000);
    expect(await looking).toMatchObject({
      ok: false,
      error: { kind: 'timed-out', message: 'The place of updates did not answer in time.' },
    });
  });

  it('leave no part of a file at the end of the app, and are forgotten with everything, loaded or under way', async () => {
    served.set(announcement, announced('0.2.0'));
    served.set(`/updates/${name}`, (response) => void response.write(installer.subarray(0, 1000)));
    for (const how of ['end', 'forget'] as const) {
      const { handlers, topics, updates, view } = made({ automatic: true });
      must(await handlers.look({}));
      const loading = handlers.load({});
      await soon(() => loadedFiles().includes(`${name}.part`));
      updates[how]();
      // in the same turn: the process may be gone in the next
      expect(loadedFiles()).toEqual([]);
      const told = topics.length;
      must(await loading);
      await soon(() => answering.size === 0);
      expect(topics).toHaveLength(told);
      expect(loadedFiles()).toEqual([]);
      if (how === 'forget') {
        expect((await view()).state).toEqual({ kind: 'not-asked' });
        expect(await handlers.load({})).toMatchObject({
          ok: false,
          error: { message: 'No newer version was found yet.' },
        });
      }
    }
    served.set(announcement, (response) => void response.write('{'));
    const { handlers, updates, view } = made();
    const looking = handlers.look({});
    await soon(() => answering.has(announcement));
    updates.forget();
    must(await looking);
    expect(await view()).toMatchObject({ state: { kind: 'not-asked' } });
    expect((await view()).failed).toBeUndefined();
  });

  it.each([
    [
      'the folder is a file',
      () => writeFileSync(join(folder, 'downloads'), ''),
      /could not be written: there is one of that name/,
    ],
    [
      'a folder is in the way',
      () => mkdirSync(join(folder, 'downloads', `${name}.part`), { recursive: true }),
      /could not be written: there is a folder of that name/,
    ],
    [
      'a folder has its name',
      () => mkdirSync(join(folder, 'downloads', name, 'x'), { recursive: true }),
      /could not be written: there is a folder of that name/,
    ],
  ])('say what the disk refused where %s, and that nothing was loaded', async (_what, spoil, words) => {
    served.set(announcement, announced('0.2.0'));
    served.set(`/updates/${name}`, installer);
    spoil();
    const { handlers } = made();
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
