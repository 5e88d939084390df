import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../../main/secrets/secret-store';

/** As long as a session token may become (aws-reference): 4,096 bytes. */
export const longToken = 'IQoJb3JpZ2luX2Vj'.repeat(256);

/** What every `SecretStore` does. `make` gives a new, empty one; `again` another one over the same place. */
export function secretStoreSuite(name: string, make: () => { store: SecretStore; again?: () => SecretStore }): void {
  describe(name, () => {
    it('knows nothing at first', async () => {
      const { store } = make();
      expect(await store.get('session/none')).toEqual({ ok: true, value: undefined });
      expect(await store.keys()).toEqual({ ok: true, value: [] });
    });

    it.each([
      ['a short one', 'AKIA'],
      ['an empty one', ''],
      ['a 4,096-byte token', longToken],
      ['all that is allowed, 16 KiB', 'x'.repeat(16 * 1024)],
      ['letters of several bytes', 'ключ 🔑 '.repeat(300)],
      ['a NUL inside', 'a\0b'],
      ['line ends', 'a\r\nb\n'],
      ['exactly one part', 'p'.repeat(1500)],
      ['one byte more than a part', 'p'.repeat(1501)],
    ])('gives back %s, byte for byte, also to the next process', async (_what, value) => {
      const { store, again } = make();
      expect(await store.set('session/a', value)).toEqual({ ok: true, value: undefined });
      expect(await store.get('session/a')).toEqual({ ok: true, value });
      if (again) expect(await again().get('session/a')).toEqual({ ok: true, value });
    });

    it('replaces the whole record, longer by shorter and back', async () => {
      const { store, again } = make();
      for (const value of [longToken, 'short', longToken.slice(0, 2500), longToken]) {
        await store.set('session/a', value);
        expect(await (again?.() ?? store).get('session/a')).toEqual({ ok: true, value });
      }
      expect(await store.keys()).toEqual({ ok: true, value: ['session/a'] });
    });

    it('keeps records apart whose keys begin alike', async () => {
      const { store } = make();
      await store.set('session/1', 'one');
      await store.set('session/11', 'eleven');
      await store.remove('session/1');
      expect(await store.get('session/1')).toEqual({ ok: true, value: undefined });
      expect(await store.get('session/11')).toEqual({ ok: true, value: 'eleven' });
      expect(await store.keys()).toEqual({ ok: true, value: ['session/11'] });
    });

    it('removes all of a record, and what is not there without a word', async () => {
      const { store, again } = make();
      await store.set('source/a', longToken);
      expect(await store.remove('source/a')).toEqual({ ok: true, value: undefined });
      expect(await store.remove('source/a')).toEqual({ ok: true, value: undefined });
      expect(await store.get('source/a')).toEqual({ ok: true, value: undefined });
      if (again) expect(await again().get('source/a')).toEqual({ ok: true, value: undefined });
    });

    it('takes sets at the same time and ends with one of them, whole', async () => {
      const { store, again } = make();
      const values = Array.from({ length: 8 }, (_, index) => String(index).repeat(3000));
      const answers = await Promise.all(values.map((value) => store.set('session/a', value)));
      expect(answers.every(({ ok }) => ok)).toBe(true);
      const kept = await (again?.() ?? store).get('session/a');
      expect(kept).toEqual({ ok: true, value: values.at(-1) });
    });

    it('keeps twenty records set at the same time', async () => {
      const { store, again } = make();
      const keys = Array.from({ length: 20 }, (_, index) => `session/${index}`);
      await Promise.all(keys.map((key) => store.set(key, key.repeat(200))));
      const reader = again?.() ?? store;
      for (const key of keys) expect(await reader.get(key)).toEqual({ ok: true, value: key.repeat(200) });
      const listed = await reader.keys();
      expect(listed.ok && [...listed.value].sort()).toEqual([...keys].sort());
    });

    it('answers a probe and leaves nothing behind', async () => {
      const { store } = make();
      expect(await store.probe()).toEqual({ ok: true, value: undefined });
      expect(await store.keys()).toEqual({ ok: true, value: [] });
    });

    it('takes a wrong key, a value too long and broken text for the bugs they are', async () => {
      const { store } = make();
      await expect(store.get('a#b')).rejects.toThrow(TypeError);
      await expect(store.set('', 'a')).rejects.toThrow(TypeError);
      await expect(store.set('session/a', 'x'.repeat(16 * 1024 + 1))).rejects.toThrow(RangeError);
      await expect(store.set('session/a', '\ud800')).rejects.toThrow(TypeError);
    });
  });
}
