import { randomUUID } from 'node:crypto';
import type { Operation, SignInOperation } from '../../core/contract/operations';
import { ok, type Result } from '../../core/result';
import type { AwsEnvironment } from '../../main/aws/aws-api';
import { createAws, createIdentityCenter } from '../../main/aws/create-aws';
import { Operations } from '../../main/operations/operations';
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { MemorySecretStore } from '../../main/secrets/memory-secret-store';
import { SecretVault } from '../../main/secrets/secret-vault';
import { openExternal } from '../../main/security/external-links';
import { SignIns } from '../../main/sources/sign-ins';
import { Sources } from '../../main/sources/sources';
import { sourcesDocumentSchema, type SourcesDocument } from '../../main/sources/sources-document';
import { MemoryDocument } from '../../main/store/memory-document';
import type { AuditEntry } from '../../main/workspace-context';
import { IdentityCenterDouble } from './identity-center';
import { ManualClock } from './manual-clock';
import { MemoryKeychain } from './memory-keychain';
import { must } from './must';
import { straightNetwork } from './practice';

export const portal = { startUrl: 'https://d-1234567890.awsapps.com/start', region: 'eu-west-1' };

export type PortalWorld = Awaited<ReturnType<typeof newPortalWorld>>;

/** The sources of the AWS workspace with the real SDK over HTTP to the double, on a clock that stands still. */
export async function newPortalWorld(endpoint?: string) {
  const clock = new ManualClock();
  const double = new IdentityCenterDouble(() => clock.now());
  double.accounts.push(
    { accountId: '111122223333', name: 'Tidewater development', roles: ['Admin', 'Auditor', 'Deployer'] },
    { accountId: '222233334444', name: 'Tidewater production', roles: ['Auditor'] },
    { accountId: '333344445555', name: 'Sandbox', roles: ['Admin'] },
  );
  const address = endpoint ?? (await double.listen());
  const keychain = new MemoryKeychain();
  const vault = new SecretVault(new KeychainSecretStore(keychain), new MemorySecretStore(), () => undefined);
  const document = new MemoryDocument<SourcesDocument>({
    name: 'sources',
    schema: sourcesDocumentSchema,
    version: 1,
    migrations: [],
    empty: { sources: [] },
  });
  const audit: AuditEntry[] = [];
  const latest = new Map<string, Operation>();
  const opened: string[] = [];
  const environment = (region: string): AwsEnvironment => ({
    kind: 'aws',
    partition: 'aws',
    region,
    endpoint: address,
  });
  const options = { clock, network: straightNetwork(clock), version: '0.0.0' };
  const browser = { opens: true };
  const context = {
    clock,
    newId: randomUUID,
    aws: createAws(options),
    environment,
    publisher: {
      revision: 0,
      changed: () => undefined,
      send: (_event: string, payload: object) => {
        const { operation } = payload as { operation: Operation };
        latest.set(operation.id, operation);
      },
    },
    audit: (...entries: readonly AuditEntry[]): Result<unknown> => {
      audit.push(...entries);
      return ok(undefined);
    },
    document,
    vault,
    // the gate that the app has, in front of a person who follows what is opened
    openInBrowser: (page: string) =>
      openExternal(
        {
          openExternal: (url) => {
            if (!browser.opens) return Promise.reject(new Error('no browser'));
            opened.push(url);
            return Promise.resolve();
          },
        },
        page,
      ),
  };
  const operations = new Operations(context);
  const signIns = new SignIns({ ...context, operations, api: createIdentityCenter(options, environment) });
  const variables: Record<string, string | undefined> = {};
  const sources = new Sources({
    ...context,
    signIns,
    variables,
    listProfiles: () => Promise.resolve(ok([])),
    profileProvider: () => () => Promise.reject(new Error('no profiles here')),
  });
  const operation = (id: string) => latest.get(id) as SignInOperation;
  return {
    audit,
    browser,
    clock,
    document,
    double,
    keychain,
    opened,
    operation,
    operations,
    signIns,
    sources,
    variables,
    vault,
    /** everything in the keychain, as one text */
    kept: () => [...keychain.items.values()].join(),
    ended: (id: string) => soon(() => operation(id).state !== 'running'),
    /** Lets the app ask AWS until it is over; each turn is so many milliseconds of its clock. */
    polling: (id: string, step = 1000) =>
      soon(
        () => operation(id).state !== 'running',
        () => clock.advance(step),
      ),
    /** Begins and gives what is on screen once it waits for the person. */
    async begin(way: 'browser' | 'code', place = portal): Promise<SignInOperation> {
      const { operationId } = must(sources.portal.signIn({ ...place, way }));
      await soon(() => operation(operationId).waitsUntil !== undefined || operation(operationId).state !== 'running');
      return operation(operationId);
    },
    /** A sign-in by browser, to its end. */
    async signedIn(): Promise<string> {
      const { id, subjectId } = await this.begin('browser');
      await double.browse(must({ ok: true, value: opened.at(-1) ?? '' }));
      await operations.whenEnded(id);
      return subjectId;
    },
    async close(): Promise<void> {
      operations.cancelAll();
      if (endpoint === undefined) await double.close();
    },
  };
}

/** Lets what waits for the network go on, until the condition holds; five seconds of real time at most. */
export async function soon(condition: () => boolean, eachTurn: () => void = () => undefined): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It did not come to that');
    eachTurn();
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
}
