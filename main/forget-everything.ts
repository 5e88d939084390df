import type { AppError } from '../core/app-error';
import { err, ok, type Result } from '../core/result';
import { atWork, type Standpoint } from './before-forgetting';
import type { Left } from '../core/contract/settings';
import type { SecretVault } from './secrets/secret-vault';
import { appError } from './workspace-context';

export type ForgetPorts = {
  /** both, whether they were opened before or not */
  readonly workspaces: () => readonly Standpoint[];
  /** for good, those that are open: nothing of them writes or keeps anything any more; whoever asks for one opens it anew */
  readonly closeWorkspaces: () => void;
  /** meanwhile the keychain is the system's own: practice pretends nothing */
  readonly withRealKeychain: <T>(work: () => Promise<T>) => Promise<T>;
  readonly vault: Pick<SecretVault, 'check' | 'removeAll'>;
  /** every file of this app; what was opened from them is to be opened anew */
  readonly emptyFiles: () => Result<void>;
  /** links that a person gave to this program; false where the system does not let go of them */
  readonly giveBackLinks: () => boolean;
  /** what is held in memory, and the settings, are as at the first start; the window begins anew, and says what is left */
  readonly beginAnew: (left: AppError | undefined) => void;
};

/**
 * Takes away what this app keeps on this computer, in an order in which each step can be run again: first what is found by
 * the records, then the secrets, then the records. Asks AWS nothing, and changes nothing there. `alsoChanged`: also
 * profiles whose lines a hand has changed. Errors: `keychain-…` and `not-possible` before anything was done.
 */
export function forgetEverything(ports: ForgetPorts, alsoChanged: boolean): Promise<Result<Left>> {
  return ports.withRealKeychain(() => forget(ports, alsoChanged));
}

async function forget(
  { beginAnew, closeWorkspaces, emptyFiles, giveBackLinks, vault, workspaces }: ForgetPorts,
  alsoChanged: boolean,
): Promise<Result<Left>> {
  const keychain = await vault.check();
  // who agreed to memory knows that the keychain does not answer; for others it may answer again in a moment
  if (keychain.state === 'unavailable') return err(keychain.error);
  const work = workspaces().flatMap(atWork);
  if (work.length > 0) return err(stillAtWork(work));
  const profiles: Left['profiles'][number][] = [];
  for (const { handoff, sessions } of workspaces()) {
    for (const { file, id, name } of handoff.profiles.look()) {
      const removed = handoff.profiles.remove(id, alsoChanged);
      if (removed.ok && removed.value.done) continue;
      profiles.push({ name, file, why: removed.ok ? 'a hand has changed its lines' : reasonOf(removed.error) });
    }
    await sessions.endAll();
    for (const { error, profile } of handoff.plain.removeAll()) {
      profiles.push({ name: profile.name, file: profile.file, why: `${reasonOf(error)} Keys stand in it` });
    }
  }
  closeWorkspaces();
  // SECURITY(S-15): by their names, from under this app's own name in the keychain
  const secrets = await vault.removeAll();
  if (!secrets.ok && keychain.state !== 'memory') {
    return err(halfDone(secrets.error, { records: 'all', secretsLeft: true, profiles }));
  }
  // who asked for one meanwhile has it from the files that go now: in one turn with them, or it would write them anew
  closeWorkspaces();
  const emptied = emptyFiles();
  if (!emptied.ok) return err(halfDone(emptied.error, { records: 'some', secretsLeft: !secrets.ok, profiles }));
  // a process beside the app that renewed a session until now finds no record of it from here on, and keeps nothing
  const late = await vault.removeAll();
  closeWorkspaces();
  const left = { profiles, keychainLeft: !late.ok, linksLeft: !giveBackLinks() };
  beginAnew(whatIsLeft(left));
  return ok(left);
}

function stillAtWork(work: readonly string[]): AppError {
  const more = work.length - mostNamed;
  const named = work.slice(0, mostNamed).join('; ') + (more > 0 ? `; and ${String(more)} more` : '');
  return appError('not-possible', `Sallyport is at work just now: ${named}.`.slice(0, 1000), {
    whatDidNotChange: 'Nothing was forgotten, and the work goes on. Without its record nobody could finish or undo it.',
    whatToDo: 'Wait until it is done, or stop it where it was begun. Then forget everything.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}

type Half = {
  readonly records: 'all' | 'some';
  readonly secretsLeft: boolean;
  readonly profiles: Left['profiles'];
};

/** Nothing is said to be gone that may still be here. */
function halfDone(error: AppError, { profiles, records, secretsLeft }: Half): AppError {
  const parts = [
    records === 'all' ? 'The records are all here.' : 'Files of Sallyport are still here.',
    secretsLeft ? 'Secrets may still be in the keychain.' : 'Its secrets are gone from the keychain.',
    'Sessions were ended.',
    profiles.length === 0
      ? 'Profiles were taken out of your AWS files.'
      : `Of the profiles in your AWS files, ${String(profiles.length)} stayed.`,
    'Nothing at AWS was changed.',
  ];
  const first = records === 'all' ? error.whatToDo : 'Put that right.';
  return {
    ...error,
    message: `Not everything was forgotten. ${error.message}`.slice(0, 1000),
    whatDidNotChange: parts.join(' '),
    whatToDo: `${first} Then forget everything once more: it goes on from here.`.trim(),
  };
}

/** As the end of a sentence's first half. */
function reasonOf({ message }: AppError): string {
  return message.slice(0, 300);
}

const mostNamed = 3;

/** Nobody would look for it: it is said where the window begins anew. */
function whatIsLeft({ keychainLeft, linksLeft, profiles }: Left): AppError | undefined {
  const more = profiles.length - mostNamed;
  const parts = [
    ...profiles
      .slice(0, mostNamed)
      .map(({ file, name, why }) => `The profile ${name} stayed in ${file}: ${why}${why.endsWith('.') ? '' : '.'}`),
    ...(more > 0 ? [`So did ${String(more)} more.`] : []),
    ...(keychainLeft ? ['The keychain did not answer: what it has under the name Sallyport stayed.'] : []),
    ...(linksLeft ? ['The system still opens sallyport: links with this program.'] : []),
  ];
  if (parts.length === 0) return undefined;
  const todo = [
    ...(profiles.length > 0
      ? ['Open the file and take out the lines from “# sallyport:begin” to “# sallyport:end”.']
      : []),
    ...(keychainLeft ? ['Delete what is named Sallyport with the program that shows your keychain.'] : []),
    ...(linksLeft ? ['Choose another program for these links in the settings of the system, or none.'] : []),
  ];
  return appError(keychainLeft ? 'keychain-failed' : 'not-possible', parts.join(' ').slice(0, 1000), {
    whatDidNotChange: 'Everything else of Sallyport is gone from this computer.',
    whatToDo: todo.join(' '),
  });
}
