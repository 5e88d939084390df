import type { IconName } from '../ui/icon-names';

/** The places that exist. A place gets its entry when it has a page, not before. */
export const placeIds = [
  'sessions',
  'connections',
  'reviews',
  'organization',
  'identities',
  'revocations',
  'activity',
  'settings',
] as const;

export type PlaceId = (typeof placeIds)[number];

export interface Place {
  readonly id: PlaceId;
  readonly label: string;
  readonly icon: IconName;
  readonly path: string;
  /** Heading of its group in the sidebar; none is the first group. */
  readonly group?: string;
}

export const places: readonly Place[] = [
  { id: 'sessions', label: 'Sessions', icon: 'timer', path: '/sessions' },
  { id: 'connections', label: 'Connections', icon: 'link', path: '/connections' },
  { id: 'reviews', label: 'Reviews', icon: 'calendar', path: '/reviews' },
  { id: 'organization', label: 'Organization', icon: 'tree', path: '/organization', group: 'Accounts' },
  { id: 'identities', label: 'Identities', icon: 'users', path: '/identities', group: 'Accounts' },
  { id: 'revocations', label: 'Revocations', icon: 'door-shut', path: '/revocations', group: 'Records' },
  { id: 'activity', label: 'Activity', icon: 'history', path: '/activity', group: 'Records' },
  { id: 'settings', label: 'Settings', icon: 'sliders', path: '/settings' },
];

/** Where the wizard lives; it has a frame of its own. */
export const connectPath = '/connect';

/** Where what somebody sent is shown. */
export const requestPath = `${connectPath}/request`;

/** The first run. */
export const welcomePath = '/welcome';

/** Those that have a number on the keyboard, in the order of the numbers; settings have a key of their own. */
export const numberedPlaces: readonly Place[] = places.filter(({ id }) => id !== 'settings');

/** The place a path belongs to. */
export function placeOf(path: string): PlaceId | undefined {
  return places.find((place) => path === place.path || path.startsWith(`${place.path}/`))?.id;
}
