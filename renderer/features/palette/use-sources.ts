import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'react-router';
import type { OrganizationView } from '../../../core/contract/organization';
import { byExpiry } from '../../../core/domain/session';
import { useNowEvery } from '../../app/clock';
import { useAsk } from '../../ipc/queries';
import { commandEntries, placeEntries, settingEntries } from './commands';
import type { PaletteDoors, Subject } from './entries';
import type { KnownAccount, PaletteSources } from './groups';
import { recentIds } from './recent';

/** Everything that can be found. What is not known yet comes when it does; nothing of it is asked of AWS. */
export function useSources(doors: PaletteDoors): PaletteSources {
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections;
  const listed = useAsk('sessions', 'sessions', 'list', {}).data?.sessions;
  const workspace = useAsk('app', 'app', 'getSnapshot', {}).data?.workspace ?? 'practice';
  const accounts = useKnownAccounts();
  const now = useNowEvery(10_000);
  const { pathname } = useLocation();
  const sessions = useMemo(
    () => (listed ?? []).filter(({ end, expiresAt }) => end === undefined && expiresAt > now).sort(byExpiry),
    [listed, now],
  );
  const here = useMemo((): Subject | undefined => {
    const id = /^\/connections\/([^/]+)/.exec(pathname)?.[1];
    const connection = connections?.find((one) => one.id === id);
    if (connection === undefined) return undefined;
    return { name: connection.name, connection, session: sessions.findLast((one) => one.connectionId === id) };
  }, [connections, pathname, sessions]);
  return useMemo(
    () => ({
      connections: connections ?? [],
      sessions,
      accounts,
      places: placeEntries(doors),
      commands: commandEntries(doors, {
        workspace,
        openSessions: listed?.filter(({ end }) => end === undefined).length ?? 0,
      }),
      settings: settingEntries(doors),
      here,
      recent: recentIds(),
      isWhole: connections !== undefined && listed !== undefined,
      now,
      doors,
    }),
    [accounts, connections, doors, here, listed, now, sessions, workspace],
  );
}

/** As far as the organization was looked at in this run, and what was asked for. */
function useKnownAccounts(): readonly KnownAccount[] {
  const queries = useQueryClient();
  const wished = useAsk('sub-accounts', 'organization', 'listAccounts', {}).data?.subAccounts;
  return useMemo(() => {
    const accounts = new Map<string, KnownAccount>();
    for (const { accountId, id, wish } of wished ?? []) {
      if (accountId !== undefined) {
        accounts.set(accountId, { id: accountId, name: wish.name, path: `/organization/accounts/${id}` });
      }
    }
    const views = queries.getQueriesData<OrganizationView>({ queryKey: ['organization', 'organization', 'view'] });
    for (const [[, , , input], view] of views) {
      if (view?.kind !== 'management') continue;
      const { sourceId } = input as { readonly sourceId: string };
      for (const { id, name } of view.accounts) {
        const path = `/organization/places/${id}?source=${encodeURIComponent(sourceId)}`;
        accounts.set(id, { id, name, path });
      }
    }
    return [...accounts.values()];
  }, [queries, wished]);
}
