import { describe, expect, it } from 'vitest';
import type { RolePermissions } from '../../../core/contract/permissions';
import type { Operation } from '../../../core/contract/operations';
import { createAws } from '../../../main/aws/create-aws';
import { fixed, sandboxEnvironment, valueOf } from '../../support/practice';
import { acceptedDraft } from '../../support/recipe-draft';
import { connected, must, newWorld, until, type World } from '../../support/workspace-world';

const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

function owner(world: World) {
  const { accessKeyId, secretAccessKey } = world.sandbox.identity('owner');
  return createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).iam(
    sandboxEnvironment,
    fixed({ accessKeyId, secretAccessKey }),
  );
}

const roleName = 'DeploymentService';

/** Sources as somebody has them who only deploys. */
function onlyDeployer(world: World): void {
  world.documents.sources.update((document) => ({
    ...document,
    sources: document.sources.filter(({ id }) => id === 'practice-deployer'),
  }));
}

async function look(world: World, connectionId: string, again = false): Promise<RolePermissions> {
  return must(await world.workspace.permissions.ofConnection(connectionId, again));
}

async function connectedBy(recipeId: string, parameters: Record<string, string> = {}) {
  const world = newWorld();
  const { onboarding, operations } = world.workspace;
  const draftId = await acceptedDraft(onboarding, recipeId, parameters);
  must(onboarding.createRole(draftId, 'practice-owner'));
  await until(world, () => operations.list().length === 0);
  must(onboarding.testConnection(draftId, true));
  await until(world, () => operations.list().length === 0, 1000);
  const { connectionId } = must(
    await onboarding.finish(draftId, { name: 'Practice production', durationSeconds: 3600, reviewInMonths: 4 }),
  );
  const { roleName: name } = must(world.workspace.connections.get(connectionId)).connection;
  return { world, connectionId, roleName: name };
}

async function testAgain(world: World, connectionId: string) {
  must(world.workspace.connections.test(connectionId));
  await until(world, () => world.workspace.operations.list().length === 0);
  const operation = world.operations.findLast(
    (one): one is Extract<Operation, { kind: 'test' }> => one.kind === 'test',
  );
  return operation?.checks.find(({ id }) => id === 'permissions');
}

const cellsOf = ({ rows }: RolePermissions, service: string) => rows.find((row) => row.service === service)?.cells;

