import type { AppError } from '../../core/app-error';
import type { PlainProfile } from '../../core/domain/handoff-profile';
import type { Session } from '../../core/domain/session';
import { isLive } from '../../core/domain/session';
import { err, ok, type Result } from '../../core/result';
import type { ProfileFiles } from '../aws/profiles';
import type { SessionCredentials } from '../sessions/kept-credentials';
import { appError, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { changeAwsFile, readAwsFile, removeBackup } from './aws-file';
import type { HandoffDocument } from './handoff-document';
import { nameFault, nameTaken } from './profile-name';
import { addLines, findLines, hasNoneOfOurs, lineBreakOf, profileNames, removeLines, writeLines } from './profile-text';

export type PlainProfilesPorts = Pick<WorkspaceContext, 'clock' | 'newId' | 'audit' | 'publisher'> & {
  readonly document: StoredDocument<HandoffDocument>;
  readonly files: () => ProfileFiles;
  readonly findSession: (sessionId: string) => Session | undefined;
};

/** The longest single timer; a longer wait is taken in pieces so that a clock jump is noticed. In milliseconds. */
const longestTimerMs = 60_000;

/**
 * Sections with the keys themselves in the credentials file: the last way, for tools that know no other. Each is gone when
 * its keys expire, when the session ends, when the app quits, and at the next start if the app was killed.
 */
export class PlainProfiles {
  readonly #ports: PlainProfilesPorts;
  #callOffTimer: (() => void) | undefined;

  constructor(ports: PlainProfilesPorts) {
    this.#ports = ports;
  }

  of(sessionId: string): PlainProfile | undefined {
    return this.#all().find((profile) => profile.sessionId === sessionId);
  }

  write(session: Session, name: string, credentials: SessionCredentials): Result<PlainProfile> {
    const fault = nameFault(name);
    if (fault !== undefined) return err(fault);
    const old = this.of(session.id);
    const cleared = old === undefined ? ok(undefined) : this.#remove(old);
    if (!cleared.ok) return cleared;
    const { clock, newId } = this.#ports;
    const { configFile, credentialsFile: file } = this.#ports.files();
    const read = readAwsFile(file);
    if (!read.ok) return read;
    if (read.value.stats !== undefined && process.platform !== 'win32' && (read.value.stats.mode & 0o077n) !== 0n) {
      return err(
        appError('not-possible', `Other users of this computer may read ${file}.`, {
          whatDidNotChange: 'The file was not touched.',
          whatToDo: `Make it yours alone, as with: chmod 600 "${file}". Then try again.`,
          retryable: true,
          remedies: [{ kind: 'retry' }],
        }),
      );
    }
    const config = readAwsFile(configFile);
    const id = newId();
    // on record before it is in the file: a crash in between leaves nothing in the file that nobody knows of
    const record: PlainProfile = {
      id,
      name,
      file,
      lead: 0,
      sessionId: session.id,
      createdAt: clock.now(),
      expiresAt: credentials.expiration,
    };
    const saved = this.#save((profiles) => [...profiles, record]);
    if (!saved.ok) return saved;
    let lead: 0 | 1 | 2 = 0;
    const changed = changeAwsFile(
      file,
      (bytes) => {
        const isTaken =
          profileNames(bytes, 'credentials').has(name) ||
          (config.ok && profileNames(config.value.bytes, 'config').has(name));
        if (isTaken) return err(nameTaken(name));
        const added = addLines(bytes, writeLines(linesOf(id, session, name, credentials), lineBreakOf(bytes)));
        lead = added.lead;
        return ok(added.bytes);
      },
      hasNoneOfOurs,
    );
    if (!changed.ok) {
      this.#remove(record);
      return changed;
    }
    const whole = { ...record, lead };
    const kept = this.#save((profiles) => profiles.map((one) => (one.id === id ? whole : one)));
    if (!kept.ok) return kept;
    this.#ports.audit({ act: 'plain-profile.written', subject: name, file, sessionId: session.id });
    this.settle();
    return ok(whole);
  }

  removeOf(sessionId: string): Result<void> {
    const profile = this.of(sessionId);
    return profile === undefined ? ok(undefined) : this.#remove(profile);
  }

  /** Takes away what is over, and waits for the next end. What cannot be removed now is tried again then. */
  settle(): void {
    this.#callOffTimer?.();
    this.#callOffTimer = undefined;
    const now = this.#ports.clock.now();
    for (const profile of this.#all()) {
      const session = this.#ports.findSession(profile.sessionId);
      if (profile.expiresAt <= now || session === undefined || !isLive(session, now)) this.#remove(profile);
    }
    const left = this.#all();
    if (left.length === 0) return;
    const next = Math.min(...left.map(({ expiresAt }) => expiresAt)) - now;
    this.#callOffTimer = this.#ports.clock.schedule(Math.min(Math.max(next, 1000), longestTimerMs), () => {
      this.settle();
    });
  }

  /** At the start, when a killed app may have left some, and when it quits. @returns those that stayed, and why */
  removeAll(): readonly { readonly profile: PlainProfile; readonly error: AppError }[] {
    this.#callOffTimer?.();
    return this.#all().flatMap((profile) => {
      const removed = this.#remove(profile);
      return removed.ok ? [] : [{ profile, error: removed.error }];
    });
  }

  /** With the last of our lines the copy goes that was kept before the first: it holds others' keys. */
  #remove(profile: PlainProfile): Result<void> {
    const seen = { wasThere: false, isCopyNeeded: true };
    const changed = changeAwsFile(
      profile.file,
      (bytes) => {
        const found = findLines(bytes, profile.id);
        seen.wasThere = found.kind === 'whole';
        const left = found.kind === 'whole' ? removeLines(bytes, found.place, profile.lead) : bytes;
        // where the file itself is gone the copy may be all that somebody has
        seen.isCopyNeeded = bytes === '' || !hasNoneOfOurs(left);
        if (found.kind !== 'torn') return ok(left);
        return err(
          appError('not-possible', `Sallyport’s lines in ${profile.file} are not whole any more.`, {
            whatDidNotChange: 'The file was not touched.',
            whatToDo: `Take the section [${profile.name}] out of it by hand.`,
          }),
        );
      },
      () => false,
    );
    if (!changed.ok) return changed;
    const cleared = seen.isCopyNeeded ? ok(undefined) : removeBackup(profile.file);
    if (!cleared.ok) return cleared;
    const saved = this.#save((profiles) => profiles.filter(({ id }) => id !== profile.id));
    if (!saved.ok) return saved;
    if (seen.wasThere) this.#ports.audit({ act: 'plain-profile.removed', subject: profile.name, file: profile.file });
    return ok(undefined);
  }

  #all(): readonly PlainProfile[] {
    return this.#ports.document.read().plain;
  }

  #save(change: (profiles: readonly PlainProfile[]) => readonly PlainProfile[]): Result<void> {
    const saved = this.#ports.document.update((document) => ({ ...document, plain: [...change(document.plain)] }));
    this.#ports.publisher.changed('handoff');
    return saved.ok ? ok(undefined) : saved;
  }
}

function linesOf(id: string, { connectionName }: Session, name: string, credentials: SessionCredentials) {
  return {
    id,
    title: connectionName,
    lines: [
      `[${name}]`,
      `aws_access_key_id = ${credentials.accessKeyId}`,
      `aws_secret_access_key = ${credentials.secretAccessKey}`,
      `aws_session_token = ${credentials.sessionToken}`,
    ],
  };
}
