import { describe, expect, it } from 'vitest';
import type { Session } from '../../../core/domain/session';
import { plainRequest } from '../../../core/domain/session-request';
import { trayEntries, trayWords } from '../../../main/shell/tray-entries';

const now = 1_000_000_000;
const minute = 60_000;

function session(name: string, leftMs: number, rest: Partial<Session> = {}): Session {
  return {
    id: `00000000-0000-4000-8000-${name.padStart(12, '0').replaceAll(/[^0-9a-f]/gi, '0')}`,
    connectionId: '11111111-1111-4111-8111-111111111111',
    connectionName: name,
    accountId: '222233334444',
    roleName: 'Deploy',
    assumedRoleArn: 'arn:aws:sts::222233334444:assumed-role/Deploy/one',
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    sessionName: 'one',
    issuedAt: now - minute,
    openedAt: now - minute,
    expiresAt: now + leftMs,
    request: plainRequest(3600),
    renewal: 'off',
    credentials: 'keychain',
    uses: [],
    isChained: false,
    ...rest,
  };
}

const favourite = (name: string, mfaSerial?: string) => ({
  id: '22222222-2222-4222-8222-222222222222',
  name,
  connectionId: '11111111-1111-4111-8111-111111111111',
  request: { ...plainRequest(3600), ...(mfaSerial === undefined ? {} : { mfaSerial }) },
  renewal: 'off' as const,
  atLaunch: false,
});
const labels = (facts: Parameters<typeof trayEntries>[0]) =>
  trayEntries(facts).map((entry) => (entry.kind === 'line' ? '—' : entry.label));
const acts = ['—', 'Search…', 'Show Sallyport', 'Quit Sallyport'];

describe('the icon’s menu', () => {
  it('has what dies first on top, with its time left rounded up, and no session that is over', () => {
    const sessions = [
      session('Later', 90 * minute),
      session('Soon', 4 * minute + 1),
      session('Over', -1),
      session('Ended', 5 * minute, { end: { at: now, how: 'ended-here', wiped: true } }),
    ];
    expect(labels({ sessions, favourites: [], isPractice: true, now })).toEqual([
      'Practice sandbox',
      'Soon · 5 min left',
      'Later · 1 h 30 min left',
      ...acts,
    ]);
    expect(trayWords({ sessions, now })).toBe('Sallyport: 2 sessions, the next ends in 5 min');
  });

  it('offers no console where the credentials are out of reach, but still the end', () => {
    const [entry] = trayEntries({
      sessions: [session('Far', 60 * minute, { credentials: 'out-of-reach' })],
      favourites: [],
      isPractice: false,
      now,
    });
    expect(entry).toMatchObject({ kind: 'session', acts: false });
  });

  it('starts favourites, but none that asks for a code: there is no place to type it', () => {
    const favourites = [favourite('Deploy & watch'), favourite('With code', 'GAHT12345678')];
    expect(labels({ sessions: [], favourites, isPractice: false, now })).toEqual([
      'No session is open',
      '—',
      'Start Deploy && watch',
      ...acts,
    ]);
  });

  it('stays short: what does not fit is counted', () => {
    const sessions = Array.from({ length: 14 }, (_, index) =>
      session(`Account ${String(index)}`, (index + 1) * minute),
    );
    expect(labels({ sessions, favourites: [], isPractice: false, now })).toHaveLength(10 + 1 + acts.length);
    expect(labels({ sessions, favourites: [], isPractice: false, now })).toContain('and 4 more in the window');
  });
});
