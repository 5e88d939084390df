import { beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../support/bundle';
import { hasPrivateKeyring, noKeyringReason, runInOwnKeyring } from '../support/keyring';
import type { LockedKeyringReport } from '../support/locked-keyring-child';

let program = '';
beforeAll(async () => {
  if (hasPrivateKeyring) program = await bundleForNode('locked-keyring-child');
}, 60_000);

describe.skipIf(!hasPrivateKeyring)(`a keyring that is locked while sessions live (${noKeyringReason})`, () => {
  it('costs no session that is open, asks AWS for nothing that could not be kept, and goes on once it is unlocked', () => {
    const report = JSON.parse(runInOwnKeyring([process.execPath, program])) as LockedKeyringReport;
    const { before, byHand, locked, lockedAgain, started, startRefused, unlocked } = report;
    const three = (word: string) => [word, word, word];
    expect(before).toMatchObject({ keychain: 'ready', usable: 3, live: 3, words: [] });
    for (const seen of [locked, lockedAgain]) {
      expect(seen).toMatchObject({ keychain: 'unavailable', troubles: three('keychain-locked'), usable: 3, live: 3 });
      expect(seen.words).toHaveLength(9);
      expect(seen.words.every((word) => word.length > 10)).toBe(true);
    }
    expect(locked.assumed).toBe(before.assumed);
    expect(startRefused).toBe('keychain-locked');
    expect(started).toMatchObject({ assumed: before.assumed, usable: 3, live: 3 });
    expect(lockedAgain.assumed).toBe(unlocked.assumed);
    for (const [seen, renewed] of [
      [unlocked, before],
      [byHand, lockedAgain],
    ] as const) {
      expect(seen).toMatchObject({ keychain: 'ready', usable: 3, live: 3, words: [] });
      expect(seen.assumed - renewed.assumed).toBe(3);
    }
  }, 120_000);
});
