import type { Connection } from '../../core/domain/connection';
import { parseRoleArn } from '../../core/domain/arn';
import { partitionById } from '../../core/domain/partitions';
import { readRevocationRequest, type RevocationRequest } from '../../core/domain/revocation-request';
import type { Revocation } from '../../core/domain/revocation';
import { ok, type Result } from '../../core/result';
import type { Connections } from '../connections/connections';

/**
 * The role that is taken back: a connection of this app, or one that somebody asked its owner to take back. Of the latter
 * nobody here assumes the role, so there is no source and no external ID.
 */
export type RevocationTarget = Pick<
  Connection,
  'id' | 'name' | 'roleArn' | 'roleName' | 'accountId' | 'partition' | 'region' | 'maxSessionDuration'
> &
  Partial<Pick<Connection, 'sourceId' | 'targetSourceId' | 'externalId'>>;

/** Nothing is known of a foreign role before it is read: IAM's longest (aws-reference §6.4). */
const longestSession = 43_200;

export type AskedFor = {
  readonly targetId: string;
  readonly request: RevocationRequest;
  /** it is one of this app's own connections */
  readonly isConnection: boolean;
};

/** Which roles can be taken back, by the id under which the window speaks of them. */
export class Targets {
  readonly #connections: Pick<Connections, 'all' | 'find'>;
  readonly #newId: () => string;
  /** asked for by a file since the start; the record keeps what is needed once something is done */
  readonly #asked = new Map<string, RevocationTarget>();

  constructor(connections: Pick<Connections, 'all' | 'find'>, newId: () => string) {
    this.#connections = connections;
    this.#newId = newId;
  }

  find(targetId: string): RevocationTarget | undefined {
    return this.#connections.find(targetId) ?? this.#asked.get(targetId);
  }

  /** Also of a connection that was forgotten, or a role that was asked for before the app was closed. */
  ofRecord(revocation: Revocation): RevocationTarget {
    const { accountId, connectionId, connectionName, maxSessionDuration, roleArn, roleName } = revocation;
    return (
      this.find(connectionId) ??
      bare({ id: connectionId, name: connectionName, roleArn, roleName, accountId, maxSessionDuration })
    );
  }

  /** SECURITY(S-28): what a file asks for is only looked at here; a person does it, with credentials of their own. */
  ask(text: string): Result<AskedFor> {
    const read = readRevocationRequest(text);
    if (!read.ok) return read;
    const request = read.value;
    const { accountId, region, roleArn, roleName } = request;
    const known = this.#connections.all().find((connection) => connection.roleArn === roleArn);
    if (known !== undefined) return ok({ targetId: known.id, request, isConnection: true });
    const earlier = [...this.#asked.values()].find((target) => target.roleArn === roleArn);
    const id = earlier?.id ?? this.#newId();
    const target = bare({ id, name: roleName, roleArn, roleName, accountId, maxSessionDuration: longestSession });
    this.#asked.set(id, { ...target, region });
    return ok({ targetId: id, request, isConnection: false });
  }
}

function bare(target: Omit<RevocationTarget, 'partition' | 'region'>): RevocationTarget {
  const partition = parseRoleArn(target.roleArn)?.partition ?? 'aws';
  const region = partitionById(partition)?.defaultRegion ?? 'us-east-1';
  return { ...target, partition, region };
}
