/**
 * Three sessions that renew themselves, kept in the real keyring of this process, which is locked when they come due, and
 * unlocked again. Says as one line of JSON what came of it.
 */
import { KeytarKeychain } from '../../main/secrets/keytar-keychain';
import { lockPrivateKeyring, ownService, unlockPrivateKeyring } from './keyring';
import { connected, must, newWorld, plainWish } from './workspace-world';

type Seen = {
  readonly assumed: number;
  readonly keychain: string;
  /** of each session */
  readonly troubles: readonly (string | undefined)[];
  readonly words: readonly string[];
  readonly usable: number;
  readonly live: number;
};
export type LockedKeyringReport = Readonly<
  Record<'before' | 'locked' | 'started' | 'unlocked' | 'lockedAgain' | 'byHand', Seen>
> & { readonly startRefused: string };

const minute = 60_000;
const world = newWorld(undefined, { inKeychain: new KeytarKeychain(ownService()) });
const { clock, vault, wire, workspace } = world;
const { sessions } = workspace;
const { connectionId, sessionId } = await connected(world);
must(await sessions.end(sessionId, 'ended-here'));
const connection = workspace.connections.find(connectionId);
if (connection === undefined) throw new Error('There is no connection');
const ids: string[] = [];
for (let number = 0; number < 3; number += 1) {
  ids.push(must(await sessions.start(connection, { ...plainWish(3600), renewal: 'automatic' })).id);
}

/** The keyring answers in real time: the clock goes on by `stepMs` for each twentieth of a second. */
async function until(condition: () => boolean, stepMs: number): Promise<void> {
  for (let turn = 0; !condition(); turn += 1) {
    if (turn === 400) throw new Error('It did not come to that');
    clock.advance(stepMs);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const found = () => ids.flatMap((id) => sessions.find(id) ?? []);

async function look(): Promise<Seen> {
  const kept = await Promise.all(ids.map((id) => sessions.credentials(id)));
  return {
    assumed: wire.actions.filter((action) => action === 'AssumeRole').length,
    keychain: vault.state.state,
    troubles: found().map(({ trouble }) => trouble?.error.kind),
    words: found().flatMap(({ trouble }) =>
      trouble === undefined ? [] : [trouble.error.message, trouble.error.whatDidNotChange, trouble.error.whatToDo],
    ),
    usable: kept.filter(({ ok }) => ok).length,
    live: sessions.countLive(),
  };
}

const keys = () => found().map(({ accessKeyId }) => accessKeyId);
const areRenewed = (before: readonly string[]) => () => keys().every((key, index) => key !== before[index]);
const areTried = () => found().every(({ trouble }) => trouble !== undefined);

const before = await look();
const first = keys();
lockPrivateKeyring();
clock.advance(51 * minute);
await until(areTried, 200);
const locked = await look();
const refused = await sessions.start(connection, plainWish(3600));
const started = await look();

await unlockPrivateKeyring();
// nobody presses anything: it is tried again after a pause
await until(areRenewed(first), 1_000);
const unlocked = await look();

const second = keys();
lockPrivateKeyring();
clock.advance(51 * minute);
await until(areTried, 200);
const lockedAgain = await look();
await unlockPrivateKeyring();
// what “Try again” does, well before the next try
await vault.check();
await sessions.reachAgain();
await until(areRenewed(second), 200);
const byHand = await look();

const report: LockedKeyringReport = {
  ...{ before, locked, started, unlocked, lockedAgain, byHand },
  startRefused: refused.ok ? '' : refused.error.kind,
};
process.stdout.write(JSON.stringify(report));
workspace.stop();
process.exit(0);
