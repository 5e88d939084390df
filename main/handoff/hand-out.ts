import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../core/result';
import type { Clock } from '../platform/clock';
import { KeychainSecretStore } from '../secrets/keychain-secret-store';
import { KeytarKeychain } from '../secrets/keytar-keychain';
import { readKept, sessionSecretKey } from '../sessions/kept-credentials';
import { AuditLog } from '../store/audit-log';
import { codeOf } from '../store/store-error';
import { answerCredentialProcess } from './credential-process';
import { lockSessionNow } from './session-lock';

export type HandOutPorts = {
  readonly userData: string;
  readonly clock: Clock;
  readonly version: string;
  /** another name in the keychain, as under test */
  readonly keychainService?: string | undefined;
};

/**
 * Answers a tool on standard output, or says on standard error why not. Nothing of the app is loaded for it but this
 * file's own imports, and what renewing needs only when there is something to renew.
 * @returns the status to exit with (core/domain/credential-process.ts)
 */
export async function handOut(profileId: string, ports: HandOutPorts): Promise<number> {
  const { userData, clock, keychainService } = ports;
  // tools show what they find on standard error: it is for our one line, not for Node's advice to developers
  process.removeAllListeners('warning');
  const keychain = new KeytarKeychain(keychainService);
  const outcome = await answerCredentialProcess(profileId, {
    userData,
    clock,
    readCredentials: async (sessionId) => {
      // a store of its own for each look: another process may have written in between
      const kept = await new KeychainSecretStore(keychain, { looksAround: false }).get(sessionSecretKey(sessionId));
      return kept.ok ? ok(readKept(kept.value)) : kept;
    },
    renew: async (workspace, session) => {
      const { renewHere } = await import('./renew-here');
      return await renewHere(workspace, session.id, { ...ports, keychain });
    },
    onGiven: (workspace, name, sessionId) =>
      new AuditLog(join(userData, workspace, 'audit.jsonl'), () => clock.now(), 'beside').append({
        act: 'session.handed-to.profile',
        by: 'credential-process',
        subject: name,
        sessionId,
      }),
    lock: (workspace, sessionId) => lockSessionNow(join(userData, workspace), sessionId, clock),
  });
  if (outcome.exit === 0 && 'stdout' in outcome) write(1, outcome.stdout);
  if ('line' in outcome) write(2, `${outcome.line}\n`);
  return outcome.exit;
}

/** To the last byte: the process ends right after, and a pipe may take less than it is given. */
function write(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(file, bytes, at);
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') continue;
      // nobody listens any more
      return;
    }
  }
}
