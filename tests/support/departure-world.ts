import { randomUUID } from 'node:crypto';
import type { Connection } from '../../core/domain/connection';
import { isLeaving, type Departure } from '../../core/domain/departure';
import { asked, managementSource, organizedWorld, settled, wishFor } from './sub-account-world';
import { whileTimePasses } from './passing-time';
import { must, type World } from './workspace-world';

export type Member = { readonly world: World; readonly accountId: string; readonly unitId: string };

/** An organization with one member account that it made, which takes half a minute to close. */
export async function memberWorld(): Promise<Member> {
  const { unitId, world } = await organizedWorld();
  world.sandbox.setTrouble({ accountCreationMs: 0 });
  const { accountId = '' } = await settled(world, await asked(world, wishFor(unitId)), 'ready');
  world.sandbox.setTrouble({ accountCreationMs: 30_000 });
  return { world, accountId, unitId };
}

/** A connection into the account, put among the others. */
export function connectedTo(world: World, accountId: string, status: Connection['status'] = 'working'): Connection {
  const connection: Connection = {
    ...{ id: randomUUID(), name: 'Practice deploy', roleName: 'Deploy', accountId, partition: 'aws' },
    ...{ roleArn: `arn:aws:iam::${accountId}:role/Deploy`, region: 'eu-west-1', recipeId: 'custom' },
    ...{ sourceId: 'practice-deployer', madeBy: 'elsewhere', createdAt: world.clock.now() },
    ...{ maxSessionDuration: 3600, status, receipt: [] },
  };
  must(world.documents.connections.change({ put: [connection] }));
  return connection;
}

export async function closed(world: World, accountId: string, typed?: string): Promise<string> {
  return must(await world.workspace.departures.close(managementSource, accountId, typed)).departureId;
}

export function departureOf(world: World, departureId: string): Departure {
  const one = world.workspace.departures.find(departureId);
  if (one === undefined) throw new Error('There is no such record');
  return one;
}

/** Lets time pass until it stands still in that state. `stepMs`: how far the clock goes at a time. */
export async function departed(
  world: World,
  departureId: string,
  state: Departure['state'],
  stepMs = 1000,
): Promise<Departure> {
  const stands = await whileTimePasses(world, () => isLeaving(departureOf(world, departureId)), { stepMs });
  if (!stands) throw new Error(JSON.stringify(departureOf(world, departureId)));
  const record = departureOf(world, departureId);
  if (record.state !== state) throw new Error(`It is ${record.state}: ${JSON.stringify(record, undefined, 1)}`);
  return record;
}
