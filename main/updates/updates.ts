import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UpdatesView } from '../../core/contract/updates';
import { isLater, versionSchema, type Announcement, type UpdateFile } from '../../core/domain/update';
import { err, ok, type Result } from '../../core/result';
import type { Settings } from '../settings';
import type { NetworkPort } from '../aws/network';
import type { Handlers } from '../ipc/register';
import type { Clock } from '../platform/clock';
import type { Publisher, StoredDocument } from '../workspace-context';
import { announcementName, largestAnnouncement, readAnnouncement, type PublishPlace } from './announcement';
import { dropPart, keepFile } from './keep-file';
import { readAnswer } from './read-answer';
import { gone, noPlace, notForThis, nothingFound, notSigned, stopped } from './update-words';

export type UpdatesPorts = {
  readonly clock: Clock;
  readonly network: NetworkPort;
  readonly publisher: Publisher;
  readonly settings: StoredDocument<Settings>;
  /** of this program, and what it runs on */
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  /** as it was packed; asked once, when somebody first wants to know */
  readonly place: () => PublishPlace | undefined;
  /** the person's folder of downloads, absolute */
  readonly folder: () => string;
  readonly showFile: (path: string) => void;
  /** a notification of the operating system */
  readonly notify: (notice: { readonly title: string; readonly body: string }) => void;
};

const dayMs = 24 * 3_600_000;
/** Milliseconds for an announcement to be whole. */
const answerMs = 20_000;
/** Milliseconds without a byte of a file. */
const silentMs = 30_000;
/** Milliseconds between two tellings of how far it is. */
const tellingMs = 250;

type State = UpdatesView['state'];
type Found = { readonly version: string; readonly notes: string; readonly file: UpdateFile };
type Done = Result<Record<string, never>>;
type Kept = NonNullable<Settings['updates']>;

/** Newer versions: found, loaded and proved to be the publisher's. What becomes of the file is the person's. */
export class Updates {
  readonly #ports: UpdatesPorts;
  #state: State = { kind: 'not-asked' };
  #failed: UpdatesView['failed'];
  #found: Found | undefined;
  /** what is asked or loaded at this moment; one at a time */
  #work: { readonly stop: AbortController; readonly path?: string } | undefined;
  #callOff: (() => void) | undefined;
  #known: { readonly place: PublishPlace | undefined } | undefined;

  constructor(ports: UpdatesPorts) {
    this.#ports = ports;
  }

