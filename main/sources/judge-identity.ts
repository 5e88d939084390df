import type { AppError } from '../../core/app-error';
import { identityOf, type Identity, type Source } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { StsApi } from '../aws/aws-api';
import { appError } from '../workspace-context';
import { notCancelled } from './not-cancelled';

/** Who a source is, by AWS's own answer. Root is refused: it cannot assume roles and should not be used (aws-reference §3.1). */
export function judgeIdentity(
  answer: Awaited<ReturnType<StsApi['getCallerIdentity']>>,
  source: Source,
): Result<Identity> {
  if (!answer.ok) return err(withReplacement(notCancelled(answer.error), source));
  const identity = identityOf(answer.value.value, answer.value.at);
  if (!identity.isRoot) return ok(identity);
  return err(
    appError('not-possible', 'These are the keys of the root user. The root user cannot assume roles.', {
      whatToDo: 'Use an IAM user or a role of the account instead, and delete the root access key.',
      remedies: [{ kind: 'choose-source' }],
    }),
  );
}

/** Where the key itself is what AWS refused, typing it again is what helps. */
function withReplacement(error: AppError, source: Source): AppError {
  const isTheKey = ['credentials-invalid', 'credentials-expired', 'signature-mismatch'].includes(error.kind);
  if (source.kind !== 'access-key' || !isTheKey) return error;
  const replace = { kind: 'replace-access-key' as const, sourceId: source.id };
  return { ...error, remedies: [replace, ...error.remedies].slice(0, 4) };
}
