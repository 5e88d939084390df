import type { DriftEyes } from '../../core/domain/drift/difference';
import type { Connection } from '../../core/domain/connection';
import { ok } from '../../core/result';
import type { CallOptions, IamApi } from '../aws/aws-api';
import type { Sources } from '../sources/sources';
import type { WorkspaceContext } from '../workspace-context';
import { readerInTarget } from './target-eyes';
import { sessionNameOf, shortestDuration } from './test-subject';

type EyesPorts = Pick<WorkspaceContext, 'aws'> & { readonly sources: Pick<Sources, 'clients' | 'inAccount'> };

/** Somebody who may be able to see a role. */
export type RoleEyes = {
  readonly iam: IamApi;
  readonly eyes: DriftEyes;
  /** of a source that is in the account: it may be able to change something too */
  readonly sourceId?: string;
};

/** A session of the role for looking at itself; dropped afterwards. Only where the last test got in. */
export async function sessionOfTheRole(
  { aws, sources }: EyesPorts,
  { externalId, roleArn, sourceId, status }: Connection,
  options?: CallOptions,
): Promise<IamApi | undefined> {
  if (status !== 'working') return undefined;
  const clients = sources.clients(sourceId);
  if (!clients.ok) return undefined;
  const { environment, sts } = clients.value;
  const session = await sts.assumeRole(
    {
      roleArn,
      sessionName: sessionNameOf('look'),
      durationSeconds: shortestDuration,
      ...(externalId === undefined ? {} : { externalId }),
    },
    options,
  );
  if (!session.ok) return undefined;
  const { credentials } = session.value.value;
  return aws.iam(environment, () => Promise.resolve(ok(credentials)));
}

/** Eyes in the order in which they are tried; each is opened only when the one before saw too little. */
export function eyesOn(
  ports: EyesPorts,
  connection: Connection,
  options?: CallOptions,
): readonly (() => Promise<RoleEyes | undefined>)[] {
  return [
    async () => {
      const reader = await readerInTarget(ports.sources, connection.accountId, connection.targetSourceId);
      if (reader === undefined) return undefined;
      const { iam, source } = reader;
      const kind = source.kind === 'member-role' ? 'member-role' : 'source';
      return { iam, sourceId: source.id, eyes: { kind, label: source.label } };
    },
    async () => {
      const iam = await sessionOfTheRole(ports, connection, options);
      return iam && { iam, eyes: { kind: 'role' } };
    },
  ];
}
