import type { Act } from '../../core/domain/activity-words';
import {
  freeProfileName,
  proposeProfileName,
  successorOf,
  type HandoffProfile,
} from '../../core/domain/handoff-profile';
import type { Connection } from '../../core/domain/connection';
import type { Session } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import type { ProfileFiles } from '../aws/profiles';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { changeAwsFile, readAwsFile } from './aws-file';
import { credentialProcessLine, type OwnProgram } from './credential-process-arguments';
import type { HandoffDocument } from './handoff-document';
import { nameFault, nameTaken } from './profile-name';
import {
  addLines,
  findLines,
  fromBytes,
  hasNoneOfOurs,
  lineBreakOf,
  profileNames,
  removeLines,
  replaceLines,
  writeLines,
} from './profile-text';

export type OwnProfilesPorts = Pick<WorkspaceContext, 'clock' | 'newId' | 'audit' | 'publisher'> & {
  readonly document: StoredDocument<HandoffDocument>;
  /** asked at each act: the environment says where they are */
  readonly files: () => ProfileFiles;
  readonly program: OwnProgram;
  readonly findSession: (sessionId: string) => Session | undefined;
  readonly allSessions: () => readonly Session[];
};

export type ProfileWish = { readonly session: Session; readonly name: string; readonly region: string };

export type ProfilePreview = {
  readonly file: string;
  /** as it will stand in the file, in order */
  readonly lines: string;
  readonly makesFile: boolean;
  /** a name that is free, when somebody else’s profile has the one that is wished for */
  readonly takenUse?: string;
  /** our lines as they are now, when a hand has changed them */
  readonly changedByHand?: string;
};

/** `asked`: nothing was written, because a hand has changed our lines since; `changedByHand` is how they are now. */
export type ProfileChange = { readonly done: true } | { readonly done: false; readonly changedByHand: string };

/** The profiles of `~/.aws/config` that this app made: written, kept right and taken away, and nobody else’s touched. */
export class OwnProfiles {
  readonly #ports: OwnProfilesPorts;

  constructor(ports: OwnProfilesPorts) {
    this.#ports = ports;
  }

  of(sessionId: string): HandoffProfile | undefined {
    return this.#all().find((profile) => profile.sessionId === sessionId);
  }

  ofConnection(connectionId: string): readonly HandoffProfile[] {
    return this.#all().filter((profile) => profile.connectionId === connectionId);
  }

