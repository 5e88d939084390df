import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/app-error';
import { isRenewable, pauseAfter, renewAt } from '../../../core/domain/renewal';
import type { Session } from '../../../core/domain/session';
import { plainRequest } from '../../../core/domain/session-request';
import { err, ok } from '../../../core/result';
import { Renewals } from '../../../main/sessions/renewals';
import { SessionRecords, sessionsDocument, type SessionsDocument } from '../../../main/sessions/session-records';
import { appError, type StoredDocument } from '../../../main/workspace-context';
import { ManualClock } from '../../support/manual-clock';
import { MemoryDocument } from '../../../main/store/memory-document';

const minute = 60_000;
const hour = 60 * minute;

function sessionAt(index: number, issuedAt: number, lifeMs = hour): Session {
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    connectionId: '11111111-1111-4111-8111-111111111111',
    connectionName: 'Tidewater',
    accountId: '222233334444',
    roleName: 'Deploy',
    assumedRoleArn: 'arn:aws:sts::222233334444:assumed-role/Deploy/one',
    accessKeyId: `ASIA${String(index).padStart(16, '0')}`,
    sessionName: 'one',
    issuedAt,
    openedAt: issuedAt,
    expiresAt: issuedAt + lifeMs,
    request: plainRequest(3600),
    renewal: 'automatic',
    credentials: 'keychain',
    uses: [],
    isChained: false,
  };
}

/** Held without a copy for each reader: hundreds of sessions are looked through often here. */
function held(sessions: Session[]): StoredDocument<SessionsDocument> {
  let current: SessionsDocument = { sessions, favourites: [] };
  return {
    read: () => current,
    update: (change) => {
      current = change(current);
      return ok(undefined);
    },
  };
}

/** So many sessions, opened at the same moment; `answer` says what AWS makes of each wish. */
function renewing(count: number, tookMs: number, answer: (tries: number) => AppError | undefined = () => undefined) {
  const clock = new ManualClock();
  const opened = clock.now();
  const records = new SessionRecords(
    held(Array.from({ length: count }, (_, index) => sessionAt(index, opened))),
    clock,
    () => undefined,
  );
  const asked: { id: string; at: number; leftMs: number }[] = [];
  const failed: Session[] = [];
  const renewals: Renewals = new Renewals({
    clock,
    records,
    onChange: () => undefined,
    onFailed: (session) => failed.push(session),
    renew: async (id) => {
      const { expiresAt } = records.find(id) ?? sessionAt(0, 0);
      const tries = asked.filter((one) => one.id === id).length;
      asked.push({ id, at: clock.monotonic(), leftMs: expiresAt - clock.now() });
      await clock.wait(tookMs);
      const wrong = answer(tries);
      if (wrong !== undefined) return err(wrong);
      const issuedAt = clock.now();
      records.patch(id, ({ trouble: _trouble, ...session }) => ({
        ...session,
        issuedAt,
        expiresAt: issuedAt + hour,
        accessKeyId: `ASIB${id.slice(-16)}`,
      }));
      return ok(records.find(id) ?? sessionAt(0, 0));
    },
  });
  renewals.settle();
  const isRenewed = () => records.all().every(({ accessKeyId }) => accessKeyId.startsWith('ASIB'));
  return { clock, records, asked, failed, renewals, isRenewed };
}

