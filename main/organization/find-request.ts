import type { AppError } from '../../core/app-error';
import type { SubAccount } from '../../core/domain/sub-account';
import { ok, type Cancelled, type Result } from '../../core/result';
import type { AccountRequest, Answer, OrganizationsApi } from '../aws/aws-api';
import { sameEmail } from './records';

/** What AWS has of a wish: its request, or the account itself where requests are forgotten. */
export type FoundRequest =
  | { readonly kind: 'request'; readonly request: AccountRequest }
  | { readonly kind: 'account'; readonly accountId: string };

type Found = Result<Answer<FoundRequest | undefined>, AppError | Cancelled>;

/** Milliseconds: this computer's clock and AWS's need not agree before AWS first answered. */
const clockSlackMs = 120_000;

/**
 * Looks for what came of a wish whose answer was lost: by the name and the time of the request, since AWS does not tell the
 * address there, and by the address where the account is there. Requests of other wishes (`taken`) are not it.
 */
export async function findRequest(
  api: OrganizationsApi,
  { startedAt, wish }: SubAccount,
  taken: (requestId: string) => boolean,
  signal: AbortSignal,
): Promise<Found> {
  const since = startedAt - clockSlackMs;
  const listed = await api.listAccountRequests(['IN_PROGRESS', 'SUCCEEDED'], { signal });
  if (!listed.ok) return listed;
  const { at, requestId } = listed.value;
  const candidates = listed.value.value
    .filter(({ accountName, id, requestedAt }) => accountName === wish.name && requestedAt >= since && !taken(id))
    .sort((a, b) => a.requestedAt - b.requestedAt);
  for (const request of candidates) {
    if (request.state !== 'SUCCEEDED') continue;
    const account = await api.describeAccount(request.accountId, { signal });
    if (!account.ok) return account;
    if (sameEmail(account.value.value.email, wish.email)) {
      return ok({ value: { kind: 'request', request }, at, requestId });
    }
  }
  const underWay = candidates.find(({ state }) => state === 'IN_PROGRESS');
  if (underWay !== undefined) return ok({ value: { kind: 'request', request: underWay }, at, requestId });
  return await findAccount(api, wish.email, since, signal);
}

/** The account with this address that joined at `since` or later. */
async function findAccount(api: OrganizationsApi, email: string, since: number, signal: AbortSignal): Promise<Found> {
  const listed = await api.listAccounts({ signal });
  if (!listed.ok) return listed;
  const { at, requestId, value } = listed.value;
  const account = value.find((one) => one.joinedAt >= since && sameEmail(one.email, email));
  return ok({ value: account === undefined ? undefined : { kind: 'account', accountId: account.id }, at, requestId });
}
