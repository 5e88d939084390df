import type { AppError } from '../../core/app-error';
import type { ProofEntry } from '../../core/domain/revocation';
import type { Cancelled, Result } from '../../core/result';
import type { Answer, IamApi, OrganizationsApi, S3Api, StsApi } from '../aws/aws-api';
import type { Clock } from '../platform/clock';

/** Between two questions, and at least between the two refusals that make a proof (aws-reference §6.5). */
export const probeIntervalMs = 5_000;
/** AWS says to allow a few minutes for a change to reach everywhere. */
export const probeLimitMs = 5 * 60_000;
const refusalsNeeded = 2;

/** A question with its name, put to AWS again and again. */
export type Probe = {
  readonly call: string;
  readonly as: 'old-session' | 'deployer';
  readonly asLabel: string;
  readonly ask: () => Promise<Result<Answer<unknown>, AppError | Cancelled>>;
};

/**
 * A read that the session may make now. Never GetCallerIdentity: it answers even under an explicit deny
 * (aws-reference §0.3).
 */
export async function findHarmlessCall({
  iam,
  organizations,
  s3,
}: {
  readonly iam: IamApi;
  readonly organizations: OrganizationsApi;
  readonly s3: S3Api;
}): Promise<Pick<Probe, 'call' | 'ask'> | undefined> {
  const candidates: Pick<Probe, 'call' | 'ask'>[] = [
    { call: 'iam:ListAccountAliases', ask: () => iam.listAccountAliases() },
    { call: 'iam:ListRoles', ask: () => iam.listRoles() },
    { call: 's3:ListAllMyBuckets', ask: () => s3.listBuckets() },
    { call: 'organizations:DescribeOrganization', ask: () => organizations.describeOrganization() },
  ];
  for (const candidate of candidates) if ((await candidate.ask()).ok) return candidate;
  return undefined;
}

/** Asks until AWS has refused twice, five seconds apart. Resolves to whether it did; every answer goes to `record`. */
export async function proveRefusal(
  probe: Probe,
  { clock, signal, limitMs }: { readonly clock: Clock; readonly signal: AbortSignal; readonly limitMs: number },
  record: (entry: ProofEntry, refusals: number) => void,
): Promise<boolean> {
  const start = clock.monotonic();
  let refusals = 0;
  while (!signal.aborted && clock.monotonic() - start <= limitMs) {
    const answer = await probe.ask();
    const at = answer.ok ? answer.value.at : clock.now();
    const refused = !answer.ok && isRefusal(answer.error);
    refusals = refused ? refusals + 1 : answer.ok ? 0 : refusals;
    record(
      {
        at,
        call: probe.call,
        as: probe.as,
        asLabel: probe.asLabel,
        answer: refused ? 'refused' : answer.ok ? 'let-in' : 'unclear',
        code: answer.ok ? 'Still let in' : codeOf(answer.error),
        requestId: answer.ok ? answer.value.requestId : requestIdOf(answer.error),
      },
      refusals,
    );
    if (refusals >= refusalsNeeded) return true;
    await clock.wait(probeIntervalMs, signal);
  }
  return false;
}

/** Whether a deleted role's session gets one or the other is not published: both count (aws-reference §6.3). */
function isRefusal(error: AppError | Cancelled): boolean {
  return error.kind === 'access-denied' || error.kind === 'credentials-invalid';
}

function codeOf(error: AppError | Cancelled): string {
  return error.kind === 'cancelled' ? 'stopped' : (error.code ?? error.kind);
}

function requestIdOf(error: AppError | Cancelled): string {
  return error.kind === 'cancelled' ? '' : (error.requestId ?? '');
}

/** AssumeRole as the deployer, with the shortest session STS gives; a session it still yields is dropped. */
export function assumeProbe(sts: StsApi, roleArn: string, externalId: string | undefined, asLabel: string): Probe {
  return {
    call: 'sts:AssumeRole',
    as: 'deployer',
    asLabel,
    ask: () =>
      sts.assumeRole({
        roleArn,
        sessionName: 'sallyport-revocation-check',
        durationSeconds: 900,
        ...(externalId === undefined ? {} : { externalId }),
      }),
  };
}
