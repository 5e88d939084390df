import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionRequest } from '../../core/domain/connection-request';
import type { DraftView } from '../../core/contract/onboarding';
import { onboarding as contract } from '../../core/contract/onboarding';
import type { WizardAct } from '../../core/domain/wizard';
import { ok, type Result } from '../../core/result';
import { Connections, connectionsCollection } from '../../main/connections/connections';
import { draftsDocumentSchema, Onboarding, type DraftsDocument } from '../../main/onboarding/onboarding';
import { Operations } from '../../main/operations/operations';
import { subAccountsDocument } from '../../main/organization/records';
import { SubAccounts } from '../../main/organization/sub-accounts';
import { MemorySecretStore } from '../../main/secrets/memory-secret-store';
import { SecretVault } from '../../main/secrets/secret-vault';
import { sessionsDocument } from '../../main/sessions/session-records';
import { Sessions } from '../../main/sessions/sessions';
import { Sources } from '../../main/sources/sources';
import { SureTime } from '../../main/sources/sure-time';
import { sourcesDocumentSchema, type SourcesDocument } from '../../main/sources/sources-document';
import type { TestEnd } from '../../core/domain/health';
import { MemoryLines } from '../../main/store/memory-lines';
import { MemoryCollection } from '../../main/store/memory-collection';
import { MemoryDocument } from '../../main/store/memory-document';
import type { AuditEntry, WorkspaceContext } from '../../main/workspace-context';
import { nobodyElsewhere } from '../support/memory-outside';
import { fixed, practice, sandboxEnvironment, valueOf, type Practice } from '../support/practice';

/** A consultant who is not in the sandbox at all: whoever is called as here, it is not them. */
const asks: ConnectionRequest = {
  kind: 'sallyport-connection-request',
  version: 1,
  createdAt: 1_790_000_000_000,
  requester: { accountId: '999988887777', arn: 'arn:aws:iam::999988887777:user/consultant', partition: 'aws' },
  externalId: '9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5',
  recipeId: 'custom',
  account: { name: 'Practice production', accountId: '222233334444', region: 'eu-west-1' },
  options: {
    roleName: 'ConsultantAccess',
    path: '/',
    maxSessionDuration: 3600,
    useExternalId: true,
    onlyThisIdentity: true,
    managedPolicies: ['job-function/ViewOnlyAccess'],
    parameters: {},
  },
};
const account = { name: 'Practice production', accountId: '222233334444', region: 'eu-west-1' };

function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
}

class House {
  readonly practice: Practice = practice();
  readonly audit: AuditEntry[] = [];
  readonly onboarding: Onboarding;
  readonly connections: Connections;
  readonly sources: Sources;
  readonly #operations: Operations;

