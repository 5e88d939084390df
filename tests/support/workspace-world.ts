import { randomUUID } from 'node:crypto';
import type { z } from '../../core/zod';
import type { Operation } from '../../core/contract/operations';
import { events as eventContract, type EventName, type Topic } from '../../core/contract/contract';
import { keptTestEnds, type TestEnd } from '../../core/domain/health';
import { plainRequest } from '../../core/domain/session-request';
import { ok } from '../../core/result';
import { createAws } from '../../main/aws/create-aws';
import { Network } from '../../main/aws/network';
import type { SandboxPort } from '../../main/aws/sandbox-handler';
import { consoleSignIn } from '../../main/aws/federation';
import { connectionsCollection } from '../../main/connections/connections';
import { connectionNotesCollection } from '../../main/connections/connection-notes';
import { agreementsCollection, driftLooksCollection, putBacksCollection } from '../../main/connections/drift-records';
import { identityActsCollection } from '../../main/identities/act-records';
import { healthDocumentSchema } from '../../main/connections/health-schedule';
import { emptyHandoff, handoffDocumentSchema } from '../../main/handoff/handoff-document';
import { SecretClipboard } from '../../main/handoff/secret-clipboard';
import { draftsDocumentSchema } from '../../main/onboarding/onboarding';
import { receiptsDocumentSchema } from '../../main/onboarding/receipts';
import { guardRailsDocument } from '../../main/organization/guard-rail-records';
import { accountListsDocument } from '../../main/organization/account-list-records';
import { departuresDocument } from '../../main/organization/departure-records';
import { subAccountsDocument } from '../../main/organization/records';
import { keySightsCollection, reviewsCollection, reviewSettingsDocument } from '../../main/review/records';
import { batchesCollection, revocationsCollection } from '../../main/revocation/records';
import { MemoryCollection } from '../../main/store/memory-collection';
import type { Scenario } from '../../main/sandbox/scenario';
import { createSandbox, type Sandbox } from '../../main/sandbox/sandbox';
import { KeychainSecretStore } from '../../main/secrets/keychain-secret-store';
import { MemorySecretStore } from '../../main/secrets/memory-secret-store';
import { SecretVault } from '../../main/secrets/secret-vault';
import { sessionsDocument } from '../../main/sessions/session-records';
import type { Wish } from '../../main/sessions/sessions';
import type { Notice } from '../../main/sessions/session-notices';
import { notCancelled } from '../../main/sources/sources';
import { sourcesDocumentSchema } from '../../main/sources/sources-document';
import { MemoryLines } from '../../main/store/memory-lines';
import { unwritableError } from '../../main/store/store-error';
import { MemoryDocument } from '../../main/store/memory-document';
import { Workspace } from '../../main/workspace';
import type { AuditEntry } from '../../main/workspace-context';
import type { WorkspaceDocuments } from '../../main/workspace-documents';
import { behindGate } from '../../main/workspace-gate';
import { err } from '../../core/result';
import { ManualClock } from './manual-clock';
import { CallsUnderWay, whileTimePasses } from './passing-time';
import { MemoryFiles } from './memory-files';
import type { RawKeychain } from '../../main/secrets/raw-keychain';
import { MemoryKeychain } from './memory-keychain';
import { nobodyElsewhere, nothingOutside } from './memory-outside';
import { must } from './must';
import { testSigningKey } from './practice';

export { must };

/** A plain session that is not renewed, of so many seconds. */
export function plainWish(seconds: number): Wish {
  return { request: plainRequest(seconds), renewal: 'off' };
}

type SandboxRequest = Parameters<SandboxPort['handle']>[0];
type SandboxResponse = Awaited<ReturnType<SandboxPort['handle']>>;

/** Stands between the SDK and the sandbox: sees each call by its Action, and may break it. */
export class Wire implements SandboxPort {
  readonly actions: string[] = [];
  /** Given each call before it is made; may answer instead of the sandbox, or never. */
  before: (action: string, pass: () => Promise<SandboxResponse>) => Promise<SandboxResponse> = (_action, pass) =>
    pass();
  readonly #sandbox: Sandbox;
  readonly #calls: CallsUnderWay;

  constructor(sandbox: Sandbox, calls = new CallsUnderWay()) {
    this.#sandbox = sandbox;
    this.#calls = calls;
  }

  handle(request: SandboxRequest): Promise<SandboxResponse> {
    const text = typeof request.body === 'string' ? request.body : Buffer.from(request.body).toString('utf8');
    const target = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
    const action = new URLSearchParams(text).get('Action') ?? target?.split('.').at(-1) ?? '';
    this.actions.push(action);
    return this.#calls.onWire(() => this.before(action, () => this.#sandbox.handle(request)));
  }
}

