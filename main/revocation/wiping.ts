import type { RevocationTarget } from './targets';
import type { Session } from '../../core/domain/session';
import type { Handoff } from '../handoff/handoff';
import type { SecretClipboard } from '../handoff/secret-clipboard';
import type { Sessions } from '../sessions/sessions';
import { removeFromCliCache } from './cli-cache';

export type WipingPorts = {
  readonly sessions: Sessions;
  readonly handoff: Handoff;
  readonly clipboard: Pick<SecretClipboard, 'holdsSecret' | 'clearNow'>;
};

/** What was wiped, and whether it was looked for afterwards and was gone. */
export type Wiped = { readonly title: string; readonly verified: boolean };

/**
 * Wipes what this computer has of sessions of a role: what was handed on first, so that nobody is given what is about to
 * go, then the credentials. With `alsoProfiles` the connection’s profiles go too: where no new session may open they
 * would answer nobody any more.
 */
export async function wipeLocally(
  ports: WipingPorts,
  target: RevocationTarget,
  sessions: readonly Session[],
  alsoProfiles: boolean,
): Promise<Wiped[]> {
  const wiped: Wiped[] = [];
  for (const { id } of sessions) wiped.push(...handedOn(ports.handoff, id));
  if (alsoProfiles) wiped.push(...profilesOf(ports.handoff, target.id));
  if (ports.clipboard.holdsSecret) {
    await ports.clipboard.clearNow();
    wiped.push({ title: 'Clipboard', verified: !ports.clipboard.holdsSecret });
  }
  for (const session of sessions) {
    const ended = await ports.sessions.end(session.id, 'revoked');
    wiped.push({
      title: `${session.credentials === 'memory' ? 'Memory' : 'Keychain'}, session …${session.accessKeyId.slice(-4)}`,
      verified: ended.ok,
    });
  }
  return wiped;
}

/** Takes copies of the role's credentials out of the AWS CLI's cache. Nothing there is nothing to tell. */
export async function wipeCliCache(
  folder: string,
  target: RevocationTarget,
  sessions: readonly Session[],
): Promise<Wiped[]> {
  const { left, removed } = await removeFromCliCache(folder, {
    roleArn: target.roleArn,
    accessKeyIds: sessions.map(({ accessKeyId }) => accessKeyId),
  });
  // a link or a file that is too large is not the CLI's
  const failed = left.filter(({ why }) => why !== 'link' && why !== 'too-large');
  return [
    ...(removed.length === 0 ? [] : [{ title: `AWS CLI’s cache, ${removed.length} of this role`, verified: true }]),
    ...(failed.length === 0 ? [] : [{ title: `AWS CLI’s cache, ${failed.length} left or not read`, verified: false }]),
  ];
}

function handedOn({ endpoint, plain }: Handoff, sessionId: string): Wiped[] {
  const wiped: Wiped[] = [];
  const port = endpoint.view(sessionId)?.port;
  if (port !== undefined) {
    endpoint.stop(sessionId);
    wiped.push({ title: `Endpoint on port ${port}`, verified: endpoint.view(sessionId) === undefined });
  }
  const keys = plain.of(sessionId);
  if (keys !== undefined) {
    const removed = plain.removeOf(sessionId);
    wiped.push({ title: `Keys of profile ${keys.name}`, verified: removed.ok && plain.of(sessionId) === undefined });
  }
  return wiped;
}

/** Lines that a hand has changed since stay in the file: whoever changed them is asked on the connection’s page. */
function profilesOf({ profiles }: Handoff, connectionId: string): Wiped[] {
  return profiles.ofConnection(connectionId).map((profile) => {
    const removed = profiles.remove(profile.id, false);
    const isGone = removed.ok && removed.value.done && !profiles.isInFile(profile);
    return {
      title: isGone ? `Profile ${profile.name}` : `Profile ${profile.name} (changed by hand, left)`,
      verified: isGone,
    };
  });
}