  constructor() {
    const { aws, clock, sandbox } = this.practice;
    const context: WorkspaceContext = {
      clock,
      newId: randomUUID,
      aws,
      environment: () => sandboxEnvironment,
      publisher: { changed: () => undefined, send: () => undefined, revision: 0 },
      audit: (...entries) => {
        this.audit.push(...entries);
        return ok(undefined);
      },
    };
    const vault = new SecretVault(new MemorySecretStore(), new MemorySecretStore(), () => undefined);
    const document = <T>(
      name: string,
      schema: ConstructorParameters<typeof MemoryDocument<T>>[0]['schema'],
      empty: T,
    ) => new MemoryDocument<T>({ name, schema, version: 1, migrations: [], empty });
    this.#operations = new Operations(context);
    this.sources = new Sources({
      ...context,
      document: document<SourcesDocument>('sources', sourcesDocumentSchema, {
        selectedId: 'deployer',
        sources: [
          { kind: 'sandbox', id: 'deployer', label: 'deployer', identity: 'deployer', region: 'eu-west-1' },
          { kind: 'sandbox', id: 'owner', label: 'owner', identity: 'owner', region: 'eu-west-1' },
        ],
      }),
      vault,
      listProfiles: async () => ok([]),
      profileProvider: () => fixed({ accessKeyId: '', secretAccessKey: '' }),
      sandboxProvider: (part) => fixed(sandbox.identity(part)),
    });
    const shared = { ...context, operations: this.#operations, sources: this.sources };
    this.connections = new Connections({
      ...shared,
      testHistory: new MemoryLines<TestEnd>(1),
      records: new MemoryCollection(connectionsCollection),
    });
    const sessions = new Sessions({
      whyHeldBack: () => undefined,
      ...shared,
      sureTime: new SureTime(shared),
      vault,
      document: new MemoryDocument(sessionsDocument),
      findConnection: (id) => this.connections.find(id),
      notify: () => undefined,
      elsewhere: nobodyElsewhere,
    });
    this.onboarding = new Onboarding({
      ...shared,
      connections: this.connections,
      sessions,
      receipts: { keep: () => ok(undefined) },
      subAccounts: new SubAccounts({ ...shared, document: new MemoryDocument(subAccountsDocument) }),
      keepAgreement: () => ok(undefined),
      guardRails: {
        attach: () => Promise.reject(new Error('nothing is attached for a request')),
        takeOff: () => Promise.reject(new Error('nothing is taken off for a request')),
        list: () => [],
      },
      document: document<DraftsDocument>('drafts', draftsDocumentSchema, { drafts: [] }),
    });
  }

  open(request: unknown): Result<DraftView> {
    return this.onboarding.openRequest(JSON.stringify(request));
  }

  async follow(draftId: string, ...acts: WizardAct[]): Promise<DraftView> {
    for (const act of acts) valueIn(await this.onboarding.act(draftId, act));
    return valueIn(this.onboarding.get(draftId));
  }

  async settled(): Promise<void> {
    await expect.poll(() => this.#operations.list().length, { timeout: 10_000 }).toBe(0);
  }

  async roles(): Promise<readonly string[]> {
    const iam = this.practice.iam(this.practice.sandbox.identity('owner'));
    const found = await iam.getRole(asks.options.roleName);
    return found.ok ? [found.value.value.trustPolicy] : [];
  }
}

describe('S-28 a connection request', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });

  it('becomes a draft at the account step and touches nothing else', async () => {
    const view = valueIn(house.open(asks));
    const { state, origin, externalId, suggestedAccount } = view.draft;
    expect(state).toEqual({
      step: 'account',
      answers: { recipeId: 'custom', trusted: asks.requester, options: asks.options },
    });
    expect([origin, externalId, suggestedAccount]).toEqual(['request', asks.externalId, asks.account]);
    expect(view.plan).toBeUndefined();
    expect(await house.roles()).toEqual([]);
    expect(house.connections.count()).toBe(0);
    expect(house.audit.map(({ act }) => act)).toEqual(['request.opened']);
  });

  it('cannot be created from before the plan was shown and accepted', async () => {
    const { draft } = valueIn(house.open(asks));
    expect(house.onboarding.createRole(draft.id, 'owner').ok).toBe(false);
    const review = await house.follow(
      draft.id,
      { kind: 'choose-account', account },
      { kind: 'set-options', options: asks.options },
    );
    expect(review.draft.state.step).toBe('review');
    expect(house.onboarding.createRole(draft.id, 'owner').ok).toBe(false);
    await house.settled();
    expect(await house.roles()).toEqual([]);
  });

  it('trusts who asked and no one else, whoever the owner calls AWS as', async () => {
    const { draft } = valueIn(house.open(asks));
    const view = await house.follow(
      draft.id,
      { kind: 'choose-account', account },
      { kind: 'set-options', options: asks.options },
      { kind: 'accept-plan', way: 'automatic' },
    );
    expect(view.draft.state.answers.trusted).toEqual(asks.requester);
    valueIn(house.onboarding.createRole(draft.id, 'owner'));
    await house.settled();
    const [trust = ''] = await house.roles();
    expect(trust).toContain('999988887777');
    expect(trust).toContain(asks.externalId);
    expect(trust).not.toContain('111122223333');
  });

