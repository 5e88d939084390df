import { keyHintOf } from '../../core/domain/source';
import type { IdentityAct } from '../../core/domain/identity-acts';
import type { AccessKey, Reading, User } from '../../core/domain/identities';
import type { KeySight } from '../../core/domain/review';
import type { Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import { notCancelled, type Sources } from '../sources/sources';
import type { StoredCollection } from '../store/collection';
import { mostKeySights } from './records';

export type KeySightsPorts = {
  readonly clock: Clock;
  readonly sights: StoredCollection<KeySight>;
  readonly sources: Pick<Sources, 'clients' | 'find' | 'identity' | 'list'>;
  /** what was done to users and keys */
  readonly acts: () => readonly IdentityAct[];
};

export type KeyLook = { readonly seen: number; readonly unseen: { label: string; why: string }[] };

/** How old access keys are, as AWS's lists said. What AWS did not say is not known here. */
export class KeySights {
  readonly #ports: KeySightsPorts;
  /** users that were taken over, as they were read */
  readonly #taken = new WeakSet<object>();
  /** of each source: which reading was taken over last, and whom it had */
  readonly #last = new Map<string, { readonly startedAt: number; readonly names: ReadonlySet<string> }>();

  constructor(ports: KeySightsPorts) {
    this.#ports = ports;
  }

  /** Without those that no source here has seen, and those that gave way to another by our doing. */
  all(): readonly KeySight[] {
    const { acts, sights, sources } = this.#ports;
    const all = sights.all();
    if (all.length === 0) return all;
    const gone = new Set(
      acts().flatMap((act) =>
        act.kind === 'rotation' && (act.state === 'grace' || act.state === 'done') ? [act.oldKeyId] : [],
      ),
    );
    const known = new Set(sources.list().map(({ source }) => source.id));
    return all.filter(({ id, sourceId }) => !gone.has(id) && known.has(sourceId));
  }

  /**
   * Takes over the keys of users that were read to their end; of a whole reading also that others are gone. Another source
   * may have read the same account later: what was seen after this reading began is left as it is. What is read anew in a
   * reading that was taken over, as after each change, is as of now.
   */
  take({ accountId, sourceId, startedAt, state, unlisted, users }: Reading): Result<unknown> | undefined {
    if (state === 'reading') return undefined;
    const { clock, sights } = this.#ports;
    const last = this.#last.get(sourceId);
    const isFirst = last?.startedAt !== startedAt;
    const seenAt = isFirst ? startedAt : clock.now();
    const fresh = users.filter((user) => !this.#taken.has(user) && user.keys?.read === true);
    const put: KeySight[] = [];
    const names = new Set(users.map(({ name }) => name));
    const isNewer = (one: KeySight | undefined) => one !== undefined && one.seenAt > seenAt;
    for (const user of fresh) {
      for (const { accessKeyId: id, active, createdAt } of keysOf(user)) {
        if (isNewer(sights.find(id))) continue;
        put.push({ id, accountId, userName: user.name, createdAt, active, seenAt, sourceId });
      }
    }
    const there = new Set(users.flatMap((user) => keysOf(user).map(({ accessKeyId }) => accessKeyId)));
    const read = new Set(fresh.map(({ name }) => name));
    const isWhole = state === 'done' && unlisted.users === undefined;
    const isGone = (userName: string): boolean =>
      isWhole && !names.has(userName) && (isFirst || last.names.has(userName));
    const remove = sights
      .all()
      .filter((one) => one.accountId === accountId && !there.has(one.id) && !isNewer(one))
      .filter(({ userName }) => read.has(userName) || isGone(userName))
      .map(({ id }) => id);
    const saved = put.length + remove.length === 0 ? undefined : this.#keep(put, remove);
    if (saved?.ok === false) return saved;
    for (const user of fresh) this.#taken.add(user);
    this.#last.set(sourceId, { startedAt, names });
    return saved;
  }

  /** Asks AWS about the keys that Sallyport itself calls with. What could not be asked is said, and nothing is guessed of it. */
  async look(): Promise<Result<KeyLook>> {
    const { clock, sights, sources } = this.#ports;
    const put: KeySight[] = [];
    const unseen: { label: string; why: string }[] = [];
    for (const { source } of sources.list()) {
      if (source.kind !== 'access-key') continue;
      const { id: sourceId, keyHint, label } = source;
      const cannot = (why: string) => unseen.push({ label, why: why.slice(0, 1000) });
      const identity = await sources.identity(sourceId);
      const clients = sources.clients(sourceId);
      if (!identity.ok || !clients.ok) {
        cannot(identity.ok ? 'It has no credentials here.' : identity.error.message);
        continue;
      }
      const userName = /:user\/(?:.*\/)?([^/]+)$/.exec(identity.value.arn)?.[1];
      if (userName === undefined) {
        cannot('It is not the key of a user.');
        continue;
      }
      const keys = await clients.value.iam.listKeys(userName);
      if (!keys.ok) {
        cannot(notCancelled(keys.error).message);
        continue;
      }
      const mine = keys.value.value.filter(({ accessKeyId }) => keyHintOf(accessKeyId) === keyHint);
      const [key] = mine;
      // two keys of one user that begin and end alike: which is ours is not guessed
      if (key === undefined || mine.length > 1) cannot('AWS’s list does not say which of the user’s keys it is.');
      else {
        const { accessKeyId, active, createdAt } = key;
        // who reads the whole account goes on knowing it when this source is removed
        const seenBy = sights.find(accessKeyId)?.sourceId ?? sourceId;
        put.push({
          ...{ id: accessKeyId, accountId: identity.value.accountId, userName, createdAt, active, seenAt: clock.now() },
          sourceId: sources.find(seenBy) === undefined ? sourceId : seenBy,
        });
      }
    }
    const saved = put.length === 0 ? undefined : this.#keep(put, []);
    return saved?.ok === false ? saved : { ok: true, value: { seen: put.length, unseen } };
  }

  /** As many as there is room for; those that no source here has seen make room. */
  #keep(put: readonly KeySight[], gone: readonly string[]): Result<void> {
    const { sights, sources } = this.#ports;
    const known = new Set(sources.list().map(({ source }) => source.id));
    const fresh = new Set(put.map(({ id }) => id));
    const orphans = sights.all().filter(({ id, sourceId }) => !known.has(sourceId) && !fresh.has(id));
    const remove = [...new Set([...gone, ...orphans.map(({ id }) => id)])];
    let left = mostKeySights - sights.all().length + remove.length;
    const fitting = put.filter(({ id }) => {
      if (sights.find(id) !== undefined) return true;
      left -= 1;
      return left >= 0;
    });
    return sights.change({ put: fitting, remove });
  }
}

function keysOf({ keys }: User): readonly AccessKey[] {
  return keys?.read === true ? keys.value : [];
}
