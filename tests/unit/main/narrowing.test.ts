import {
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, describe, expect, test } from 'vitest';
import type { NarrowingChoice } from '../../../core/domain/narrowing/usage';
import { plainRequest } from '../../../core/domain/session-request';
import { policy } from '../../support/practice';
import { bareIam } from '../../support/sdk';
import { connected, must, newWorld, until, type World } from '../../support/workspace-world';

const opened: World[] = [];

afterEach(() => {
  for (const { workspace } of opened.splice(0)) workspace.stop();
});

const services: NarrowingChoice = { unusedForDays: 90, level: 'services', keep: [] };
const actions: NarrowingChoice = { ...services, level: 'actions' };

async function world(): Promise<{ world: World; connectionId: string }> {
  const made = newWorld();
  opened.push(made);
  const { connectionId } = await connected(made);
  return { world: made, connectionId };
}

const owner = (made: World) => bareIam(made.sandbox, made.clock, made.sandbox.identity('owner'));

/** Lets time pass until the answer is there. */
async function soon<T>(made: World, promise: Promise<T>): Promise<T> {
  let isThere = false;
  void promise.finally(() => (isThere = true));
  await until(made, () => isThere, 100);
  return await promise;
}

const propose = async (made: World, id: string, choice = services, again = false) =>
  must(await soon(made, made.workspace.narrowing.propose(id, choice, again)));

async function apply(made: World, id: string, choice = services): Promise<void> {
  const { readAt } = await propose(made, id, choice);
  must(await soon(made, made.workspace.narrowing.apply(id, choice, readAt)));
  await until(made, () => made.workspace.operations.list().length === 0, 200);
}

async function held(made: World) {
  const iam = owner(made);
  const RoleName = 'DeploymentService';
  const [attached, inline] = [
    await iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
    await iam.send(new ListRolePoliciesCommand({ RoleName })),
  ];
  const documents: Record<string, unknown> = {};
  for (const PolicyName of inline.PolicyNames ?? []) {
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    documents[PolicyName] = (JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: unknown }).Statement;
  }
  return { attached: (attached.AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName), documents };
}

