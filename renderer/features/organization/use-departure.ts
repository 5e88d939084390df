import type { Departure } from '../../../core/domain/departure';
import { useAsk } from '../../ipc/queries';

/** The newest record of how this account is closed; undefined where nobody closed it from here. */
export function useDepartureOf(accountId: string): Departure | undefined {
  const asked = useAsk('departures', 'departures', 'list', {});
  return asked.data?.departures.find((one) => one.accountId === accountId);
}
