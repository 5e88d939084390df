import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import type { AppError } from '../../core/app-error';
import type { UpdatesView } from '../../core/contract/updates';
import { isLater, versionSchema, type Announcement, type UpdateFile } from '../../core/domain/update';
import { err, ok, type Result } from '../../core/result';
import type { Settings } from '../settings';
import { getFile } from '../aws/get-file';
import type { NetworkPort } from '../aws/network';
import { networkError } from '../aws/network-error';
import type { Handlers } from '../ipc/register';
import type { Clock } from '../platform/clock';
import { codeOf, unwritableError } from '../store/store-error';
import { appError, type Publisher, type StoredDocument } from '../workspace-context';
import { announcementName, largestAnnouncement, readAnnouncement, type PublishPlace } from './announcement';

export type UpdatesPorts = {
  readonly clock: Clock;
  readonly network: NetworkPort;
  readonly publisher: Publisher;
  readonly settings: StoredDocument<Settings>;
  /** of this program, and what it runs on */
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  /** as it was packed; asked when somebody first wants to know */
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
/** Milliseconds between two tellings of how far it is. */
const tellingMs = 250;

type State = UpdatesView['state'];
type Found = { readonly version: string; readonly notes: string; readonly file: UpdateFile };
type Done = Result<Record<string, never>>;

/** Newer versions: found, loaded and proved to be the publisher's. What becomes of the file is the person's. */
export class Updates {
  readonly #ports: UpdatesPorts;
  #state: State = { kind: 'not-asked' };
  #failed: UpdatesView['failed'];
  #found: Found | undefined;
  #stop: AbortController | undefined;
  #callOff: (() => void) | undefined;

  constructor(ports: UpdatesPorts) {
    this.#ports = ports;
  }

  /** Once the window stands: the first look, where the person wants looks, and then one each day. */
  begin(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (!this.#isAutomatic() || this.#ports.place() === undefined) return;
    void this.#lookByItself();
    this.#callOff = this.#ports.clock.schedule(dayMs, () => {
      this.begin();
    });
  }

  end(): void {
    this.#callOff?.();
    this.#stop?.abort();
  }

  handlers(): Handlers['updates'] {
    return {
      get: () => ok(this.#view()),
      setAutomatic: ({ automatic }) => this.#setAutomatic(automatic),
      look: () => this.#look(),
      load: () => this.#load(),
      stop: () => {
        this.#stop?.abort();
        return ok({});
      },
      show: () => this.#show(),
    };
  }

  #isAutomatic(): boolean {
    return this.#ports.settings.read().updates?.automatic ?? false;
  }

  #view(): UpdatesView {
    const { place, version } = this.#ports;
    const address = place()?.address;
    return {
      version,
      automatic: this.#isAutomatic(),
      state: this.#state,
      ...(address === undefined ? {} : { host: new URL(address).host }),
      ...(this.#failed === undefined ? {} : { failed: this.#failed }),
    };
  }

  #setAutomatic(automatic: boolean): Done {
    if (automatic && this.#ports.place() === undefined) return err(noPlace);
    const saved = this.#ports.settings.update((settings) => ({ ...settings, updates: { automatic } }));
    if (!saved.ok) return saved;
    this.#ports.publisher.changed('app');
    this.begin();
    return ok({});
  }

  async #lookByItself(): Promise<void> {
    const before = this.#found?.version;
    await this.#look();
    const found = this.#found;
    if (found === undefined || found.version === before) return;
    this.#ports.notify({
      title: `Sallyport ${found.version} is there`,
      body: 'Load it in the settings, under Updates.',
    });
  }

  async #look(): Promise<Done> {
    const place = this.#ports.place();
    if (place === undefined) return err(noPlace);
    if (this.#stop !== undefined) return ok({});
    const before = this.#state;
    this.#set({ kind: 'asking' });
    const answer = await this.#within(answerMs, async (signal) => {
      const text = await this.#text(new URL(announcementName, place.address), signal);
      return text.ok ? this.#judge(readAnnouncement(text.value, place.key)) : text;
    });
    if (!answer.ok) {
      this.#set(before, { at: 'look', error: answer.error });
      return answer;
    }
    this.#found = answer.value;
    if (answer.value === undefined) this.#set({ kind: 'current', at: this.#ports.clock.now() });
    // what was loaded already need not be loaded again
    else
      this.#set(
        before.kind === 'ready' && before.version === answer.value.version ? before : this.#newer(answer.value),
      );
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
    const { folder, place: placeOf } = this.#ports;
    const place = placeOf();
    const found = this.#found;
    if (place === undefined) return err(noPlace);
    if (found === undefined) return err(nothingFound);
    if (this.#stop !== undefined) return ok({});
    const path = join(folder(), found.file.name);
    this.#set({ kind: 'loading', loaded: 0, ...wordsOf(found) });
    const answer = await this.#within(undefined, async (signal) => {
      const { body, status } = await getFile(this.#ports.network, new URL(found.file.name, place.address), signal);
      if (status !== 200) return err(noAnswer(status));
      return await this.#keep(addAbortSignal(signal, body), found, path);
    });
    if (answer.ok) this.#set({ kind: 'ready', path, ...wordsOf(found) });
    // whoever stopped it knows that
    else this.#set(this.#newer(found), answer.error === stopped ? undefined : { at: 'load', error: answer.error });
    return answer.ok || answer.error === stopped ? ok({}) : answer;
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

  /** SECURITY(S-33): under its name only once every byte was proved to be the publisher's; nothing is left otherwise. */
  async #keep(body: Readable, found: Found, path: string): Promise<Result<void>> {
    const part = `${path}.part`;
    const { bytes, sha512 } = found.file;
    try {
      mkdirSync(this.#ports.folder(), { recursive: true });
      rmSync(part, { force: true });
      // never through somebody else's file or link
      const file = await open(part, 'wx', 0o600);
      const hash = createHash('sha512');
      let loaded = 0;
      let told = this.#ports.clock.monotonic();
      try {
        for await (const chunk of body) {
          const piece = Buffer.from(chunk as Uint8Array);
          loaded += piece.length;
          if (loaded > bytes) return err(notTheSame);
          hash.update(piece);
          await file.write(piece);
          if (this.#ports.clock.monotonic() - told < tellingMs) continue;
          told = this.#ports.clock.monotonic();
          this.#set({ kind: 'loading', loaded, ...wordsOf(found) });
        }
        await file.sync();
      } finally {
        await file.close();
      }
      if (loaded !== bytes || hash.digest('base64') !== sha512) return err(notTheSame);
      renameSync(part, path);
      return ok(undefined);
    } catch (error) {
      // what the disk refused; what the network did is told by whoever asked it
      if (codeOf(error) !== undefined && diskCodes.test(codeOf(error) ?? '')) {
        return err(unwritableError(found.file.name, error));
      }
      throw error;
    } finally {
      rmSync(part, { force: true });
    }
  }

  async #text(address: URL, signal: AbortSignal): Promise<Result<string>> {
    const { body, status } = await getFile(this.#ports.network, address, signal);
    if (status !== 200) {
      body.destroy();
      return err(noAnswer(status));
    }
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of addAbortSignal(signal, body)) {
      parts.push(Buffer.from(part as Uint8Array));
      length += parts.at(-1)?.length ?? 0;
      if (length > largestAnnouncement * 2) return err(notSigned);
    }
    return ok(Buffer.concat(parts).toString('utf8'));
  }

  /** One at a time; what goes wrong on the way is told as the network tells it. */
  async #within<T>(ms: number | undefined, work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
    const stop = new AbortController();
    this.#stop = stop;
    const late = new AbortController();
    const callOff =
      ms === undefined
        ? () => undefined
        : this.#ports.clock.schedule(ms, () => {
            late.abort();
            stop.abort();
          });
    try {
      return await work(stop.signal);
    } catch (error) {
      if (stop.signal.aborted && !late.signal.aborted) return err(stopped);
      return err(unreachable(late.signal.aborted ? Object.assign(new Error(), { name: 'TimeoutError' }) : error));
    } finally {
      callOff();
      this.#stop = undefined;
    }
  }

  #set(state: State, failed?: UpdatesView['failed']): void {
    this.#state = state;
    this.#failed = failed;
    this.#ports.publisher.changed('app');
  }
}

