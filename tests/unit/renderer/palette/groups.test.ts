import { describe, expect, it, vi } from 'vitest';
import type { ConnectionSummary } from '../../../../core/domain/connection';
import type { Session } from '../../../../core/domain/session';
import { plainRequest } from '../../../../core/domain/session-request';
import { commandEntries, placeEntries, settingEntries } from '../../../../renderer/features/palette/commands';
import { groupsOf, type PaletteSources } from '../../../../renderer/features/palette/groups';

// there is neither a page nor a bridge to main here; what goes through them is looked at in the app itself
const said: { readonly title: string; readonly detail?: string }[] = [];
const refused = () =>
  Promise.resolve({
    ok: false,
    error: { message: 'The disk is full.', whatDidNotChange: 'Nothing was changed.', whatToDo: 'Make room.' },
  });
vi.mock('../../../../renderer/ipc/client', () => ({
  client: { connections: { testAll: () => refused() }, app: { chooseWorkspace: () => refused() } },
}));
vi.mock('../../../../renderer/ui/toast', () => ({ showToast: (toast: (typeof said)[number]) => said.push(toast) }));

const went: string[] = [];
const doors = { go: (path: string) => void went.push(path), showKeys: () => undefined, openPractice: () => undefined };

const one = (id: string, name: string, more: Partial<ConnectionSummary> = {}): ConnectionSummary => ({
  ...{ id, name, roleName: 'Deploy', accountId: '210987654321', recipeId: 'custom', status: 'working' },
  ...{ createdAt: 0, maxSessionDuration: 3600 },
  ...more,
});

const session = (id: string, connectionId: string, name: string): Session => ({
  ...{ id, connectionId, connectionName: name, accountId: '210987654321', roleName: 'Deploy' },
  ...{ assumedRoleArn: '', accessKeyId: '', sessionName: 's', issuedAt: 0, openedAt: 0, expiresAt: 3_600_000 },
  ...{ request: plainRequest(3600), renewal: 'off', credentials: 'keychain', uses: [], isChained: false },
});

function sources(change: Partial<PaletteSources> = {}): PaletteSources {
  return {
    connections: [one('1', 'Tidewater prod'), one('2', 'Osprey', { status: 'revoked' })],
    sessions: [],
    accounts: [{ id: '333344445555', name: 'Tidewater sandbox', path: '/organization/places/333344445555' }],
    places: placeEntries(doors),
    commands: commandEntries(doors, { workspace: 'practice', openSessions: 0 }),
    settings: settingEntries(doors),
    here: undefined,
    recent: [],
    isWhole: true,
    now: 0,
    doors,
    ...change,
  };
}

const shown = (given: PaletteSources, text: string) =>
  groupsOf(given, { text, within: undefined }).map(({ entries: lines, heading }) => [
    heading,
    lines.map(({ label }) => label),
  ]);
const first = (text: string, given = sources()) => groupsOf(given, { text, within: undefined })[0]?.entries[0];

