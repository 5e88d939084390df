import type { AppError } from '../core/app-error';
import type { Standing } from '../core/contract/settings';
import { ok, type Result } from '../core/result';
import type { SecretVault } from './secrets/secret-vault';
import type { Workspace } from './workspace';
import { appError } from './workspace-context';

/** Of a workspace what is looked at, and closed, before everything is forgotten. */
type Open = Pick<Workspace, 'kind' | 'connections' | 'sessions' | 'revocations' | 'handoff'>;

type Left = { readonly profilesLeft: number; readonly keychainLeft: boolean };

export type ForgetPorts = {
  /** both, whether they were opened before or not */
  readonly workspaces: () => readonly Open[];
  /** stops them; whoever asks for one next opens it anew */
  readonly closeWorkspaces: () => void;
  readonly vault: Pick<SecretVault, 'check' | 'removeAll'>;
  /** every file of this app; what was opened from them is to be opened anew */
  readonly emptyFiles: () => Result<void>;
  /** what is held in memory, and the settings, are as at the first start; the window begins anew, and says what is left */
  readonly beginAnew: (left: AppError | undefined) => void;
};

/** What goes on, of both workspaces, and would not be seen from here any more. */
export function standing(workspaces: readonly Open[]): Standing {
  return {
    workspaces: workspaces.map(({ connections, handoff, kind, revocations, sessions }) => ({
      workspace: kind,
      sessions: sessions.live().map(({ connectionName, id }) => ({ id, name: connectionName })),
      revocations: revocations
        .list()
        .filter(({ state }) => state !== 'ended' && state !== 'undone')
        .slice(0, 5000)
        .map(({ connectionName, id }) => ({ id, name: connectionName })),
      connections: connections.count(),
      profiles: profilesOf({ connections, handoff }).length,
    })),
  };
}

function profilesOf({ connections, handoff }: Pick<Workspace, 'connections' | 'handoff'>) {
  return connections.all().flatMap(({ id }) => handoff.profiles.ofConnection(id));
}

/**
 * Takes away what this app keeps on this computer, in an order in which each step can be run again: first what is found by
 * the records, then the secrets, then the records. Asks AWS nothing, and changes nothing there.
 */
export async function forgetEverything(ports: ForgetPorts): Promise<Result<Left>> {
  const { beginAnew, closeWorkspaces, emptyFiles, vault, workspaces } = ports;
  const keychain = await vault.check();
  // who agreed to memory knows that the keychain does not answer; for others it may answer again in a moment
  if (keychain.state === 'unavailable') return { ok: false, error: keychain.error };
  let profilesLeft = 0;
  for (const workspace of workspaces()) {
    for (const { id } of profilesOf(workspace)) {
      const removed = workspace.handoff.profiles.remove(id, false);
      if (!removed.ok || !removed.value.done) profilesLeft += 1;
    }
    await workspace.sessions.endAll();
  }
  closeWorkspaces();
  // SECURITY(S-15): by their names, from under this app's own name in the keychain
  const secrets = await vault.removeAll();
  if (!secrets.ok && keychain.state !== 'memory') return secrets;
  const emptied = emptyFiles();
  if (!emptied.ok) return emptied;
  const left = { profilesLeft, keychainLeft: !secrets.ok };
  beginAnew(whatIsLeft(left));
  return ok(left);
}

/** Nobody would look for it: it is said where the window begins anew. */
function whatIsLeft({ keychainLeft, profilesLeft }: Left): AppError | undefined {
  const profiles = profilesLeft === 1 ? 'A profile' : `${String(profilesLeft)} profiles`;
  const parts = [
    ...(profilesLeft > 0 ? [`${profiles} in your AWS files stayed: a hand has changed our lines there.`] : []),
    ...(keychainLeft ? ['The keychain did not answer: what it has under the name Sallyport stayed.'] : []),
  ];
  if (parts.length === 0) return undefined;
  return appError(keychainLeft ? 'keychain-failed' : 'not-possible', parts.join(' '), {
    whatDidNotChange: 'Everything else of Sallyport is gone from this computer.',
    whatToDo: 'Take it away by hand, if it is not wanted.',
  });
}
