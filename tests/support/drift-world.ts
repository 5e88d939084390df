import type { Operation } from '../../core/contract/operations';
import type { DriftLook } from '../../core/domain/drift/difference';
import { createAws } from '../../main/aws/create-aws';
import { fixed, sandboxEnvironment } from './practice';
import { connected, must, newWorld, until, type World } from './workspace-world';

export const roleName = 'DeploymentService';
export const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** Somebody else in the account, past the app's own wire. */
export function elsewhere(world: World) {
  const { accessKeyId, secretAccessKey } = world.sandbox.identity('owner');
  return createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' }).iam(
    sandboxEnvironment,
    fixed({ accessKeyId, secretAccessKey }),
  );
}

export function onlyDeployer(world: World): void {
  world.documents.sources.update((document) => ({
    ...document,
    sources: document.sources.filter(({ id }) => id === 'practice-deployer'),
  }));
}

export const isIdle = (world: World) => () => world.workspace.operations.list().length === 0;

export function last<K extends Operation['kind']>(world: World, kind: K): Extract<Operation, { kind: K }> {
  const found = world.operations.findLast((one): one is Extract<Operation, { kind: K }> => one.kind === kind);
  if (found === undefined) throw new Error(`There was no ${kind}`);
  return found;
}

export async function look(world: World, connectionId: string): Promise<DriftLook> {
  must(world.workspace.drift.lookAt([connectionId], 'person'));
  await until(world, isIdle(world), 100);
  const found = world.workspace.drift.look(connectionId);
  if (found === undefined) throw new Error('It was not looked at');
  return found;
}

export const kindsOf = ({ parts }: DriftLook) =>
  parts.flatMap(({ differences }) => differences.map(({ kind }) => kind));

export async function watched() {
  const world = newWorld();
  const { connectionId } = await connected(world);
  return { world, connectionId, iam: elsewhere(world), watch: world.workspace.drift };
}
