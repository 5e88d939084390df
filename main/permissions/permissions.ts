import type { AppError } from '../../core/app-error';
import type { RolePermissions } from '../../core/contract/permissions';
import type { Connection } from '../../core/domain/connection';
import { reachOf, type RoleDocuments } from '../../core/domain/permissions/reach';
import { reachRows } from '../../core/domain/permissions/reach-rows';
import type { Plan } from '../../core/domain/plan';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { IamApi } from '../aws/aws-api';
import { isAboutRights } from '../connections/read-role';
import { sessionOfTheRole } from '../connections/role-eyes';
import { readerInTarget } from '../connections/target-eyes';
import { notCancelled, type Sources } from '../sources/sources';
import { notFound, type WorkspaceContext } from '../workspace-context';
import { loadActionLevels } from './action-data';
import {
  agreedRolePolicies,
  readManagedWith,
  readRolePolicies,
  type ReadManaged,
  type RolePolicies,
} from './role-policies';
import { watchRole } from './watch-role';

export type PermissionsPorts = Pick<WorkspaceContext, 'aws' | 'clock'> & {
  readonly sources: Sources;
  readonly connections: { find(connectionId: string): Connection | undefined };
  /** what was agreed, where this app made it */
  readonly receipts: { leftOf(connectionId: string): Plan | undefined };
};

type How = Pick<RolePermissions, 'from' | 'readWith'>;
type Eyes = { readonly iam: IamApi; readonly how: How };
/** A look at the role, with whose eyes, and what read its managed policies. */
type Seen = { readonly role: RolePolicies; readonly how: How; readonly readManaged: ReadManaged };

type Kept = { readonly of: string; readonly answer: Promise<Result<RolePermissions>> };

/**
 * What roles may do, read when somebody looks at a connection. It is kept in memory only, until the next test: a picture
 * on disk would go on showing what may be true no more, and what was agreed, which is on disk, is shown where nobody can
 * look.
 */
export class Permissions {
  readonly #ports: PermissionsPorts;
  readonly #kept = new Map<string, Kept>();

  constructor(ports: PermissionsPorts) {
    this.#ports = ports;
  }

  ofConnection(connectionId: string, again = false): Promise<Result<RolePermissions>> {
    const connection = this.#ports.connections.find(connectionId);
    if (connection === undefined) {
      this.#kept.delete(connectionId);
      return Promise.resolve(err(notFound('This connection')));
    }
    const of = JSON.stringify([connection.roleArn, connection.status, connection.lastTest?.finishedAt]);
    const kept = this.#kept.get(connectionId);
    if (!again && kept?.of === of) return kept.answer;
    const answer = this.#look(connection);
    this.#kept.set(connectionId, { of, answer });
    // Trouble on the way is told, and not kept.
    void answer.then((given) => {
      if (!given.ok && this.#kept.get(connectionId)?.answer === answer) this.#kept.delete(connectionId);
    });
    return answer;
  }

  async #look(connection: Connection): Promise<Result<RolePermissions>> {
    const seen = await this.#see(connection);
    if (!seen.ok) return err(notCancelled(seen.error));
    const readManaged = seen.value?.readManaged ?? readManagedWith(this.#deployersIam(connection));
    const plan = this.#ports.receipts.leftOf(connection.id);
    const agreed = plan === undefined ? undefined : await agreedRolePolicies(plan, readManaged);
    if (agreed?.ok === false) return err(notCancelled(agreed.error));
    const isCompared = seen.value !== undefined && agreed?.value.unread.length === 0;
    const readAt = this.#ports.clock.now();
    const role = seen.value?.role ?? agreed?.value;
    if (role === undefined) {
      return ok({ from: 'nowhere', readAt, rows: [], isCompared: false, findings: [], unread: [] });
    }
    const reach = reachOf(
      await loadActionLevels(),
      documentsOf(role),
      isCompared ? documentsOf(agreed.value) : undefined,
    );
    return ok({
      ...(seen.value === undefined ? { from: 'agreed' } : seen.value.how),
      readAt,
      rows: reachRows(reach).map((row) => ({ ...row, services: [...row.services] })),
      isCompared,
      findings: [...watchRole(role)],
      unread: [...role.unread].slice(0, 60),
    });
  }

  /** The first who may see all of it: a source of the target account, or the role itself. */
  async #see(connection: Connection): Promise<Result<Seen | undefined, AppError | Cancelled>> {
    const inTarget = async (): Promise<Eyes | undefined> => {
      const { accountId, targetSourceId } = connection;
      const reader = await readerInTarget(this.#ports.sources, accountId, targetSourceId);
      return reader && { iam: reader.iam, how: { from: 'target', readWith: reader.source.label } };
    };
    const asTheRole = async (): Promise<Eyes | undefined> => {
      const iam = await sessionOfTheRole(this.#ports, connection);
      return iam && { iam, how: { from: 'role' } };
    };
    for (const open of [inTarget, asTheRole]) {
      const eyes = await open();
      if (eyes === undefined) continue;
      const readManaged = readManagedWith([eyes.iam, ...this.#deployersIam(connection)]);
      const role = await readRolePolicies(eyes.iam, connection.roleName, readManaged);
      if (role.ok) return ok({ role: role.value, how: eyes.how, readManaged });
      if (!isAboutRights(role.error)) return role;
    }
    return ok(undefined);
  }

  #deployersIam({ sourceId }: Connection): readonly IamApi[] {
    const clients = this.#ports.sources.clients(sourceId);
    return clients.ok ? [clients.value.iam] : [];
  }
}

function documentsOf({ boundary, policies }: RolePolicies): RoleDocuments {
  return { identity: policies.map(({ text }) => text), ...(boundary && { boundary: boundary.text }) };
}