describe('renewals', () => {
  it('of 500 sessions that were opened together: five a second at most, eight at once, none too late', async () => {
    const { clock, asked, isRenewed } = renewing(500, 400);
    for (let passed = 0; passed < hour && !isRenewed(); passed += 100) await clock.advanceAsync(100, 100);
    expect(isRenewed()).toBe(true);
    expect(asked).toHaveLength(500);
    expect(Math.min(...asked.map(({ leftMs }) => leftMs))).toBeGreaterThan(5 * minute);
    const inASecond = asked.map(({ at }) => asked.filter((other) => other.at >= at && other.at < at + 1000).length);
    expect(Math.max(...inASecond)).toBeLessThanOrEqual(5);
    // spread over five minutes of their hour, not crowded into the first of them
    const [first = 0] = asked.map(({ at }) => at);
    expect((asked.at(-1)?.at ?? 0) - first).toBeGreaterThan(4 * minute);
  });

  it('that AWS throttles are tried again after growing pauses, and succeed', async () => {
    const throttled = appError('throttled', 'Rate exceeded');
    const { clock, asked, records, isRenewed } = renewing(1, 10, (tries) => (tries < 3 ? throttled : undefined));
    for (let passed = 0; passed < hour && !isRenewed(); passed += 1000) await clock.advanceAsync(1000);
    const pauses = asked.slice(1).map(({ at }, index) => Math.round((at - (asked[index]?.at ?? 0)) / 1000));
    // the clock goes in steps of a second
    for (const [index, pause] of [5, 15, 30].entries()) expect((pauses[index] ?? 0) - pause).toBeOneOf([0, 1]);
    expect(records.all()[0]?.trouble).toBeUndefined();
  });

  it('that AWS refuses are not tried again by themselves', async () => {
    const { clock, asked, failed } = renewing(1, 10, () => appError('access-denied', 'no'));
    await clock.advanceAsync(2 * hour, 10_000);
    expect(asked).toHaveLength(1);
    expect(failed).toHaveLength(1);
  });

  it('end with the app: a timer that is left over asks nothing', () => {
    const { clock, asked, renewals } = renewing(3, 10);
    renewals.stop();
    clock.advance(55 * minute);
    expect(asked).toEqual([]);
  });
});

describe('when a session is renewed', () => {
  it('is between its last quarter and its last sixth, the same each time it is judged', () => {
    for (let index = 0; index < 50; index += 1) {
      const session = sessionAt(index, 1_000_000);
      const left = session.expiresAt - renewAt(session);
      expect(left).toBeGreaterThanOrEqual(10 * minute);
      expect(left).toBeLessThanOrEqual(15 * minute);
      expect(renewAt(session)).toBe(renewAt({ ...session }));
    }
  });

  it('of the shortest session is five minutes before its end at the latest', () => {
    const session = sessionAt(1, 1_000_000, 15 * minute);
    expect(session.expiresAt - renewAt(session)).toBeGreaterThanOrEqual(5 * minute);
  });

  it('is never for one that was ended, asks for a code, is not to be renewed, or is long over', () => {
    const session = sessionAt(1, 0);
    const now = hour;
    expect(isRenewable(session, now)).toBe(true);
    expect(isRenewable({ ...session, renewal: 'off' }, now)).toBe(false);
    expect(isRenewable({ ...session, end: { at: now, how: 'ended-here', wiped: true } }, now)).toBe(false);
    expect(isRenewable({ ...session, request: { ...session.request, mfaSerial: 'GAHT12345678' } }, now)).toBe(false);
    expect(isRenewable(session, session.expiresAt + 12 * hour)).toBe(false);
    expect(isRenewable(session, session.expiresAt + 12 * hour - 1)).toBe(true);
  });

  it('waits longer after each failure, two minutes at most', () => {
    expect([1, 2, 3, 4, 5, 50].map(pauseAfter)).toEqual([5000, 15_000, 30_000, 60_000, 120_000, 120_000]);
  });
});

describe('the records of an older version', () => {
  it('are read: what was asked for is what a plain session asks', () => {
    const { accessKeyId, sessionName } = sessionAt(1, 0);
    const {
      request: _request,
      renewal: _renewal,
      uses: _uses,
      isChained: _chained,
      openedAt: _opened,
      ...kept
    } = sessionAt(1, 5);
    const old = { ...kept, accessKeyId, sessionName, durationSeconds: 900, lastUse: { kind: 'console', at: 7 } };
    const [migrate] = sessionsDocument.migrations;
    const { sessions, favourites } = new MemoryDocument({
      ...sessionsDocument,
      empty: sessionsDocument.schema.parse(migrate?.({ sessions: [old] })),
    }).read();
    expect(favourites).toEqual([]);
    expect(sessions).toEqual([
      {
        ...kept,
        accessKeyId,
        sessionName,
        openedAt: 5,
        request: plainRequest(900),
        renewal: 'off',
        uses: [{ kind: 'console', at: 7 }],
        isChained: false,
      },
    ]);
  });
});