  /** Each with whether a hand has changed its lines: what cannot be read counts as unchanged, for writing will say why. */
  look(): readonly (HandoffProfile & { readonly isChanged: boolean })[] {
    return this.#all().map((profile) => {
      const read = readAwsFile(profile.file);
      return { ...profile, isChanged: read.ok && handChange(read.value.bytes, profile) !== undefined };
    });
  }

  /** Whether our lines stand in its file. A file that cannot be read may have them. */
  isInFile({ file, id }: HandoffProfile): boolean {
    const read = readAwsFile(file);
    return !read.ok || findLines(read.value.bytes, id).kind !== 'none';
  }

  find(profileId: string): HandoffProfile | undefined {
    return this.#all().find(({ id }) => id === profileId);
  }

  /** A free name for this connection's profile. A file that cannot be read has no say: writing will refuse it. */
  propose(connection: Pick<Connection, 'name'>): string {
    const names = this.#names();
    return freeProfileName(proposeProfileName(connection.name), (name) => names.has(name));
  }

  preview(wish: ProfileWish): Result<ProfilePreview> {
    const known = this.of(wish.session.id);
    const planned = this.#plan(wish, known?.id ?? this.#ports.newId(), '\n');
    if (!planned.ok) return planned;
    const file = known?.file ?? this.#ports.files().configFile;
    const read = readAwsFile(file);
    if (!read.ok) return read;
    const names = this.#names(known?.name);
    const changed = known === undefined ? undefined : handChange(read.value.bytes, known);
    return ok({
      file,
      lines: planned.value,
      makesFile: read.value.stats === undefined,
      ...(names.has(wish.name) ? { takenUse: freeProfileName(wish.name, (name) => names.has(name)) } : {}),
      ...(changed === undefined ? {} : { changedByHand: changed }),
    });
  }

  /** Writes the session's profile, or brings the one it has up to date. SECURITY(S-24): see aws-file.ts and profile-text.ts. */
  write(wish: ProfileWish, evenIfChanged: boolean): Result<ProfileChange> {
    const { session, name, region } = wish;
    const known = this.of(session.id);
    const id = known?.id ?? this.#ports.newId();
    const file = known?.file ?? this.#ports.files().configFile;
    if (this.#names(known?.name).has(name)) return err(nameTaken(name));
    let asked: string | undefined;
    let written = { text: '', lead: known?.lead ?? 0 };
    const changed = changeAwsFile(
      file,
      (bytes) => {
        const block = this.#plan(wish, id, lineBreakOf(bytes));
        if (!block.ok) return block;
        const found = findLines(bytes, id);
        asked = known === undefined || evenIfChanged ? undefined : handChange(bytes, known);
        if (asked !== undefined) return ok(undefined);
        if (found.kind === 'torn') return err(torn(file));
        if (found.kind === 'whole') {
          written = { ...written, text: block.value };
          return ok(replaceLines(bytes, found.place, block.value));
        }
        // the name may have been taken between the look and now
        if (profileNames(bytes, 'config').has(name)) return err(nameTaken(name));
        const added = addLines(bytes, block.value);
        written = { text: block.value, lead: added.lead };
        return ok(added.bytes);
      },
      hasNoneOfOurs,
    );
    if (!changed.ok) return changed;
    if (asked !== undefined) return ok({ done: false, changedByHand: asked });
    const profile: HandoffProfile = {
      id,
      name,
      connectionId: session.connectionId,
      sessionId: session.id,
      sessionPolicy: session.request.sessionPolicy,
      region,
      file,
      written: fromBytes(written.text),
      lead: written.lead,
      createdAt: known?.createdAt ?? this.#ports.clock.now(),
    };
    const saved = this.#save((profiles) => [...profiles.filter((one) => one.id !== id), profile]);
    if (!saved.ok) {
      // lines without a record would keep their name from everybody, and nobody could take them away here
      if (known === undefined) this.#takeOut(profile, true);
      return saved;
    }
    this.#audit(known === undefined ? 'profile.written' : 'profile.changed', profile);
    return ok({ done: true });
  }

  /** Takes our lines out of the file. What a hand changed is asked about first; what is gone already is no failure. */
  remove(profileId: string, evenIfChanged: boolean): Result<ProfileChange> {
    const profile = this.find(profileId);
    if (profile === undefined) return err(notFound('This profile'));
    const taken = this.#takeOut(profile, evenIfChanged);
    if (!taken.ok || !taken.value.done) return taken;
    const saved = this.#forget(profile);
    return saved.ok ? ok({ done: true }) : saved;
  }

  #takeOut(profile: HandoffProfile, evenIfChanged: boolean): Result<ProfileChange> {
    let asked: string | undefined;
    const changed = changeAwsFile(
      profile.file,
      (bytes) => {
        const found = findLines(bytes, profile.id);
        if (found.kind === 'none') return ok(undefined);
        if (found.kind === 'torn') return err(torn(profile.file));
        asked = evenIfChanged ? undefined : handChange(bytes, profile);
        return ok(asked === undefined ? removeLines(bytes, found.place, profile.lead) : undefined);
      },
      () => false,
    );
    if (!changed.ok) return changed;
    return ok(asked === undefined ? { done: true } : { done: false, changedByHand: asked });
  }

  /** Of a connection that is forgotten. Lines that a hand changed stay where they are, and answer nobody any more. */
  forgetConnection(connectionId: string): Result<unknown> {
    for (const profile of this.ofConnection(connectionId)) {
      const removed = this.remove(profile.id, false);
      if (!removed.ok) return removed;
      const forgotten = removed.value.done ? ok(undefined) : this.#forget(profile);
      if (!forgotten.ok) return forgotten;
    }
    return ok(undefined);
  }

  /** A new session of a connection takes the place of one that was ended, so that the tool's line stays the same. */
  settle(): void {
    const sessions = this.#ports.allSessions();
    const profiles = this.#all();
    const settled = profiles.map((profile): HandoffProfile => {
      const session = this.#ports.findSession(profile.sessionId);
      if (profile.endedAt === undefined && session?.end === undefined && session !== undefined) return profile;
      const ended = { ...profile, endedAt: profile.endedAt ?? session?.end?.at ?? this.#ports.clock.now() };
      const successor = successorOf(ended, sessions);
      if (successor === undefined) return profile.endedAt === undefined ? ended : profile;
      const { endedAt: _endedAt, ...rest } = ended;
      return { ...rest, sessionId: successor.id };
    });
    if (settled.every((profile, index) => profile === profiles[index])) return;
    this.#save(() => settled);
  }

  #all(): readonly HandoffProfile[] {
    return this.#ports.document.read().profiles;
  }

  #plan({ session, name, region }: ProfileWish, id: string, lineBreak: string): Result<string> {
    const fault = nameFault(name);
    if (fault !== undefined) return err(fault);
    const line = credentialProcessLine(this.#ports.program, id);
    if (line === undefined) {
      return err(
        appError(
          'not-possible',
          'The folder of this program has a character in its name that tools would not understand.',
          {
            whatToDo:
              'Install Sallyport in a folder whose name has no quotes, $ or backslashes, or use another way below.',
          },
        ),
      );
    }
    return ok(
      writeLines(
        {
          id,
          title: session.connectionName,
          lines: [`[profile ${name}]`, `credential_process = ${line}`, `region = ${region}`],
        },
        lineBreak,
      ),
    );
  }

  /** The names that are somebody's, in both files. */
  #names(butOurs?: string): ReadonlySet<string> {
    const { configFile, credentialsFile } = this.#ports.files();
    const names = new Set<string>();
    for (const [path, kind] of [
      [configFile, 'config'],
      [credentialsFile, 'credentials'],
    ] as const) {
      const read = readAwsFile(path);
      if (read.ok) for (const name of profileNames(read.value.bytes, kind)) names.add(name);
    }
    for (const { name } of this.#all()) names.add(name);
    if (butOurs !== undefined) names.delete(butOurs);
    return names;
  }

  #forget(profile: HandoffProfile): Result<unknown> {
    const saved = this.#save((profiles) => profiles.filter(({ id }) => id !== profile.id));
    if (saved.ok) this.#audit('profile.removed', profile);
    return saved;
  }

  #save(change: (profiles: readonly HandoffProfile[]) => readonly HandoffProfile[]): Result<unknown> {
    const saved = this.#ports.document.update((document) => ({
      ...document,
      profiles: [...change(document.profiles)],
    }));
    this.#ports.publisher.changed('handoff');
    return saved;
  }

  #audit(act: Act, { name, file, sessionId }: HandoffProfile): void {
    this.#ports.audit({ act, subject: name, file, sessionId });
  }
}

/** Our lines as they are, if they are not as we wrote them. Line breaks count for nothing: an editor may change them all. */
function handChange(bytes: string, { id, written }: HandoffProfile): string | undefined {
  const found = findLines(bytes, id);
  if (found.kind !== 'whole') return undefined;
  const now = fromBytes(found.text).replaceAll('\r\n', '\n');
  return now === written.replaceAll('\r\n', '\n') ? undefined : now;
}

function torn(file: string) {
  return appError(
    'not-possible',
    `Somebody has put something between Sallyport’s lines in ${file}, or half of them is gone.`,
    {
      whatDidNotChange: 'The file was not touched.',
      whatToDo: 'Open the file, take out the lines from “# sallyport:begin” to “# sallyport:end”, then try again.',
      retryable: true,
      remedies: [{ kind: 'retry' }],
    },
  );
}
