import type { ActivityEntry } from '../../../core/domain/activity';
import { actKind, actWords, type ActivityKind } from '../../../core/domain/activity-words';
import type { IconName } from '../../ui/icon-names';

export const kindWords: Readonly<Record<ActivityKind, string>> = {
  connections: 'Connections',
  roles: 'Roles',
  sessions: 'Sessions',
  revocations: 'Revocations',
  organization: 'Organization',
  identities: 'Identities',
  sources: 'Source identities',
};

const kindIcons: Readonly<Record<ActivityKind, IconName>> = {
  connections: 'link',
  roles: 'role',
  sessions: 'timer',
  revocations: 'door-shut',
  organization: 'tree',
  identities: 'users',
  sources: 'key',
};

export function entryWords({ act, isTorn }: ActivityEntry): string {
  return isTorn === true ? 'A line that was cut off' : actWords(act);
}

export function entryIcon({ act, isTorn }: ActivityEntry): IconName {
  if (isTorn === true) return 'alert';
  const kind = actKind(act);
  return kind === undefined ? 'question' : kindIcons[kind];
}

/** Facts whose names say too little, or are not words. Any other stands as it was written, its words apart. */
const names: Readonly<Record<string, string>> = {
  requestId: 'Request ID',
  sessionId: 'Session',
  connectionId: 'Connection',
  revocationId: 'Revocation',
  subAccountId: 'Record of the account',
  departureId: 'Record of the closing',
  guardRailId: 'Record of the guard rail',
  batchId: 'Revocation of many',
  draftId: 'Wizard',
  sourceId: 'Source identity',
  accountId: 'Account',
  expiresAt: 'Expires',
  by: 'By',
};

export function factName(name: string): string {
  const apart = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return names[name] ?? apart.charAt(0).toUpperCase() + apart.slice(1);
}

export interface EntryLink {
  readonly label: string;
  readonly path: string;
}

const places: Readonly<Record<string, { readonly label: string; readonly path: (id: string) => string }>> = {
  revocationId: { label: 'Open the revocation', path: (id) => `/revocations/${id}` },
  batchId: { label: 'Open the revocation of many', path: (id) => `/revocations/batch/${id}` },
  sessionId: { label: 'Open sessions', path: () => '/sessions' },
  subAccountId: { label: 'Open the account’s record', path: (id) => `/organization/accounts/${id}` },
};

/** Where more about it is seen. */
export function linksOf({ connection, facts }: ActivityEntry): readonly EntryLink[] {
  const found = facts.flatMap(({ name, value }) => {
    const place = places[name];
    return place === undefined ? [] : [{ label: place.label, path: place.path(value) }];
  });
  return connection === undefined
    ? found
    : [{ label: `Open ${connection.name}`, path: `/connections/${connection.id}` }, ...found];
}
