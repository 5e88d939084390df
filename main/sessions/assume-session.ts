import type { Connection } from '../../core/domain/connection';
import type { SessionRequest } from '../../core/domain/session-request';
import { err, ok, type Result } from '../../core/result';
import type { Answer, AssumedSession, Aws, AwsEnvironment, CallOptions, StsApi } from '../aws/aws-api';
import { notCancelled, type Sources } from '../sources/sources';
import { notFound } from '../workspace-context';

/** What is needed to open a session: no window, no document that is written. */
export type AssumePorts = {
  readonly aws: Pick<Aws, 'sts'>;
  readonly environment: (region: string) => AwsEnvironment;
  readonly sources: Pick<Sources, 'clients' | 'identity'>;
  readonly findConnection: (connectionId: string) => Connection | undefined;
};

export type Asked = {
  readonly connection: Connection;
  readonly request: SessionRequest;
  /** as an MFA device shows it; used once */
  readonly tokenCode?: string | undefined;
};

export type Opened = Answer<AssumedSession> & {
  readonly sessionName: string;
  /** a role session stands between the person and this one */
  readonly isChained: boolean;
};

/** Seconds; the roles on the way are needed for one call only. */
const hopSeconds = 900;

/** The roles on the way and then the connection's own, each by way of the one before. Nothing is kept. */
export async function assumeSession(
  ports: AssumePorts,
  asked: Asked,
  options: CallOptions = {},
): Promise<Result<Opened>> {
  const { connection, request, tokenCode } = asked;
  const hops: Connection[] = [];
  for (const id of request.hops) {
    const hop = ports.findConnection(id);
    if (hop === undefined) return err(notFound('A role on the way'));
    hops.push(hop);
  }
  const [first = connection] = hops;
  const clients = ports.sources.clients(first.sourceId);
  if (!clients.ok) return clients;
  const identity = await ports.sources.identity(first.sourceId);
  const sessionName = nameOf(identity.ok ? identity.value.name : '');
  const code =
    request.mfaSerial === undefined || tokenCode === undefined ? {} : { serialNumber: request.mfaSerial, tokenCode };

  let sts: StsApi = clients.value.sts;
  for (const [index, hop] of hops.entries()) {
    const passed = await sts.assumeRole(
      {
        ...whom(hop),
        sessionName,
        durationSeconds: hopSeconds,
        ...(index === 0 ? code : {}),
      },
      options,
    );
    if (!passed.ok) {
      const error = notCancelled(passed.error);
      return err({ ...error, message: `On the way, at “${hop.name}”: ${error.message}`.slice(0, 1000) });
    }
    const { credentials } = passed.value.value;
    sts = ports.aws.sts(ports.environment(connection.region), () => Promise.resolve(ok(credentials)));
  }
  const answer = await sts.assumeRole(
    {
      ...whom(connection),
      sessionName,
      durationSeconds: request.durationSeconds,
      ...(hops.length === 0 ? code : {}),
      ...narrowing(request, connection.partition),
      ...(request.tags.length === 0 ? {} : { tags: request.tags, transitiveTagKeys: request.transitiveTagKeys }),
      ...(request.sourceIdentity === undefined ? {} : { sourceIdentity: request.sourceIdentity }),
    },
    options,
  );
  if (!answer.ok) return err(notCancelled(answer.error));
  return ok({
    ...answer.value,
    sessionName,
    isChained: hops.length > 0 || (identity.ok && identity.value.isRoleSession),
  });
}

function whom({ roleArn, externalId }: Connection) {
  return { roleArn, ...(externalId === undefined ? {} : { externalId }) };
}

function narrowing({ sessionPolicy }: SessionRequest, partition: string) {
  switch (sessionPolicy.kind) {
    case 'none':
      return {};
    case 'read-only':
      return { policyArns: [`arn:${partition}:iam::aws:policy/ReadOnlyAccess`] };
    case 'document':
      return { policy: sessionPolicy.document };
  }
}

/** The name that stands in the target account's CloudTrail: this app and who used it (aws-reference §3.1). */
function nameOf(identityName: string): string {
  const who = identityName.replace(/^(user|role)\//, '').replaceAll(/[^\w+=,.@-]/g, '-');
  return `sallyport-${who === '' ? 'deployer' : who}`.slice(0, 64);
}