describe('a role that may more than it does', () => {
  test('the report says what it used, and the proposal leaves just that', async () => {
    const { connectionId, world: made } = await world();
    const proposal = await propose(made, connectionId);
    // the test of the connection looked at itself as the role: that is what it ever did
    expect(proposal.readWith).toBe('practice-owner');
    expect(proposal.used.map(({ namespace }) => namespace)).toContain('sts');
    const used = new Set(proposal.used.map(({ namespace }) => namespace));
    expect(proposal.unused.length).toBeGreaterThan(300);
    expect(proposal.unused.some(({ namespace }) => used.has(namespace))).toBe(false);
    expect(proposal.unused.find(({ id }) => id === 'ec2')).toMatchObject({ isKept: false });
    expect(proposal.unused.find(({ id }) => id === 'ec2')?.can).toContain('write');
    const [inline, managed] = [...proposal.changes].sort((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(managed).toMatchObject({
      kind: 'managed',
      title: 'AdministratorAccess',
      replacedBy: 'AdministratorAccess-narrowed',
    });
    expect(inline?.kind).toBe('inline');
    expect(proposal.obstacle).toBeUndefined();
    expect(proposal.acts.map(({ call }) => call)).toEqual([
      'iam:PutRolePolicy',
      'iam:DetachRolePolicy',
      'iam:DeleteRolePolicy',
    ]);
  });

  test('it is narrowed, still opens sessions, is what is agreed, and is undone', async () => {
    const { connectionId, world: made } = await world();
    const before = await held(made);
    const { reviewAt } = made.workspace.connections.find(connectionId) ?? never();
    const choice = { ...services, keep: ['s3'] };
    await propose(made, connectionId, choice);
    await apply(made, connectionId, choice);
    const record = made.workspace.narrowing.last(connectionId);
    expect(record).toMatchObject({ purpose: 'narrow', state: 'done' });
    const after = await held(made);
    expect(after.attached).toEqual([]);
    expect(Object.keys(after.documents).sort()).toContain('AdministratorAccess-narrowed');
    expect(made.workspace.drift.look(connectionId)?.state).toBe('same');
    expect(made.audit.map(({ act }) => act)).toEqual(expect.arrayContaining(['narrowing.begun', 'narrowing.done']));
    must(
      await soon(
        made,
        made.workspace.sessions.start(made.workspace.connections.find(connectionId) ?? never(), {
          request: plainRequest(900),
          renewal: 'off',
        }),
      ),
    );
    expect(made.documents.reviews.all()).toMatchObject([{ decision: 'narrowed', reviewAtBefore: reviewAt }]);
    expect(made.workspace.connections.find(connectionId)?.reviewAt).not.toBe(reviewAt);
    must(made.workspace.putBacks.undo(record?.id ?? ''));
    await until(made, () => made.workspace.operations.list().length === 0, 200);
    expect(await held(made)).toEqual(before);
    // the review goes with what it was
    expect(made.documents.reviews.all()).toMatchObject([{ undoneAt: expect.any(Number) as number }]);
    expect(made.workspace.connections.find(connectionId)?.reviewAt).toBe(reviewAt);
    expect(made.workspace.drift.look(connectionId)?.state).toBe('same');
    const again = await propose(made, connectionId, choice);
    expect(again.changes.map(({ title }) => title)).toContain('AdministratorAccess');
    // the drift card shows no narrowing
    expect(made.workspace.putBacks.ofConnection(connectionId)).toEqual([]);
  });

  test('what gives comes before what takes away: at no moment the role may less than at its end', async () => {
    const { connectionId, world: made } = await world();
    await propose(made, connectionId);
    const asked: string[] = [];
    made.wire.before = (action, pass) => {
      if (/^(Put|Attach|Detach|Delete)Role/.test(action)) asked.push(action);
      return pass();
    };
    await apply(made, connectionId);
    expect(asked).toEqual(['PutRolePolicy', 'DetachRolePolicy', 'DeleteRolePolicy']);
    asked.length = 0;
    must(made.workspace.putBacks.undo(made.workspace.narrowing.last(connectionId)?.id ?? ''));
    await until(made, () => made.workspace.operations.list().length === 0, 200);
    expect(asked).toEqual(['PutRolePolicy', 'AttachRolePolicy', 'DeleteRolePolicy']);
  });

  test('single actions go where IAM keeps track of them', async () => {
    const { connectionId, world: made } = await world();
    const { sources } = made.documents.sources.read();
    const keepSources = (kept: typeof sources) =>
      made.documents.sources.update((document) => ({ ...document, sources: kept }));
    // the role looks at itself where nobody of its account does
    keepSources(sources.filter(({ id }) => id !== 'practice-owner'));
    must(made.workspace.drift.lookAt([connectionId], 'person'));
    await until(made, () => made.workspace.operations.list().length === 0, 100);
    keepSources(sources);
    const proposal = await propose(made, connectionId, actions);
    expect(proposal.used.map(({ namespace }) => namespace)).toContain('iam');
    const single = proposal.unused.filter(({ action, namespace }) => namespace === 'iam' && action !== undefined);
    expect(single.map(({ action }) => action)).toContain('CreateUser');
    for (const stays of ['GetRole', 'ListRolePolicies', 'PassRole']) {
      expect(single.map(({ action }) => action)).not.toContain(stays);
    }
    const smaller = proposal.changes.find(({ kind }) => kind === 'managed')?.after ?? '';
    expect(smaller).toContain('iam:GetRole"');
    expect(smaller).toContain('iam:PassRole');
    expect(smaller).not.toContain('iam:Create');
  });
});

describe('nothing is narrowed', () => {
  test('where nobody is in the account, or may have the report', async () => {
    const { connectionId, world: made } = await world();
    made.wire.before = async (action, pass) =>
      action === 'GenerateServiceLastAccessedDetails' ? { ...(await pass()), status: 403, body: refusal } : pass();
    const refused = await soon(made, made.workspace.narrowing.propose(connectionId, services));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'access-denied' } });
    made.documents.sources.update((document) => ({
      ...document,
      sources: document.sources.filter(({ id }) => id !== 'practice-owner'),
    }));
    const nobody = await soon(made, made.workspace.narrowing.propose(connectionId, services));
    expect(nobody).toMatchObject({
      ok: false,
      error: { kind: 'credentials-missing', remedies: [{ kind: 'choose-source' }] },
    });
  });

  test('a person stops waiting', async () => {
    const { connectionId, world: made } = await world();
    const asked = made.workspace.narrowing.propose(connectionId, services);
    await until(made, () => made.wire.actions.includes('GetServiceLastAccessedDetails'));
    must(made.workspace.narrowing.stop(connectionId));
    expect(await soon(made, asked)).toMatchObject({
      ...{ ok: false },
      error: { message: 'The report was not waited for.', retryable: true },
    });
    expect((await propose(made, connectionId)).changes).toHaveLength(2);
  });

  test('where somebody changed the role meanwhile, or it has drifted', async () => {
    const { connectionId, world: made } = await world();
    await propose(made, connectionId);
    const PolicyDocument = policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
    const [PolicyName] = Object.keys((await held(made)).documents);
    await owner(made).send(new PutRolePolicyCommand({ RoleName: 'DeploymentService', PolicyName, PolicyDocument }));
    await apply(made, connectionId);
    expect(made.workspace.narrowing.last(connectionId)).toMatchObject({
      state: 'failed',
      error: { kind: 'not-possible' },
    });
    expect((await held(made)).attached).toEqual(['AdministratorAccess']);
    const proposal = await propose(made, connectionId, services, true);
    expect(proposal.obstacle).toBe('drift');
    const refused = await soon(made, made.workspace.narrowing.apply(connectionId, services, proposal.readAt));
    expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining('drifted') as string } });
  });

  test('that somebody has not looked at: the role was seen again since', async () => {
    const { connectionId, world: made } = await world();
    const { readAt } = await propose(made, connectionId);
    made.clock.advance(60_000);
    must(made.workspace.drift.lookAt([connectionId], 'person'));
    await until(made, () => made.workspace.operations.list().length === 0, 100);
    const before = await held(made);
    const refused = await soon(made, made.workspace.narrowing.apply(connectionId, services, readAt));
    // the same again would be refused again
    expect(refused).toMatchObject({
      ...{ ok: false },
      error: { message: expect.stringContaining('looked at again') as string, retryable: false, remedies: [] },
    });
    expect(await held(made)).toEqual(before);
    expect((await propose(made, connectionId)).readAt).toBeGreaterThan(readAt);
  });

  test('where nothing would go, and of a connection whose access is closed', async () => {
    const { connectionId, world: made } = await world();
    const first = await propose(made, connectionId);
    const keep = first.unused.map(({ id }) => id);
    const nothing = await propose(made, connectionId, { ...services, keep });
    expect(nothing).toMatchObject({ obstacle: 'nothing', changes: [], acts: [] });
    const [one] = made.documents.connections.all();
    if (one === undefined) throw new Error('no connection');
    must(made.documents.connections.change({ put: [{ ...one, status: 'revoked' }] }));
    const closed = await soon(made, made.workspace.narrowing.apply(connectionId, services, first.readAt));
    expect(closed).toMatchObject({
      ...{ ok: false },
      error: { message: 'The access of this connection is closed or closing.' },
    });
  });

  test('the app dies in the middle: it says so, and goes on', async () => {
    const { connectionId, world: made } = await world();
    const { readAt } = await propose(made, connectionId);
    made.wire.before = (action, pass) => (action === 'DetachRolePolicy' ? new Promise(() => undefined) : pass());
    must(await soon(made, made.workspace.narrowing.apply(connectionId, services, readAt)));
    await until(made, () => made.wire.actions.includes('DetachRolePolicy'), 10);
    const next = made.restart();
    opened.push(next);
    const broken = next.workspace.narrowing.last(connectionId);
    expect(broken).toMatchObject({ state: 'failed' });
    must(next.workspace.putBacks.goOn(broken?.id ?? ''));
    await until(next, () => next.workspace.operations.list().length === 0, 200);
    expect(next.workspace.narrowing.last(connectionId)).toMatchObject({ state: 'done' });
    expect((await held(next)).attached).toEqual([]);
    expect(next.workspace.drift.look(connectionId)?.state).toBe('same');
    // a review of it is over, whichever start of the app came to the end
    expect(next.audit.map(({ act }) => act)).toContain('review.narrowed');
  });
});

function never(): never {
  throw new Error('There is no such connection');
}

const refusal =
  '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>AccessDenied</Code>' +
  '<Message>is not authorized to perform: iam:GenerateServiceLastAccessedDetails</Message></Error><RequestId>r</RequestId></ErrorResponse>';
