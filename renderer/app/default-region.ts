import { useAsk } from '../ipc/queries';

/** Where the person wants new things to start; undefined where nothing was set, or while it is not known yet. */
export function useDefaultRegion(): string | undefined {
  return useAsk('app', 'settings', 'getPreferences', {}).data?.region;
}