/** The services of the practice workspace on the real AWS layer and the real sandbox, on a clock that stands still. */
export type World = {
  readonly clock: ManualClock;
  readonly sandbox: Sandbox;
  readonly wire: Wire;
  readonly calls: CallsUnderWay;
  readonly keychain: MemoryKeychain;
  readonly vault: SecretVault;
  readonly audit: AuditEntry[];
  /** whether the log can be written; it can at first */
  auditTakes(takes: boolean): void;
  readonly operations: Operation[];
  /** what the operating system was asked to tell */
  readonly notices: Notice[];
  /** every event that the window was sent, as the contract lets it pass */
  readonly events: unknown[];
  readonly documents: WorkspaceDocuments;
  readonly clipboard: { text: string };
  readonly workspace: Workspace;
  /** what the person saved, and what they choose next */
  readonly files: MemoryFiles;
  /** The same disk, keychain and AWS, after the app was killed and started again. */
  restart(): World;
};

function document<S extends z.ZodType>(name: string, schema: S, empty: z.infer<S>): MemoryDocument<z.infer<S>> {
  return new MemoryDocument<z.infer<S>>({
    name,
    schema: schema as unknown as z.ZodType<z.infer<S>>,
    version: 1,
    migrations: [],
    empty,
  });
}

/** Everything that a workspace keeps in files, as values. */
export function keptRecords(documents: WorkspaceDocuments): unknown[] {
  return Object.values(documents).map((one): unknown => ('read' in one ? one.read() : one.all()));
}

function newDocuments(): WorkspaceDocuments {
  return {
    sources: document('sources', sourcesDocumentSchema, {
      selectedId: 'practice-deployer',
      sources: [
        {
          kind: 'sandbox',
          id: 'practice-deployer',
          label: 'practice-deployer',
          identity: 'deployer',
          region: 'eu-west-1',
        },
        { kind: 'sandbox', id: 'practice-owner', label: 'practice-owner', identity: 'owner', region: 'eu-west-1' },
      ],
    }),
    drafts: document('drafts', draftsDocumentSchema, { drafts: [] }),
    connections: new MemoryCollection(connectionsCollection),
    connectionNotes: new MemoryCollection(connectionNotesCollection),
    agreements: new MemoryCollection(agreementsCollection),
    driftLooks: new MemoryCollection(driftLooksCollection),
    putBacks: new MemoryCollection(putBacksCollection),
    sessions: new MemoryDocument(sessionsDocument),
    revocations: new MemoryCollection(revocationsCollection),
    revocationBatches: new MemoryCollection(batchesCollection),
    subAccounts: new MemoryDocument(subAccountsDocument),
    departures: new MemoryDocument(departuresDocument),
    accountLists: new MemoryDocument(accountListsDocument),
    guardRails: new MemoryDocument(guardRailsDocument),
    identityActs: new MemoryCollection(identityActsCollection),
    reviews: new MemoryCollection(reviewsCollection),
    keySights: new MemoryCollection(keySightsCollection),
    reviewSettings: new MemoryDocument(reviewSettingsDocument),
    health: document('health', healthDocumentSchema, { every: 'never' }),
    handoff: document('handoff', handoffDocumentSchema, emptyHandoff),
    receipts: document('receipts', receiptsDocumentSchema, { receipts: [] }),
  };
}

type Disk = {
  readonly documents: WorkspaceDocuments;
  readonly testHistory: MemoryLines<TestEnd>;
  readonly inKeychain?: RawKeychain;
};

/**
 * `atAws`: AWS's own time, where it does not go by this computer's clock. `inKeychain`: what keeps secrets in place of
 * `keychain`. `awsRemembers`: how long AWS tells an ended session from an unknown one, in milliseconds.
 */
export function newWorld(
  scenario?: Scenario,
  {
    atAws,
    inKeychain,
    awsRemembers,
  }: { atAws?: (clock: ManualClock) => number; inKeychain?: RawKeychain; awsRemembers?: number } = {},
): World {
  const clock = new ManualClock();
  const sandbox = createSandbox({
    clock: atAws === undefined ? clock : { now: () => atAws(clock), offset: () => 0 },
    ...{ signingKey: testSigningKey, ...(scenario && { scenario }) },
    ...(awsRemembers !== undefined && { rememberedAfterExpiry: awsRemembers }),
  });
  return start(clock, sandbox, new MemoryKeychain(), {
    documents: newDocuments(),
    testHistory: new MemoryLines(keptTestEnds),
    ...(inKeychain && { inKeychain }),
  });
}

