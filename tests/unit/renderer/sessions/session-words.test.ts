import { describe, expect, it, test } from 'vitest';
import type { Session } from '../../../../core/domain/session';
import { plainRequest } from '../../../../core/domain/session-request';
import { inUseBy, renewalState, renewedUntil, silenceOf } from '../../../../renderer/features/sessions/session-words';
import { minute, noon, sessionWith, troubleOf } from './sessions-made';

const readOnly = { ...plainRequest(3600), sessionPolicy: { kind: 'read-only' } } as const;
const withCode = { ...plainRequest(3600), mfaSerial: 'GAHT12345678' };
const use = (kind: Session['uses'][number]['kind'], detail?: string) => ({
  kind,
  at: noon,
  ...(detail === undefined ? {} : { detail }),
});

describe('what a session is in use by', () => {
  test.each<[string, Partial<Session>, string, string | RegExp]>([
    ['nothing', {}, 'Not used yet', /^opened /],
    ['nothing, in memory', { credentials: 'memory' }, 'In memory only', 'lost on quitting'],
    ['nothing, read-only', { request: readOnly }, 'Read-only session', 'not used yet'],
    ['nothing, chained', { isChained: true }, 'Not used yet', 'chained: 1 h at most'],
    ['the console', { uses: [use('console')] }, 'AWS console', /^last handed over /],
    ['a shell', { uses: [use('environment', 'fish')] }, 'A fish shell', /^last handed over /],
    ['a profile', { uses: [use('profile', 'brightline-prod')] }, 'brightline-prod', 'credential_process'],
    ['an endpoint', { uses: [use('endpoint', '127.0.0.1:49213')] }, 'Local endpoint', '127.0.0.1:49213'],
    [
      'several, and less than its role',
      { uses: [use('terminal'), use('console')], request: readOnly, isChained: true },
      'A terminal',
      'and 1 more, read-only, chained',
    ],
    ['out of reach', { credentials: 'out-of-reach', uses: [use('console')] }, 'Out of reach', 'still valid at AWS'],
    ['lost', { credentials: 'gone' }, 'No longer here', 'still valid at AWS'],
  ])('%s', (_, change, title, detail) => {
    const words = inUseBy(sessionWith(change), false);
    expect(words.title).toBe(title);
    if (typeof detail === 'string') expect(words.detail).toBe(detail);
    else expect(words.detail).toMatch(detail);
  });

  it('says of one that is over nothing that would still hold at AWS', () => {
    expect(inUseBy(sessionWith({ credentials: 'gone', renewal: 'automatic' }), true).detail).not.toContain('valid');
  });
});

describe('how the renewal of a session stands', () => {
  const automatic = sessionWith({ renewal: 'automatic' });

  test('off, by the keychain, automatic, lapsed, under way', () => {
    expect(renewalState(sessionWith(), false, false)).toEqual({ kind: 'off' });
    expect(renewalState(sessionWith({ credentials: 'out-of-reach' }), false, false)).toEqual({ kind: 'keychain' });
    const state = renewalState(automatic, false, false);
    expect(state.kind === 'automatic' && state.at > noon && state.at <= noon + 50 * minute).toBe(true);
    expect(renewalState(automatic, false, true)).toEqual({ kind: 'lapsed' });
    expect(renewalState(automatic, true, true)).toEqual({ kind: 'renewing' });
  });

  test('failed: why, and when it is tried again', () => {
    const next = noon + 56 * minute;
    const failed = sessionWith({ renewal: 'automatic', trouble: troubleOf('unreachable', next) });
    expect(renewalState(failed, false, false)).toMatchObject({ reason: 'No connection', nextTryAt: next });
    expect(renewalState(failed, true, false)).toEqual({ kind: 'renewing' });
    const refused = sessionWith({ trouble: troubleOf('access-denied') });
    expect(renewalState(refused, false, false)).toMatchObject({ reason: 'AWS refused it', nextTryAt: undefined });
  });

  test('a bar goes on to what is planned, and only to that', () => {
    const until = renewedUntil(automatic) ?? 0;
    expect(until).toBeGreaterThan(automatic.expiresAt);
    expect(until).toBeLessThanOrEqual(noon + 110 * minute);
    expect(renewedUntil(sessionWith())).toBeUndefined();
    expect(renewedUntil(sessionWith({ renewal: 'automatic', request: withCode }))).toBeUndefined();
    expect(renewedUntil(sessionWith({ renewal: 'automatic', trouble: troubleOf('access-denied') }))).toBeUndefined();
    const again = noon + 57 * minute;
    const failing = sessionWith({ renewal: 'automatic', trouble: troubleOf('timed-out', again) });
    expect(renewedUntil(failing)).toBe(again + 60 * minute);
  });

  test('silence is when AWS did not answer, not when it refused', () => {
    expect(silenceOf([sessionWith(), sessionWith({ trouble: troubleOf('access-denied') })])).toBeUndefined();
    const sessions = [
      sessionWith({ trouble: troubleOf('unreachable', noon + 57 * minute) }),
      sessionWith({ trouble: troubleOf('timed-out', noon + 56 * minute) }),
      sessionWith({ trouble: troubleOf('throttled', noon + 55 * minute) }),
    ];
    expect(silenceOf(sessions)).toEqual({
      lastTriedAt: noon + 55 * minute,
      nextTryAt: noon + 56 * minute,
      waiting: 2,
    });
  });
});
