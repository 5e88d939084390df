import { shortcut } from '../../../core/domain/shortcuts';
import { connectPath, numberedPlaces, places, requestPath } from '../../app/places';
import { settings, settingsPath, settingsSections } from '../../app/settings-places';
import { sayFailure } from '../../app/session-uses';
import { switchWorkspace } from '../../app/switch-workspace';
import { client } from '../../ipc/client';
import { formatCount } from '../../ui/format';
import type { Entry, PaletteDoors } from './entries';
import { findable, type Findable } from './match';

/** Where one can go. */
export function placeEntries({ go }: PaletteDoors): readonly Findable<Entry>[] {
  return places.map(({ icon, id, label, path }) => {
    const number = numberedPlaces.findIndex((place) => place.id === id) + 1;
    const chord =
      number === 0 ? shortcut('settings').chords[0] : { ...shortcut('place').chords[0], key: String(number) };
    return findable({ id: `place:${id}`, icon, label, chord, run: () => go(path) }, label);
  });
}

/** What can be done wherever one is. */
export function commandEntries(
  { go, openPractice, showKeys }: PaletteDoors,
  {
    openSessions,
    workspace,
  }: {
    readonly workspace: 'practice' | 'aws';
    /** How many nobody ended. */
    readonly openSessions: number;
  },
): readonly Findable<Entry>[] {
  const isPractice = workspace === 'practice';
  const all: readonly (Entry & { readonly also: string })[] = [
    {
      id: 'command:connect',
      icon: 'plus',
      label: 'Connect account',
      also: 'new add wizard role',
      chord: shortcut('connect').chords[0],
      run: () => go(connectPath),
    },
    {
      id: 'command:start',
      icon: 'play',
      label: 'Start a session…',
      also: 'open assume',
      run: () => go('/sessions?start=any'),
    },
    {
      id: 'command:test-all',
      icon: 'refresh',
      label: 'Test all connections',
      also: 'check health',
      run: () => {
        void client.connections.testAll({}).then((answer) => sayFailure('Nothing was tested', answer));
        go('/connections');
      },
    },
    {
      id: 'command:import',
      icon: 'download',
      label: 'Import connections…',
      also: 'leapp',
      run: () => go('/connections?import=yes'),
    },
    {
      id: 'command:export',
      icon: 'send',
      label: 'Export connections…',
      also: 'team csv',
      run: () => go('/connections?export=yes'),
    },
    {
      id: 'command:revoke-many',
      icon: 'door-shut',
      label: 'Revoke everything…',
      also: 'take back many',
      run: () => go('/revocations?many=1'),
    },
    ...(openSessions > 0
      ? [
          {
            id: 'command:end-all',
            icon: 'stop' as const,
            label: openSessions === 1 ? 'End the one session…' : `End all ${formatCount(openSessions)} sessions…`,
            also: 'wipe credentials end all sessions',
            run: () => go('/sessions?end=all'),
          },
        ]
      : []),
    {
      id: 'command:sub-account',
      icon: 'account',
      label: 'New sub-account…',
      also: 'organization create account',
      run: () => go('/organization/new'),
    },
    {
      id: 'command:open-file',
      icon: 'file',
      label: 'Open a request or a reply',
      also: 'file',
      chord: shortcut('open-file').chords[0],
      run: () => go(requestPath),
    },
    {
      id: 'command:workspace',
      icon: isPractice ? 'account' : 'sandbox',
      label: isPractice ? 'Leave the sandbox' : 'Practice in the sandbox',
      also: 'switch workspace aws practice',
      run: () => void switchWorkspace(isPractice ? 'aws' : 'practice', go),
    },
    ...(isPractice
      ? [
          {
            id: 'command:trouble',
            icon: 'bolt' as const,
            label: 'Make trouble in the sandbox…',
            also: 'practice fault throttling',
            run: () => openPractice('trouble'),
          },
        ]
      : []),
    {
      id: 'command:keys',
      icon: 'question',
      label: 'Show the keys',
      also: 'shortcuts keyboard help',
      chord: shortcut('keys').chords[0],
      run: showKeys,
    },
  ];
  return all.map(({ also, ...entry }) => findable(entry, entry.label, [also]));
}

/** Every setting by its name. */
export function settingEntries({ go }: PaletteDoors): readonly Findable<Entry>[] {
  return settings.map(({ also, id, label, section }) => {
    const place = settingsSections.find((one) => one.id === section);
    const entry: Entry = {
      id: `setting:${id}`,
      icon: place?.icon ?? 'sliders',
      label,
      ...(place !== undefined && place.label !== label && { detail: place.label }),
      run: () => go(settingsPath(section, id)),
    };
    return findable(entry, label, [also, place?.label ?? '']);
  });
}