describe('what the role of a connection may do', () => {
  it('is read by a source of the target account, and held against what was agreed', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const seen = await look(world, connectionId);
    expect(seen).toMatchObject({ from: 'target', readWith: 'practice-owner', isCompared: true, unread: [] });
    expect(seen.readAt).toBe(world.clock.now());
    expect(seen.rows.map(({ service }) => service)).toEqual(['Every service']);
    expect(Object.values(seen.rows[0]?.cells ?? {})).not.toContain('extra');
    const danger = seen.findings.find(({ severity }) => severity === 'danger');
    expect(danger).toMatchObject({
      document: 'AdministratorAccess',
      message: expect.stringContaining('whole account') as unknown,
    });
    expect(danger?.narrow).not.toBe('');
  });

  it('is asked of AWS once, and again after a test or on demand', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    await look(world, connectionId);
    const count = () => world.wire.actions.filter((action) => action === 'ListAttachedRolePolicies').length;
    const before = count();
    await Promise.all([look(world, connectionId), look(world, connectionId)]);
    expect(count()).toBe(before);
    await look(world, connectionId, true);
    expect(count()).toBe(before + 1);
    world.clock.advance(1000);
    await testAgain(world, connectionId);
    await look(world, connectionId);
    expect(count()).toBe(before + 2);
  });

  it('shows what was added behind the app’s back as more than agreed, and the test warns of what was promised not to be', async () => {
    const { connectionId, roleName: name, world } = await connectedBy('cross-account-codedeploy', { rights: 'deploy' });
    const agreed = await look(world, connectionId);
    expect(Object.values(cellsOf(agreed, 'CodeDeploy') ?? {})).not.toContain('extra');
    await valueOf(
      owner(world).putRolePolicy(name, 'More', policy({ Effect: 'Allow', Action: ['iam:*', 's3:*'], Resource: '*' })),
    );
    const now = await look(world, connectionId, true);
    expect(cellsOf(now, 'IAM')).toEqual({
      list: 'extra',
      read: 'extra',
      write: 'extra',
      permissions: 'extra',
      tagging: 'extra',
    });
    expect(cellsOf(now, 'CodeDeploy')).toEqual(cellsOf(agreed, 'CodeDeploy'));
    expect(now.findings[0]).toMatchObject({ severity: 'danger', document: 'More' });
    const row = await testAgain(world, connectionId);
    expect(row).toMatchObject({ state: 'warned' });
    expect(row?.detail).toContain('iam:CreateUser');
    expect(world.workspace.connections.find(connectionId)?.lastTest?.state).toBe('warned');
  });

  it('less than agreed is nothing extra, and the test says which policy is missing', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    await valueOf(owner(world).detachRolePolicy(roleName, administrator));
    await valueOf(owner(world).attachRolePolicy(roleName, readOnly));
    const seen = await look(world, connectionId, true);
    expect(seen.rows.flatMap(({ cells }) => Object.values(cells))).not.toContain('extra');
    expect(cellsOf(seen, 'Every service')).toBeUndefined();
    await valueOf(owner(world).detachRolePolicy(roleName, readOnly));
    const row = await testAgain(world, connectionId);
    expect(row).toMatchObject({ state: 'failed' });
    const { diagnosis } = world.workspace.connections.find(connectionId)?.lastTest ?? {};
    expect(diagnosis?.causes[0]).toMatchObject({ id: 'role-lacks-permission', certainty: 'certain' });
  });

  it('is read by the role itself where nobody is in its account', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    onlyDeployer(world);
    const seen = await look(world, connectionId, true);
    expect(seen).toMatchObject({ from: 'role', isCompared: true });
    expect(seen.readWith).toBeUndefined();
    expect(seen.rows.map(({ service }) => service)).toEqual(['Every service']);
  });

  it('is what was agreed where nobody may look; that is then not called the present', async () => {
    const { connectionId, world } = await connectedBy('cross-account-codedeploy', { rights: 'deploy' });
    onlyDeployer(world);
    const seen = await look(world, connectionId, true);
    expect(seen).toMatchObject({ from: 'agreed', isCompared: false, unread: [] });
    expect(cellsOf(seen, 'CodeDeploy')).toMatchObject({ list: 'all', write: 'some' });
  });

  it('is not known where nothing was agreed here either', async () => {
    const { connectionId, world } = await connectedBy('cross-account-codedeploy', { rights: 'deploy' });
    onlyDeployer(world);
    world.workspace.receipts.forget(connectionId);
    expect(await look(world, connectionId, true)).toMatchObject({ from: 'nowhere', rows: [], findings: [] });
  });

  it('opens no session of the role where the account’s own source can read it', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const before = world.wire.actions.filter((action) => action === 'AssumeRole').length;
    await look(world, connectionId, true);
    expect(world.wire.actions.filter((action) => action === 'AssumeRole')).toHaveLength(before);
  });

  it('trouble on the way is told, kept by nobody, and gone when asked again', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    world.wire.before = (action, pass) => {
      const cut: NodeJS.ErrnoException = new Error('connect ECONNREFUSED');
      cut.code = 'ECONNREFUSED';
      return action === 'GetPolicyVersion' ? Promise.reject(cut) : pass();
    };
    const failed = await world.workspace.permissions.ofConnection(connectionId);
    expect(failed.ok ? undefined : failed.error.kind).toBe('unreachable');
    world.wire.before = (_action, pass) => pass();
    expect((await look(world, connectionId)).from).toBe('target');
  });

  it('names a policy whose text cannot be understood', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    world.wire.before = (action, pass) =>
      action === 'GetRolePolicy'
        ? pass().then((answer) => ({
            ...answer,
            body: String(answer.body).replace(/<PolicyDocument>[^<]*/, '<PolicyDocument>%7B'),
          }))
        : pass();
    expect((await look(world, connectionId, true)).unread).toHaveLength(1);
  });

  it('forgets with the connection', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    await look(world, connectionId);
    must(world.workspace.connections.forget(connectionId, true));
    const answer = await world.workspace.permissions.ofConnection(connectionId);
    expect(answer.ok ? undefined : answer.error.kind).toBe('not-found');
  });
});

describe('the check of what the role can do', () => {
  it('counts what was found', async () => {
    const { connectionId, world } = await connectedBy('cross-account-codedeploy', { rights: 'deploy' });
    expect(await testAgain(world, connectionId)).toMatchObject({
      state: 'passed',
      detail: '3 of 3 allowed, 4 of 4 refused',
    });
  });

  it('asks the simulator once, in the target account', async () => {
    const { connectionId, world } = await connectedBy('cross-account-codedeploy', { rights: 'deploy' });
    const before = world.wire.actions.length;
    await testAgain(world, connectionId);
    expect(world.wire.actions.slice(before).filter((action) => action === 'SimulatePrincipalPolicy')).toHaveLength(1);
  });

  it('asks as the role itself where nobody is in its account', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    onlyDeployer(world);
    expect(await testAgain(world, connectionId)).toMatchObject({ state: 'passed', detail: '4 of 4 allowed' });
  });

  it('tries harmless reads where nobody may simulate, says what stays unknown, and changes nothing', async () => {
    const { connectionId, world } = await connectedBy('read-only-audit', { depth: 'view' });
    onlyDeployer(world);
    const before = JSON.stringify(
      world.sandbox.snapshot().accounts.map(({ roles, users }) => [roles.length, users.length]),
    );
    world.wire.before = (action, pass) =>
      action === 'SimulatePrincipalPolicy'
        ? Promise.resolve({
            status: 403,
            headers: { 'content-type': 'text/xml', date: new Date(world.clock.now()).toUTCString() },
            body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized</Message></Error><RequestId>r</RequestId></ErrorResponse>',
          })
        : pass();
    expect(await testAgain(world, connectionId)).toMatchObject({
      state: 'passed',
      detail: '2 of 3 allowed, 0 of 4 refused; 5 not known',
    });
    const after = JSON.stringify(
      world.sandbox.snapshot().accounts.map(({ roles, users }) => [roles.length, users.length]),
    );
    expect(after).toBe(before);
  });
});
