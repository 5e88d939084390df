import type { Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { AwsCredentials, CredentialsProvider } from './aws-api';

/** Milliseconds before expiry at which credentials are fetched anew, as the SDK does. */
export const refreshAhead = 5 * 60_000;

/** Keeps what `load` gives until five minutes before it expires; what never expires is loaded each time. */
export function renewed(clock: Clock, load: () => Promise<Result<AwsCredentials>>): CredentialsProvider {
  let kept: Result<AwsCredentials> | undefined;
  let pending: Promise<Result<AwsCredentials>> | undefined;
  const loadAndKeep = async (): Promise<Result<AwsCredentials>> => {
    const loaded = await load();
    kept = loaded.ok && loaded.value.expiration !== undefined ? loaded : undefined;
    return loaded;
  };
  return async () => {
    if (kept?.ok === true && (kept.value.expiration ?? 0) - refreshAhead > clock.now()) return kept;
    // Calls made at the same moment share one sign-in.
    pending ??= loadAndKeep().finally(() => {
      pending = undefined;
    });
    return pending;
  };
}
