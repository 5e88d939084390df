import { beforeEach, describe, expect, it } from 'vitest';
import type { IdentityAct } from '../../../core/domain/identity-acts';
import type { AccessKey, Reading, User } from '../../../core/domain/identities';
import type { KeySight } from '../../../core/domain/review';
import { ok } from '../../../core/result';
import { KeySights } from '../../../main/review/key-sights';
import { keySightsCollection, mostKeySights } from '../../../main/review/records';
import { documentOf } from '../../../main/store/collection';
import { fromEnvelope } from '../../../main/store/document';
import { MemoryCollection } from '../../../main/store/memory-collection';
import type { Sources } from '../../../main/sources/sources';
import { ManualClock } from '../../support/manual-clock';

const accountId = '222233334444';
const [oldKey, newKey, ownKey] = ['AKIAOLD0000000000000', 'AKIANEW0000000000000', 'AKIAOWN0000000000000'] as const;

let clock: ManualClock;
let sources: Set<string>;
let sights: KeySights;
let acts: readonly IdentityAct[];
let listed: readonly AccessKey[];

const key = (accessKeyId: string): AccessKey => ({ accessKeyId, active: true, createdAt: 5 });
const user = (name: string, ...keys: readonly string[]): User => ({
  ...{ name, path: '/', arn: `arn:aws:iam::${accountId}:user/${name}`, createdAt: 1 },
  keys: { read: true, value: keys.map(key) },
});
const reading = (sourceId: string, startedAt: number, users: readonly User[]): Reading => ({
  ...{ sourceId, accountId, state: 'done', startedAt, listed: users.length, done: users.length },
  ...{ users: [...users], roles: [], groups: [], unlisted: {} },
});
const known = () => sights.all().map(({ id }) => id);

beforeEach(() => {
  clock = new ManualClock();
  sources = new Set(['one', 'other', 'own']);
  const list = () =>
    [...sources].map((id) => ({
      source: {
        ...{ id, label: id, kind: id === 'own' ? 'access-key' : 'profile' },
        keyHint: `${ownKey.slice(0, 4)}…${ownKey.slice(-4)}`,
      },
    }));
  acts = [];
  listed = [key(ownKey)];
  const listKeys = () => Promise.resolve(ok({ value: listed }));
  sights = new KeySights({
    ...{ clock, sights: new MemoryCollection<KeySight>(keySightsCollection), acts: () => acts },
    sources: {
      list,
      find: (id: string) => list().find(({ source }) => source.id === id)?.source,
      identity: () => Promise.resolve(ok({ accountId, arn: `arn:aws:iam::${accountId}:user/deploy/sam` })),
      clients: () => ok({ iam: { listKeys } }),
    } as unknown as Pick<Sources, 'clients' | 'find' | 'identity' | 'list'>,
  });
});

describe('keys that were seen', () => {
  it('stay where an older reading of the account does not have them', () => {
    const older = reading('one', clock.now(), [user('ines', oldKey)]);
    sights.take(older);
    clock.advance(60_000);
    sights.take(reading('other', clock.now(), [user('ines', newKey)]));
    expect(known()).toEqual([newKey]);
    clock.advance(60_000);
    // each change of identities has all readings taken over again
    sights.take(older);
    expect(known()).toEqual([newKey]);
  });

  it('are not written over, nor come back, by a reading that began before', () => {
    const older = reading('one', clock.now(), [user('ines', oldKey)]);
    clock.advance(60_000);
    sights.take(reading('other', clock.now(), [user('ines', oldKey)]));
    const before = sights.all();
    sights.take(older);
    expect(sights.all()).toEqual(before);
  });

  it('go with their user, and where the user was read anew in the same reading', () => {
    const ines = user('ines', oldKey, newKey);
    const startedAt = clock.now();
    sights.take(reading('one', startedAt, [ines, user('omar', ownKey)]));
    expect(known()).toEqual([oldKey, newKey, ownKey]);
    clock.advance(60_000);
    sights.take(reading('one', startedAt, [user('ines', newKey), user('omar', ownKey)]));
    expect(known()).toEqual([newKey, ownKey]);
    sights.take(reading('one', startedAt, [user('ines', newKey)]));
    expect(known()).toEqual([newKey]);
  });

  it('stay where a user’s keys could not be read, and where the users could not be listed', () => {
    sights.take(reading('one', clock.now(), [user('ines', oldKey), user('omar', newKey)]));
    clock.advance(60_000);
    const { keys: _unread, ...ines } = user('ines');
    sights.take({ ...reading('one', clock.now(), [ines]), unlisted: { users: 'No right.' } });
    expect(known()).toEqual([oldKey, newKey]);
    sights.take(reading('one', clock.now() + 1, [ines]));
    expect(known()).toEqual([oldKey]);
  });

  it('stay as long as a source is here that saw them, whichever else was removed', async () => {
    sights.take(reading('one', clock.now(), [user('sam', ownKey)]));
    clock.advance(60_000);
    expect(await sights.look()).toEqual(ok({ seen: 1, unseen: [] }));
    sources.delete('own');
    expect(known()).toEqual([ownKey]);
    sources.delete('one');
    expect(known()).toEqual([]);
    // another that reads the account knows it again
    sights.take(reading('other', clock.now(), [user('sam', ownKey)]));
    expect(sights.all()).toMatchObject([{ id: ownKey, sourceId: 'other' }]);
  });

  it('are not due any more once another took their place by our doing', () => {
    sights.take(reading('one', clock.now(), [user('ines', oldKey, newKey)]));
    const rotation = { kind: 'rotation', oldKeyId: oldKey } as const;
    for (const [state, left] of [
      ['running', [oldKey, newKey]],
      ['grace', [newKey]],
      ['done', [newKey]],
    ] as const) {
      acts = [{ ...rotation, state } as unknown as IdentityAct];
      expect(known()).toEqual(left);
    }
  });

  it('are not guessed where AWS lists two that begin and end alike', async () => {
    listed = [key(ownKey), key(ownKey.replace('OWN', 'OWM'))];
    const why = 'AWS’s list does not say which of the user’s keys it is.';
    expect(await sights.look()).toEqual(ok({ seen: 0, unseen: [{ label: 'own', why }] }));
    expect(known()).toEqual([]);
  });

  it('are as many as there is room for', () => {
    const all = Array.from({ length: mostKeySights + 5 }, (_, index) => `AKIA${String(index).padStart(16, '0')}`);
    sights.take(reading('one', clock.now(), [user('ines', ...all)]));
    expect(known()).toEqual(all.slice(0, mostKeySights));
  });

  it('of the form before are read without what nobody needs', () => {
    const sight = { id: oldKey, accountId, userName: 'ines', createdAt: 1, active: true, seenAt: 2, sourceId: 'one' };
    const kept = { version: 1, data: { 'key-sights': [{ ...sight, isOwn: true }] } };
    expect(fromEnvelope(documentOf(keySightsCollection), kept)).toEqual({ value: { 'key-sights': [sight] } });
  });
});
