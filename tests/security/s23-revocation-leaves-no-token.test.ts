import { describe, expect, it } from 'vitest';
import { found, owner, ready } from '../support/revocation-world';
import { keptRecords, must, plainWish, until } from '../support/workspace-world';

const files = ['report-html', 'report-json', 'request', 'request-page', 'bash', 'powershell'] as const;

describe('S-23: credentials of a role that is taken back', () => {
  it('are in no document, event, notice, line of the audit log or saved file, and no longer in the keychain', async () => {
    const { world, connectionId } = await ready();
    const { connections, revocationCare, revocationFiles, revocations, sessions } = world.workspace;
    const connection = connections.find(connectionId);
    if (connection === undefined) throw new Error('no connection');
    const opened = must(await sessions.start(connection, plainWish(3600)));
    const kept = must(await sessions.credentials(opened.id));
    const secrets = [kept.sessionToken, kept.secretAccessKey];
    const seen: string[] = [];
    world.wire.before = async (_action, pass) => {
      const answer = await pass();
      // what AssumeRole still yields while the change spreads is a secret too
      const body = String(answer.body);
      for (const name of ['SessionToken', 'SecretAccessKey']) {
        const value = new RegExp(`<${name}>([^<]+)<`).exec(body)?.[1];
        if (value !== undefined) seen.push(value);
      }
      return answer;
    };
    expect(world.keychain.items.size).toBeGreaterThan(0);

    const wish = { way: 'close-trust', performer: owner, prove: true } as const;
    const { revocationId } = must(await revocations.revoke(connectionId, wish));
    await until(world, () => found(world, revocationId).proofState === 'complete', 1000);
    expect(seen.length).toBeGreaterThan(0);
    world.clock.advance(16 * 60_000);
    const pasted = `CANARY-${'x'.repeat(60)}`;
    revocationCare.narrow(
      revocationId,
      JSON.stringify({ Events: [{ CloudTrailEvent: pasted, sessionToken: pasted }] }),
    );
    must(revocationCare.signOff(revocationId, 'A. Auditor', 'Seen.'));
    const saved: string[] = [];
    for (const what of files) {
      must(await revocationFiles.save(revocationId, what));
      saved.push(...world.files.saved.values());
      world.files.saved.clear();
    }
    const preview = await revocations.preview(connectionId, 'delete-role', owner);
    must(await revocations.undo(revocationId));

    expect(saved).toHaveLength(files.length);
    expect(world.keychain.items.size).toBe(0);
    const places = {
      documents: keptRecords(world.documents),
      ...{ audit: world.audit, events: world.events, notices: world.notices, operations: world.operations },
      ...{ saved, preview, clipboard: world.clipboard },
    };
    for (const [place, content] of Object.entries(places)) {
      const text = JSON.stringify(content);
      for (const secret of [...secrets, ...seen, pasted]) expect(text.includes(secret), place).toBe(false);
    }
  });
});
