import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { noTrouble } from '../../../core/domain/practice-trouble';
import { createAws } from '../../../main/aws/create-aws';
import { Practice, practiceDocumentSchema, type PracticeDocument } from '../../../main/practice';
import { KeychainSecretStore } from '../../../main/secrets/keychain-secret-store';
import { MemorySecretStore } from '../../../main/secrets/memory-secret-store';
import { SecretVault } from '../../../main/secrets/secret-vault';
import { MemoryDocument } from '../../../main/store/memory-document';
import { StoreFiles } from '../../../main/store-files';
import { ManualClock } from '../../support/manual-clock';
import { MemoryKeychain } from '../../support/memory-keychain';
import { sandboxEnvironment, valueOf } from '../../support/practice';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const sourcesIn = (folder: string, kind: 'practice' | 'aws' = 'practice') =>
  new StoreFiles(folder, () => 1_795_338_000_000).workspace(kind).sources;

test('practice has the management account among its sources, also where it began before there was one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-practice-'));
  folders.push(folder);
  const all = ['practice-deployer', 'practice-owner', 'practice-management'];
  expect(
    sourcesIn(folder)
      .read()
      .sources.map(({ id }) => id),
  ).toEqual(all);
  sourcesIn(folder).update((document) => ({
    ...document,
    selectedId: 'practice-owner',
    sources: document.sources.filter(({ id }) => id !== 'practice-management'),
  }));
  const again = sourcesIn(folder).read();
  expect(again.sources.map(({ id }) => id)).toEqual(all);
  expect(again.selectedId).toBe('practice-owner');
  expect(sourcesIn(folder, 'aws').read().sources).toEqual([]);
});

test('accounts can be made again once the trouble with them is taken back', async () => {
  const clock = new ManualClock();
  const vault = new SecretVault(
    new KeychainSecretStore(new MemoryKeychain()),
    new MemorySecretStore(),
    () => undefined,
  );
  const document = new MemoryDocument<PracticeDocument>({
    ...{ name: 'sandbox', schema: practiceDocumentSchema, version: 1, migrations: [], empty: {} },
  });
  const practice = new Practice({ clock, vault, document });
  const aws = createAws({ clock, sandbox: practice, version: '0.0.0' });
  const organizations = aws.organizations(sandboxEnvironment, practice.provider('management'));
  await valueOf(organizations.createOrganization());
  const ask = async (email: string) => {
    const wish = { email, name: 'One', roleName: 'OrganizationAccountAccessRole', tags: [] };
    const { id } = await valueOf(organizations.createAccount(wish));
    return (await valueOf(organizations.describeAccountRequest(id))).state;
  };
  await practice.setTrouble({ ...noTrouble, accountCreationMs: 0, accountCreationFailure: 'INTERNAL_FAILURE' });
  expect(await ask('one@example.com')).toBe('FAILED');
  await practice.setTrouble({ ...noTrouble, accountCreationMs: 0 });
  expect(await ask('one@example.com')).toBe('SUCCEEDED');
});