  /** As the settings say: once the window stands, and whenever they are others. One look a day, however often it starts. */
  begin(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (!this.#kept().automatic || this.#place === undefined) return;
    const wait = this.#waitsFor();
    if (wait === 0) void this.#lookByItself();
    this.#callOff = this.#ports.clock.schedule(wait === 0 ? dayMs : wait, () => {
      this.begin();
    });
  }

  /** Nothing is under way afterwards, and no part of a file is left. */
  end(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#drop();
  }

  /** As at the first start. What was loaded is the person's, and stays. */
  forget(): void {
    this.end();
    this.#found = undefined;
    this.#set({ kind: 'not-asked' });
  }

  handlers(): Handlers['updates'] {
    return {
      get: () => ok(this.#view()),
      setAutomatic: ({ automatic }) => this.#setAutomatic(automatic),
      look: () => this.#look(),
      load: () => this.#load(),
      stop: () => {
        this.#work?.stop.abort();
        return ok({});
      },
      show: () => this.#show(),
    };
  }

  get #place(): PublishPlace | undefined {
    this.#known ??= { place: this.#ports.place() };
    return this.#known.place;
  }

  #kept(): Kept {
    return this.#ports.settings.read().updates ?? { automatic: false };
  }

  #keep(change: Partial<Kept>): Result<unknown> {
    return this.#ports.settings.update((settings) => ({
      ...settings,
      updates: { ...(settings.updates ?? { automatic: false }), ...change },
    }));
  }

  /** Milliseconds until the next look by itself. */
  #waitsFor(): number {
    const { lookedAt } = this.#kept();
    const passed = lookedAt === undefined ? dayMs : this.#ports.clock.now() - lookedAt;
    // a clock that was set back says nothing of how long it was
    return passed < 0 ? 0 : Math.max(0, dayMs - passed);
  }

  #view(): UpdatesView {
    const address = this.#place?.address;
    return {
      version: this.#ports.version,
      automatic: this.#kept().automatic,
      state: this.#state,
      ...(address === undefined ? {} : { host: new URL(address).host }),
      ...(this.#failed === undefined ? {} : { failed: this.#failed }),
    };
  }

  #setAutomatic(automatic: boolean): Done {
    if (automatic && this.#place === undefined) return err(noPlace);
    const saved = this.#keep({ automatic });
    if (!saved.ok) return saved;
    this.#ports.publisher.changed('updates');
    this.begin();
    return ok({});
  }

  async #lookByItself(): Promise<void> {
    const { told } = this.#kept();
    const seen = this.#found?.version;
    // what cannot be written down would be asked again at each start
    if (!this.#keep({ lookedAt: this.#ports.clock.now() }).ok) return;
    await this.#look();
    const found = this.#found;
    if (found === undefined || found.version === told || found.version === seen) return;
    this.#ports.notify({
      title: `Sallyport ${found.version} is there`,
      body: 'Load it in the settings, under Updates.',
    });
  }

  async #look(): Promise<Done> {
    const place = this.#place;
    if (place === undefined) return err(noPlace);
    if (this.#work !== undefined) return ok({});
    const before = this.#state;
    const work = this.#begun({ kind: 'asking' });
    const address = new URL(announcementName, place.address);
    const patience = { stop: work.stop.signal, ms: answerMs, of: 'the whole' } as const;
    const answer = await readAnswer(this.#ports, address, patience, async (pieces) => {
      const text = await wholeText(pieces);
      return text === undefined ? err(notSigned) : this.#judge(readAnnouncement(text, place.key));
    });
    if (!this.#isOver(work)) return ok({});
    if (!answer.ok) {
      // whoever stopped it knows that
      const isStopped = answer.error === stopped;
      this.#set(before, isStopped ? undefined : { at: 'look', error: answer.error });
      return isStopped ? ok({}) : answer;
    }
    const found = answer.value;
    this.#found = found;
    if (found === undefined) this.#set({ kind: 'current', at: this.#ports.clock.now() });
    else {
      // whoever looks sees it: it need not be told again
      if (this.#kept().automatic) this.#keep({ told: found.version });
      // what was loaded already need not be loaded again
      this.#set(before.kind === 'ready' && before.version === found.version ? before : this.#newer(found));
    }
    return ok({});
  }

  /** SECURITY(S-33): an older version is never offered, however well it is signed. */
  #judge(announcement: Announcement | undefined): Result<Found | undefined> {
    const { arch, platform, version } = this.#ports;
    if (announcement === undefined) return err(notSigned);
    // a version that is no release is older than any
    const isRelease = versionSchema.safeParse(version).success;
    if (isRelease && !isLater(announcement.version, version)) return ok(undefined);
    const file = announcement.files.find((one) => one.platform === platform && one.arch === arch);
    if (file === undefined) return err(notForThis(announcement.version));
    return ok({ version: announcement.version, notes: announcement.notes, file });
  }

  async #load(): Promise<Done> {
    const { clock, folder } = this.#ports;
    const place = this.#place;
    const found = this.#found;
    if (place === undefined) return err(noPlace);
    if (found === undefined) return err(nothingFound);
    if (this.#work !== undefined) return ok({});
    const path = join(folder(), found.file.name);
    const work = this.#begun({ kind: 'loading', loaded: 0, ...wordsOf(found) }, path);
    let told = clock.monotonic();
    const onLoaded = (loaded: number) => {
      if (clock.monotonic() - told < tellingMs || this.#work !== work) return;
      told = clock.monotonic();
      this.#set({ kind: 'loading', loaded, ...wordsOf(found) });
    };
    const address = new URL(found.file.name, place.address);
    const patience = { stop: work.stop.signal, ms: silentMs, of: 'silence' } as const;
    const answer = await readAnswer(this.#ports, address, patience, (pieces) =>
      keepFile(pieces, found.file, path, onLoaded),
    );
    if (!this.#isOver(work)) return ok({});
    if (answer.ok) {
      this.#set({ kind: 'ready', path, ...wordsOf(found) });
      return ok({});
    }
    const isStopped = answer.error === stopped;
    this.#set(this.#newer(found), isStopped ? undefined : { at: 'load', error: answer.error });
    return isStopped ? ok({}) : answer;
  }

  #show(): Done {
    const found = this.#found;
    if (this.#state.kind !== 'ready' || found === undefined) return err(nothingFound);
    const { path } = this.#state;
    if (!existsSync(path)) {
      this.#set(this.#newer(found), { at: 'show', error: gone });
      return err(gone);
    }
    this.#ports.showFile(path);
    return ok({});
  }

  #newer(found: Found): State {
    return { kind: 'newer', at: this.#ports.clock.now(), ...wordsOf(found) };
  }

  #begun(state: State, path?: string) {
    const work = { stop: new AbortController(), ...(path === undefined ? {} : { path }) };
    this.#work = work;
    this.#set(state);
    return work;
  }

  /** False where it was dropped on its way: then nothing of it counts any more. */
  #isOver(work: object): boolean {
    if (this.#work !== work) return false;
    this.#work = undefined;
    return true;
  }

  /** At once: nobody may be there any more when the network has heard of it. */
  #drop(): void {
    const work = this.#work;
    this.#work = undefined;
    work?.stop.abort();
    if (work?.path !== undefined) dropPart(work.path);
  }

  #set(state: State, failed?: UpdatesView['failed']): void {
    this.#state = state;
    this.#failed = failed;
    this.#ports.publisher.changed('updates');
  }
}

function wordsOf({ file, notes, version }: Found) {
  return { version, notes, bytes: file.bytes };
}

/** Undefined where it is longer than any announcement. */
async function wholeText(pieces: AsyncIterable<Buffer>): Promise<string | undefined> {
  const all: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    all.push(piece);
    length += piece.length;
    if (length > largestAnnouncement * 2) return undefined;
  }
  return Buffer.concat(all).toString('utf8');
}
