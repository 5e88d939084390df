import { keyHintOf } from '../../core/domain/source';
import type { IdentityAct } from '../../core/domain/identity-acts';
import type { Reading } from '../../core/domain/identities';
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

  constructor(ports: KeySightsPorts) {
    this.#ports = ports;
  }

  /** Without those of sources that are gone, and those that gave way to another by our doing. */
  all(): readonly KeySight[] {
    const { acts, sights, sources } = this.#ports;
    const all = sights.all();
    if (all.length === 0) return all;
    const gone = new Set(
      acts().flatMap((act) =>
        act.kind === 'rotation' && (act.state === 'grace' || act.state === 'done') ? [act.oldKeyId] : [],
      ),
    );
    return all.filter(({ id, isOwn, sourceId }) => !gone.has(id) && (!isOwn || sources.find(sourceId) !== undefined));
  }

  /** Takes over the keys of users that were read to their end; of a whole reading also that others are gone. */
  take({ accountId, sourceId, state, unlisted, users }: Reading): Result<unknown> | undefined {
    if (state === 'reading') return undefined;
    const { sights } = this.#ports;
    const fresh = users.filter((user) => !this.#taken.has(user) && user.keys?.read === true);
    const seenAt = this.#ports.clock.now();
    const put: KeySight[] = [];
    const there = new Set(
      users.flatMap(({ keys }) => (keys?.read === true ? keys.value.map(({ accessKeyId }) => accessKeyId) : [])),
    );
    const unread = new Set(users.flatMap(({ keys, name }) => (keys?.read === true ? [] : [name])));
    for (const user of fresh) {
      for (const { accessKeyId, active, createdAt } of user.keys?.read === true ? user.keys.value : []) {
        const isOwn = sights.find(accessKeyId)?.isOwn === true;
        const own = isOwn ? sights.find(accessKeyId)?.sourceId : undefined;
        put.push({
          ...{ id: accessKeyId, accountId, userName: user.name, createdAt, active, seenAt },
          ...{ sourceId: own ?? sourceId, isOwn },
        });
      }
    }
    const isWhole = state === 'done' && unlisted.users === undefined;
    const remove = isWhole
      ? sights
          .all()
          .filter((one) => one.accountId === accountId && !there.has(one.id) && !unread.has(one.userName))
          .map(({ id }) => id)
      : [];
    if (put.length + remove.length === 0) return undefined;
    const saved = this.#keep(put, remove);
    if (saved.ok) for (const user of fresh) this.#taken.add(user);
    return saved;
  }

  /** Asks AWS about the keys that Sallyport itself calls with. What could not be asked is said, and nothing is guessed of it. */
  async look(signal?: AbortSignal): Promise<Result<KeyLook>> {
    const { clock, sources } = this.#ports;
    const put: KeySight[] = [];
    const unseen: { label: string; why: string }[] = [];
    const options = signal === undefined ? {} : { signal };
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
      const keys = await clients.value.iam.listKeys(userName, options);
      if (!keys.ok) {
        cannot(notCancelled(keys.error).message);
        continue;
      }
      const mine = keys.value.value.filter(({ accessKeyId }) => keyHintOf(accessKeyId) === keyHint);
      const [key] = mine;
      // two keys of one user that begin and end alike: which is ours is not guessed
      if (key === undefined || mine.length > 1) cannot('AWS’s list does not say which of the user’s keys it is.');
      else {
        put.push({
          ...{ id: key.accessKeyId, accountId: identity.value.accountId, userName, sourceId, isOwn: true },
          ...{ createdAt: key.createdAt, active: key.active, seenAt: clock.now() },
        });
      }
    }
    const saved = put.length === 0 ? undefined : this.#keep(put, []);
    return saved?.ok === false ? saved : { ok: true, value: { seen: put.length, unseen } };
  }

  #keep(put: readonly KeySight[], remove: readonly string[]): Result<void> {
    const { sights } = this.#ports;
    const room = mostKeySights - sights.all().length + remove.filter((id) => sights.find(id) !== undefined).length;
    let left = room;
    const fitting = put.filter(({ id }) => {
      if (sights.find(id) !== undefined) return true;
      left -= 1;
      return left >= 0;
    });
    return sights.change({ put: fitting, remove });
  }
}