function wordsOf({ file, notes, version }: Found) {
  return { version, notes, bytes: file.bytes };
}

const diskCodes = /^(?:ENOSPC|EDQUOT|EACCES|EPERM|EROFS|EISDIR|ENOTDIR|ENOENT|EEXIST|EMFILE|EIO)$/;

const nothingLoaded = 'Nothing was loaded, and this version goes on as it is.';
const asBefore = { whatDidNotChange: nothingLoaded, retryable: true, remedies: [{ kind: 'retry' as const }] };

const noPlace = appError('not-possible', 'This build was given no place that updates come from.', {
  whatDidNotChange: nothingLoaded,
  whatToDo: 'Get newer versions from wherever you got this one.',
});
const nothingFound = appError('not-possible', 'No newer version was found yet.', { whatToDo: 'Look for one first.' });
const stopped = appError('not-possible', 'It was stopped.', { ...asBefore, whatToDo: 'Begin again when you want.' });
const gone = appError('not-possible', 'The installer is no longer where it was put.', {
  whatDidNotChange: 'This version goes on as it is.',
  whatToDo: 'Look where it was moved to, or load it again.',
});
const notSigned = appError(
  'not-possible',
  'What is said of a newer version is not signed by the publisher of this one.',
  {
    ...asBefore,
    whatToDo: 'Try again later. If it stays so, ask whoever gave you Sallyport, and load nothing from there meanwhile.',
  },
);
const notTheSame = appError('not-possible', 'The file is not the one that the publisher has signed. It was deleted.', {
  ...asBefore,
  whatToDo: 'Try again. If it stays so, ask whoever gave you Sallyport.',
});

function notForThis(version: string): AppError {
  return appError('not-possible', `Version ${version} is there, and not for this kind of computer.`, {
    ...asBefore,
    whatToDo: 'Look again later.',
  });
}

function noAnswer(httpStatus: number): AppError {
  return appError('unreachable', `The place of updates has nothing to say: it answered ${String(httpStatus)}.`, {
    ...asBefore,
    whatToDo: 'Try again later.',
    ...(httpStatus >= 100 && httpStatus < 600 ? { httpStatus } : {}),
  });
}

const silence = {
  ...{ kind: 'unreachable' as const, message: 'AWS could not be reached.' },
  ...{ whatToDo: 'Check the network and try again.', remedies: asBefore.remedies },
};

/** The network's own words, which speak of AWS. */
function unreachable(error: unknown): AppError {
  const { kind, message, remedies, whatToDo } = networkError(error) ?? silence;
  const place = (text: string) =>
    text
      .replace('the endpoint and the network', 'the network')
      .replace('at that address', 'at the place of updates')
      .replace('AWS’s address', 'The address of updates')
      .replace(/^AWS/, 'The place of updates')
      .replaceAll('AWS', 'the place of updates');
  const rest = { ...asBefore, whatToDo: place(whatToDo), remedies: [...remedies] };
  return appError(kind, place(message).slice(0, 1000), rest);
}
