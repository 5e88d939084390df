import type { AppError } from '../../core/app-error';
import type { ServiceUsage } from '../../core/domain/narrowing/usage';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { IamApi, ServiceLastAccessed } from '../aws/aws-api';
import type { Clock } from '../platform/clock';
import { appError } from '../workspace-context';

/** AWS says nothing of how long a report takes; some seconds are usual. Milliseconds. */
const askEveryMs = 1_000;
const patienceMs = 120_000;

/** Has IAM make a report of what a role used, and waits for it. */
export async function readLastAccess(
  iam: IamApi,
  roleArn: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Result<readonly ServiceUsage[], AppError | Cancelled>> {
  const job = await iam.generateServiceLastAccessedDetails(roleArn, { signal });
  if (!job.ok) return job;
  for (let waited = 0; waited < patienceMs; waited += askEveryMs) {
    const report = await iam.getServiceLastAccessedDetails(job.value.value, { signal });
    if (!report.ok) return report;
    const { value } = report.value;
    if (value.state === 'made') return ok(value.services.map(usageOf));
    if (value.state === 'failed') return err(notMade(value.message));
    await clock.wait(askEveryMs, signal);
    if (signal.aborted) return err({ kind: 'cancelled' });
  }
  return err(notMade('It was not ready after two minutes.'));
}

function usageOf({ actions, lastAt, name, namespace }: ServiceLastAccessed): ServiceUsage {
  return { namespace, name, ...(lastAt !== undefined && { lastAt }), actions: [...actions] };
}

function notMade(why: string): AppError {
  return appError('aws-other', `AWS did not make the report of what was used. ${why}`.slice(0, 400), {
    whatDidNotChange: 'The role was not touched.',
    whatToDo: 'Try again in a minute.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  });
}
