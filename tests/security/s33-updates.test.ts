import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err } from '../../core/result';
import { readOnlyError } from '../../main/store/store-error';
import { ManualClock } from '../support/manual-clock';
import { must } from '../support/must';
import {
  announcementPath as announcement,
  installer,
  installerName as name,
  settingsWith,
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

describe('S-33 updates', () => {
  it('are looked for on a press, loaded on another, and kept when every byte is the publisher’s', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    feed.served.set(`/updates/${name}`, installer);
    const { handlers, shown, updates, view } = feed.made();
    updates.begin();
    await new Promise((resolve) => setImmediate(resolve));
    expect(feed.asked).toEqual([]);
    must(await handlers.look({}));
    expect((await view()).state).toMatchObject({ kind: 'newer', version: '0.2.0', notes: 'What is new.' });
    expect(feed.asked).toEqual([announcement]);
    expect(await handlers.show({})).toMatchObject({ ok: false });
    must(await handlers.load({}));
    const path = join(feed.folder, 'downloads', name);
    expect((await view()).state).toMatchObject({ kind: 'ready', path });
    expect(readFileSync(path).equals(installer)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(feed.loadedFiles()).toEqual([name]);
    must(await handlers.show({}));
    expect(shown).toEqual([path]);
  });

  it('say nothing to anybody where the build was given no place, and cannot be switched on there', async () => {
    const { handlers, updates, view } = feed.made({ place: undefined, automatic: true });
    updates.begin();
    for (const answer of [
      await handlers.look({}),
      await handlers.load({}),
      await handlers.setAutomatic({ automatic: true }),
    ]) {
      expect(answer).toMatchObject({
        ok: false,
        error: { message: expect.stringMatching(/given no place/) as string },
      });
    }
    expect((await view()).host).toBeUndefined();
    expect(feed.asked).toEqual([]);
  });

  it('are never older ones, and never of another publisher', async () => {
    const { handlers, view } = feed.made();
    for (const version of ['0.1.0', '0.0.9']) {
      feed.served.set(announcement, feed.announced(version));
      must(await handlers.look({}));
      expect((await view()).state.kind).toBe('current');
    }
    const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    feed.served.set(announcement, feed.announced('9.0.0', other));
    expect(await handlers.look({})).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/not signed/) as string },
    });
    feed.served.set(announcement, feed.announced('0.2.0').replace('0.2.0', '0.3.0'));
    expect((await handlers.look({})).ok).toBe(false);
    expect((await view()).state.kind).toBe('current');
    expect(await handlers.load({})).toMatchObject({ ok: false });
    expect(feed.loadedFiles()).toEqual([]);
  });

  it('are not loaded twice, are asked for again where the file was moved away, and are stopped without a complaint', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    feed.served.set(`/updates/${name}`, installer);
    const { handlers, shown, view } = feed.made();
    must(await handlers.look({}));
    const loading = handlers.load({});
    must(await handlers.stop({}));
    must(await loading);
    expect(await view()).toMatchObject({ state: { kind: 'newer' } });
    expect((await view()).failed).toBeUndefined();
    expect(feed.loadedFiles()).toEqual([]);

    must(await handlers.load({}));
    must(await handlers.look({}));
    expect((await view()).state.kind).toBe('ready');
    rmSync(join(feed.folder, 'downloads', name));
    expect(await handlers.show({})).toMatchObject({ ok: false });
    expect(await view()).toMatchObject({
      state: { kind: 'newer' },
      failed: { at: 'show', error: { message: expect.stringMatching(/no longer where it was put/) as string } },
    });
    expect(shown).toEqual([]);
    must(await handlers.load({}));
    expect((await view()).failed).toBeUndefined();
  });

  it.each([
    ['changed', Buffer.concat([installer.subarray(1), Buffer.from('x')])],
    ['longer', Buffer.concat([installer, Buffer.from('x')])],
    ['shorter', installer.subarray(1)],
  ])('leave nothing of a file that is %s', async (_what, bytes) => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    feed.served.set(`/updates/${name}`, bytes);
    const { handlers, view } = feed.made();
    must(await handlers.look({}));
    expect(await handlers.load({})).toMatchObject({ ok: false });
    expect((await view()).failed?.error.message).toMatch(/not the one that the publisher has signed/);
    expect((await view()).state.kind).toBe('newer');
    expect(feed.loadedFiles()).toEqual([]);
  });

  it('are looked for by themselves only where a person said so, and then only told', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    const { told, updates, view } = feed.made({ automatic: true });
    updates.begin();
    await vi.waitUntil(() => told.length > 0, 5000);
    updates.end();
    expect(told).toEqual(['Sallyport 0.2.0 is there']);
    expect((await view()).state.kind).toBe('newer');
    expect(feed.asked).toEqual([announcement]);
  });

  it('are looked for by themselves once a day, however often it starts, and each is told once', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    const settings = settingsWith(true);
    const clock = new ManualClock();
    const hour = 3_600_000;
    const day = async (begin: () => void, looks: number) => {
      const before = feed.asked.length;
      begin();
      if (looks > 0) await vi.waitUntil(() => feed.asked.length === before + looks, 5000);
      // long enough for one more, if it did not wait
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(feed.asked).toHaveLength(before + looks);
    };
    const first = feed.made({ clock, settings });
    await day(() => first.updates.begin(), 1);
    await vi.waitUntil(() => first.told.length === 1, 5000);
    await day(() => clock.advance(23 * hour), 0);
    first.updates.end();
    const second = feed.made({ clock, settings });
    await day(() => second.updates.begin(), 0);
    await day(() => second.updates.begin(), 0);
    await day(() => clock.advance(hour), 1);
    await vi.waitUntil(async () => (await second.view()).state.kind === 'newer', 5000);
    second.updates.end();
    clock.advance(25 * hour);
    feed.served.set(announcement, feed.announced('0.3.0'));
    const third = feed.made({ clock, settings });
    await day(() => third.updates.begin(), 1);
    await vi.waitUntil(() => third.told.length === 1, 5000);
    third.updates.end();
    expect([first.told, second.told, third.told]).toEqual([
      ['Sallyport 0.2.0 is there'],
      [],
      ['Sallyport 0.3.0 is there'],
    ]);
    // a clock that was set back is none to wait for; what cannot be written down is not begun
    clock.jump(-48 * hour);
    const back = feed.made({ clock, settings });
    await day(() => back.updates.begin(), 1);
    back.updates.end();
    clock.advance(25 * hour);
    const readOnly = { read: () => settings.read(), update: () => err(readOnlyError(undefined)) };
    const last = feed.made({ clock, settings: readOnly });
    await day(() => last.updates.begin(), 0);
    last.updates.end();
  });

  it('tell nobody but their own page how far they are, and the place is read once', async () => {
    feed.served.set(announcement, feed.announced('0.2.0'));
    feed.served.set(`/updates/${name}`, installer);
    const { handlers, placesRead, topics, updates, view } = feed.made();
    expect(placesRead()).toBe(0);
    must(await handlers.look({}));
    must(await handlers.load({}));
    must(await handlers.setAutomatic({ automatic: true }));
    await view();
    updates.end();
    expect(new Set(topics)).toEqual(new Set(['updates']));
    expect(placesRead()).toBe(1);
    const without = feed.made({ place: undefined });
    await without.view();
    await without.view();
    expect(without.placesRead()).toBe(1);
  });
});