function start(clock: ManualClock, sandbox: Sandbox, keychain: MemoryKeychain, disk: Disk): World {
  const { documents, inKeychain, testHistory } = disk;
  const files = new MemoryFiles();
  const calls = new CallsUnderWay();
  const wire = new Wire(sandbox, calls);
  const audit: AuditEntry[] = [];
  let auditTakes = true;
  const operations: Operation[] = [];
  const notices: Notice[] = [];
  const events: unknown[] = [];
  const clipboard = { text: '' };
  const vault = new SecretVault(new KeychainSecretStore(inKeychain ?? keychain), new MemorySecretStore(), () => {
    workspace.sessions.noteReach();
  });
  const aws = calls.watch(createAws({ clock, sandbox: wire, version: '0.0.0' }));
  const kept = behindGate({
    audit: (...entries: readonly AuditEntry[]) => {
      if (!auditTakes) return err(unwritableError('audit.jsonl', new Error('No room')));
      audit.push(...entries);
      return ok(undefined);
    },
    documents,
    testHistory,
    vault,
    elsewhere: nobodyElsewhere,
  });
  const workspace = new Workspace({
    ...kept,
    kind: 'practice',
    version: '0.0.0',
    clock,
    newId: randomUUID,
    aws,
    environment: (region) => ({ kind: 'sandbox', region }),
    publisher: {
      revision: 0,
      changed: (..._topics: Topic[]) => undefined,
      send: (event: EventName, payload: object) => {
        events.push(eventContract[event].payload.parse({ ...payload, revision: 0 }));
        if (event === 'operation') operations.push((payload as { operation: Operation }).operation);
      },
    },
    auditPath: '/nowhere/audit.jsonl',
    clipboard: new SecretClipboard(
      {
        read: () => clipboard.text,
        write: (text) => {
          clipboard.text = text;
        },
        clear: () => {
          clipboard.text = '';
        },
      },
      clock,
    ),
    listProfiles: () => Promise.resolve(ok([])),
    profileProvider: () => () => Promise.reject(new Error('no profiles here')),
    sandboxProvider: (part) => () => {
      const { accessKeyId, secretAccessKey } = sandbox.identity(part);
      return Promise.resolve(ok({ accessKeyId, secretAccessKey }));
    },
    signInToConsole: async (environment, request) => {
      const network = new Network({ clock, variables: {} });
      const signIn = await consoleSignIn(environment, request, { clock, network, sandbox: wire });
      return signIn.ok ? signIn : err(notCancelled(signIn.error));
    },
    openInBrowser: () => Promise.resolve(ok(undefined)),
    outside: nothingOutside,
    files,
    importPlaces: { 'aws-config': '/nowhere/config', leapp: '/nowhere/Leapp-lock.json' },
    notify: (notice) => {
      notices.push(notice);
    },
  });
  return {
    clock,
    sandbox,
    wire,
    calls,
    keychain,
    vault,
    audit,
    auditTakes: (takes) => {
      auditTakes = takes;
    },
    operations,
    notices,
    events,
    documents,
    clipboard,
    files,
    workspace,
    restart: () => {
      const next = start(clock, sandbox, keychain, disk);
      next.workspace.resume();
      return next;
    },
  };
}

/** What main loads on first use. Loading takes real time, which turns of the event loop do not measure. */
const loadedOnFirstUse = () =>
  Promise.all([
    import('@aws-sdk/client-sts'),
    import('@aws-sdk/client-iam'),
    import('@smithy/protocol-http'),
    import('../../main/sandbox/managed-policies.json'),
  ]);

/** Lets waiting code run, and time pass in steps, until the condition holds. */
export async function until(
  world: Pick<World, 'clock'> & Partial<Pick<World, 'calls'>>,
  condition: () => boolean,
  stepMs = 0,
): Promise<void> {
  await loadedOnFirstUse();
  const came = await whileTimePasses(world, () => !condition(), { stepMs });
  if (!came) throw new Error('It did not come to that');
}

/** A wizard that stands at “Create”, for the sandbox's other account. */
export async function draftAtCreate(world: World, way: 'automatic' | 'console' = 'automatic'): Promise<string> {
  const { onboarding } = world.workspace;
  const draftId = must(onboarding.start()).draft.id;
  must(await onboarding.act(draftId, { kind: 'choose-recipe', recipeId: 'deployment-service' }));
  must(
    await onboarding.act(draftId, {
      kind: 'choose-account',
      account: { name: 'Practice production', accountId: '222233334444', region: 'eu-west-1' },
    }),
  );
  must(
    await onboarding.act(draftId, {
      kind: 'set-options',
      options: {
        roleName: 'DeploymentService',
        path: '/',
        maxSessionDuration: 3600,
        useExternalId: true,
        onlyThisIdentity: true,
        managedPolicies: ['AdministratorAccess'],
        parameters: {},
        inlinePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
        }),
      },
    }),
  );
  must(await onboarding.act(draftId, { kind: 'accept-plan', way }));
  return draftId;
}

/** A connection with a tested role, and an open session. */
export async function connected(world: World): Promise<{ connectionId: string; sessionId: string }> {
  const { onboarding, operations } = world.workspace;
  const draftId = await draftAtCreate(world);
  must(onboarding.createRole(draftId, 'practice-owner'));
  await until(world, () => operations.list().length === 0);
  must(onboarding.testConnection(draftId, true));
  await until(world, () => operations.list().length === 0);
  const finished = must(
    await onboarding.finish(draftId, { name: 'Practice production', durationSeconds: 3600, reviewInMonths: 4 }),
  );
  if (finished.sessionId === undefined) throw new Error('No session was opened');
  return { connectionId: finished.connectionId, sessionId: finished.sessionId };
}