  it('is handed back untested: a record, and no session', async () => {
    const { draft } = valueIn(house.open(asks));
    const finish = () =>
      house.onboarding.finish(draft.id, { name: 'Consultant', durationSeconds: 3600, reviewInMonths: 4 });
    await house.follow(
      draft.id,
      { kind: 'choose-account', account },
      { kind: 'set-options', options: asks.options },
      { kind: 'accept-plan', way: 'automatic' },
    );
    expect((await finish()).ok).toBe(false);
    valueIn(house.onboarding.createRole(draft.id, 'owner'));
    await house.settled();
    await house.follow(draft.id, { kind: 'role-exists' });
    expect(house.onboarding.testConnection(draft.id, true).ok).toBe(false);
    const finished = valueIn(await finish());
    expect(finished).not.toHaveProperty('sessionId');
    expect(house.connections.find(finished.connectionId)).toMatchObject({
      status: 'not-tested',
      roleArn: 'arn:aws:iam::222233334444:role/ConsultantAccess',
      externalId: asks.externalId,
      targetSourceId: 'owner',
      madeBy: 'automatic',
    });
    expect(house.audit.map(({ act }) => act)).not.toContain('session.started');
  });

  it('S-22 is answered once: its external ID serves one role', async () => {
    const first = valueIn(house.open(asks));
    const second = valueIn(house.open({ ...asks, options: { ...asks.options, maxSessionDuration: 7200 } }));
    expect(second.draft.id).toBe(first.draft.id);
    expect(second.draft.state.answers.options?.maxSessionDuration).toBe(7200);
    await house.follow(
      first.draft.id,
      { kind: 'choose-account', account },
      { kind: 'set-options', options: asks.options },
      { kind: 'accept-plan', way: 'console' },
      { kind: 'role-exists' },
    );
    valueIn(
      await house.onboarding.finish(first.draft.id, {
        name: 'By hand',
        durationSeconds: 3600,
        reviewInMonths: undefined,
      }),
    );
    const again = house.open(asks);
    expect(!again.ok && again.error.message).toContain('By hand');
  });

  it('refuses the account that asks as the account that is entered', async () => {
    const { draft } = valueIn(house.open({ ...asks, account: undefined }));
    const refused = await house.onboarding.act(draft.id, {
      kind: 'choose-account',
      account: { ...account, accountId: '999988887777' },
    });
    expect(!refused.ok && refused.error.field).toBe('accountId');
  });

  it('is refused by main itself, whatever the window made of it', () => {
    for (const request of [
      { ...asks, version: 9 },
      { ...asks, run: true },
      { ...asks, recipeId: 'unknown' },
    ]) {
      expect(house.open(request).ok).toBe(false);
    }
    expect(contract.openRequest.input.safeParse({ text: 'x'.repeat(65_537) }).success).toBe(false);
    expect(house.onboarding.drafts()).toEqual([]);
  });

  it('that an own draft makes is one that can be opened, with the caller as who asks', async () => {
    const caller = await valueOf(house.practice.sts(house.practice.sandbox.identity('deployer')).getCallerIdentity());
    const { draft } = valueIn(house.onboarding.start());
    expect(house.onboarding.requestText(draft.id).ok).toBe(false);
    await house.follow(
      draft.id,
      { kind: 'choose-recipe', recipeId: 'custom' },
      { kind: 'choose-account', account },
      { kind: 'set-options', options: asks.options },
    );
    const { text } = valueIn(house.onboarding.requestText(draft.id));
    const opened = valueIn(house.onboarding.openRequest(text));
    expect(opened.draft.id).not.toBe(draft.id);
    expect(opened.draft.externalId).toBe(draft.externalId);
    expect(opened.draft.state.answers.trusted?.arn).toBe(caller.arn);
    expect(house.onboarding.requestText(opened.draft.id).ok).toBe(false);
  });
});