describe('the groups of the palette', () => {
  it('show a connection with what can be done with it, revoking among it, and other things of that name below', () => {
    const groups = shown(sources(), 'tide');
    expect(groups.map(([heading]) => heading)).toEqual([
      'Connections',
      'Do with Tidewater prod',
      'Accounts of the organization',
    ]);
    expect(groups[1]?.[1]).toContain('Revoke access…');
    expect(groups[1]?.[1]).toContain('Start a session');
  });

  it('offer no session and no revoking of what is revoked, and no use of a session that there is not', () => {
    const acts = shown(sources(), 'osprey')[1]?.[1];
    expect(acts).not.toContain('Start a session');
    expect(acts).not.toContain('Revoke access…');
    expect(shown(sources(), 'tide')[1]?.[1]).not.toContain('Open the AWS console');
    const live = sources({ sessions: [session('9', '1', 'Tidewater prod')] });
    expect(shown(live, 'tide')[1]?.[1]).toContain('Open the AWS console');
    expect(first('tide', live)?.detail).toBe('1 live session, 1 h left');
  });

  it.each([
    ['every place', 'activ', 'Activity', '/activity'],
    ['an act by another word', 'wizard', 'Connect account', '/connect'],
    ['a setting by another word', 'https_proxy', 'Proxy and certificates', '/settings/network#network'],
    ['an account of the organization by its ID', '3333 4444', 'Tidewater sandbox', '/organization/places/333344445555'],
    ['the activity, where nothing has that name', 'zzqq', 'Search activity for “zzqq”', '/activity?words=zzqq'],
    ['a closing dialog, which acts only there', 'revoke every', 'Revoke everything…', '/revocations?many=1'],
  ])('find %s', (_what, text, label, path) => {
    const entry = first(text);
    expect(entry?.label).toBe(label);
    went.length = 0;
    entry?.run();
    expect(went).toEqual([path]);
  });

  it('have commands only behind >, and what was chosen before on top of nothing typed', () => {
    expect(shown(sources(), '>tide')).toEqual([['Instead', ['Search activity for “tide”', 'Connect account']]]);
    expect(shown(sources({ isWhole: false }), '>tide')).toEqual([]);
    expect(shown(sources(), '>').map(([heading]) => heading)).toEqual(['Everywhere', 'Go to']);
    const recent = shown(sources({ recent: ['connection:1', 'place:activity', 'connection:gone'] }), '');
    expect(recent[0]).toEqual(['Chosen before', ['Tidewater prod', 'Activity']]);
    expect(recent.flatMap(([, labels]) => labels).filter((label) => label === 'Activity')).toHaveLength(1);
  });

  it('draw no more than a few of ten thousand, and lead to the list of them', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => one(String(index), `Client ${String(index)}`));
    const [, lines] = shown(sources({ connections: many }), 'client')[0] as [string, string[]];
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toBe('Show all 10,000 in the list');
  });

  it('know what the page is about, and find its acts by their words', () => {
    const [connection] = sources().connections;
    const here = { name: 'Tidewater prod', connection, session: undefined };
    expect(shown(sources({ here }), '')[0]?.[0]).toBe('Do with Tidewater prod');
    expect(shown(sources({ here }), 'arn')[0]).toEqual(['Do with Tidewater prod', ['Copy the role’s ARN']]);
    const within = groupsOf(sources(), { text: 'revo', within: here });
    expect(within.flatMap(({ entries: lines }) => lines.map(({ label }) => label))).toEqual(['Revoke access…']);
  });

  it('keep what an act was done to as chosen before, and not what the page behind is about', () => {
    const [tidewater, osprey] = sources().connections;
    if (tidewater === undefined || osprey === undefined) throw new Error('There are two');
    const here = { name: osprey.name, connection: osprey, session: undefined };
    const groups = groupsOf(sources({ here }), { text: 'tide', within: undefined });
    const acts = groups.find(({ id }) => id === 'acts');
    expect(acts?.heading).toBe('Do with Tidewater prod');
    expect(new Set(acts?.entries.map(({ chosenAs }) => chosenAs))).toEqual(new Set(['connection:1']));
    // letters of what was looked for are not marked in what can be done with it
    expect(acts?.isBeside).toBe(true);
  });

  it('end all sessions by their number, however the page that lists them is filtered', () => {
    const commands = (openSessions: number) => commandEntries(doors, { workspace: 'aws', openSessions });
    const label = (openSessions: number) => first('end all', sources({ commands: commands(openSessions) }))?.label;
    expect(label(3)).toBe('End all 3 sessions…');
    expect(label(1)).toBe('End the one session…');
    expect(label(0)).not.toMatch(/session/);
    went.length = 0;
    first('end all', sources({ commands: commands(3) }))?.run();
    expect(went).toEqual(['/sessions?end=all']);
  });

  it.each([
    ['Test all connections', 'Nothing was tested'],
    ['Leave the sandbox', 'The workspace is the same as before'],
  ])('say what came in the way of “%s”', async (label, title) => {
    said.length = 0;
    const entry = first(label);
    expect(entry?.label).toBe(label);
    entry?.run();
    await vi.waitFor(() => {
      expect(said).toMatchObject([{ title, detail: 'The disk is full. Nothing was changed. Make room.' }]);
    });
  });
});
