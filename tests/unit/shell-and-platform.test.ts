import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileLogger } from '../../main/platform/logger';
import { onTimeMayHavePassed } from '../../main/platform/power';
import { redact } from '../../main/platform/redact';
import { SystemClock } from '../../main/platform/system-clock';
import { frameColours, windowOptions } from '../../main/shell/main-window';
import { ManualClock } from '../support/manual-clock';

describe('the window', () => {
  const look = { preload: '/preload.cjs', packaged: true, platform: 'linux' as const, dark: false };

  it('has the colours of the design before the page is there', () => {
    const tokens = readFileSync(new URL('../../renderer/styles/tokens.css', import.meta.url), 'utf8');
    const values = (name: string): string[] =>
      [...tokens.matchAll(new RegExp(`${name}: (#\\w+)`, 'g'))].map(([, value]) => value ?? '');
    expect(values('--chrome')).toContain(frameColours.light.ground);
    expect(values('--chrome')).toContain(frameColours.dark.ground);
    expect(values('--text-soft')).toContain(frameColours.light.ink);
    expect(values('--text-soft')).toContain(frameColours.dark.ink);
    expect(windowOptions({ ...look, dark: true }).backgroundColor).toBe(frameColours.dark.ground);
  });

  it('is as large as the design says and not shown before it is drawn', () => {
    expect(windowOptions(look)).toMatchObject({ width: 1280, height: 832, minWidth: 960, minHeight: 640, show: false });
  });

  it('leaves the buttons to macOS and lays them over the page elsewhere', () => {
    expect(windowOptions({ ...look, platform: 'darwin' }).titleBarOverlay).toBeUndefined();
    expect(windowOptions(look).titleBarOverlay).toMatchObject({ height: 44 });
  });
});

describe('SystemClock', () => {
  it('is corrected by what AWS says', () => {
    const clock = new SystemClock();
    expect(clock.offset()).toBeUndefined();
    clock.learnOffset(3_600_000);
    expect(clock.now() - Date.now()).toBeGreaterThan(3_599_000);
    expect(clock.offset()).toBe(3_600_000);
  });

  it('calls back once, can be called off, and waits until aborted', async () => {
    const clock = new SystemClock();
    const calls: string[] = [];
    clock.schedule(5, () => calls.push('a'));
    clock.schedule(5, () => calls.push('b'))();
    const before = clock.monotonic();
    const abort = new AbortController();
    const waiting = clock.wait(60_000, abort.signal);
    await clock.wait(30);
    abort.abort();
    await waiting;
    await clock.wait(60_000, abort.signal);
    expect(calls).toEqual(['a']);
    expect(clock.monotonic() - before).toBeLessThan(10_000);
  });

  it('keeps a delay of two months, which Node itself would run at once', async () => {
    const clock = new SystemClock();
    let called = false;
    const cancel = clock.schedule(60 * 86_400_000, () => (called = true));
    await clock.wait(20);
    cancel();
    expect(called).toBe(false);
  });
});

describe('time that passed unseen', () => {
  it('is noticed on waking, on unlocking and when the clock jumps, and not otherwise', () => {
    const clock = new ManualClock();
    const power = new EventEmitter();
    let calls = 0;
    const stop = onTimeMayHavePassed(clock, power, () => (calls += 1));
    clock.advance(600_000);
    expect(calls).toBe(0);
    clock.learnOffset(900_000);
    clock.advance(60_000);
    expect(calls, 'what AWS taught is no jump').toBe(0);
    clock.jump(3_600_000);
    clock.advance(30_000);
    expect(calls).toBe(1);
    clock.advance(600_000);
    expect(calls, 'said once').toBe(1);
    power.emit('resume');
    power.emit('unlock-screen');
    expect(calls).toBe(3);
    stop();
    clock.jump(3_600_000);
    clock.advance(60_000);
    power.emit('resume');
    expect(calls).toBe(3);
  });
});

describe('the log', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'sallyport-log-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const text = (): string => readFileSync(join(directory, 'sallyport.log'), 'utf8');

  it('writes a line for each event, for its owner only', () => {
    const logger = new FileLogger({ directory, now: () => Date.parse('2026-11-22T09:00:00Z') });
    logger.log('info', 'started', { version: '0.1.0', milliseconds: 12 });
    expect(text()).toBe(
      '{"at":"2026-11-22T09:00:00.000Z","level":"info","event":"started","version":"0.1.0","milliseconds":12}\n',
    );
    expect(statSync(join(directory, 'sallyport.log')).mode & 0o777).toBe(0o600);
  });

  it('never grows past two files of the size allowed', () => {
    const logger = new FileLogger({ directory, now: () => 0, maximumBytes: 2000 });
    for (let index = 0; index < 200; index += 1) logger.log('warn', `event ${index}`);
    expect(readdirSync(directory).sort()).toEqual(['sallyport.1.log', 'sallyport.log']);
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(2000);
    expect(text()).toContain('event 199');
  });

  it('goes on when it cannot write', () => {
    const logger = new FileLogger({ directory: join(directory, 'sallyport.log', '\0'), now: () => 0 });
    expect(() => logger.log('error', 'lost')).not.toThrow();
  });

  // S-13: made up, but of the form of the real ones
  const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  const token = `IQoJb3JpZ2luX2Vj${'A1b2'.repeat(80)}==`;
  it.each([
    ['a secret key', secretKey],
    ['a session token', token],
    ['a named secret', '{"secretAccessKey":"short-but-named"}'],
    ['an environment line', "AWS_SESSION_TOKEN='whatever'"],
    ['a header', 'Authorization: Bearer-xyz'],
    ['a key inside words', `could not sign with ${secretKey}, sorry`],
    ['an access key id', 'AKIAIOSFODNN7EXAMPLE'],
  ])('S-13 redacts %s', (_what, secret) => {
    new FileLogger({ directory, now: () => 0 }).log('error', 'failed', { why: `before ${secret} after` });
    const kept = text();
    for (const part of [secretKey, token, 'short-but-named', 'whatever', 'Bearer-xyz', 'IOSFODNN7EXAMP']) {
      expect(kept).not.toContain(part);
    }
    expect(kept).toContain('before');
    expect(kept).toContain('after');
  });

  it.each([
    'arn:aws:iam::123456789012:role/team/DeployAccess',
    'arn:aws:sts::123456789012:assumed-role/DeployAccess/sallyport-1',
    'request 1f2e3d4c-aaaa-bbbb-cccc-0123456789ab refused',
    'onboarding.testConnection took 1200 ms',
  ])('leaves %s as it is', (harmless) => {
    expect(redact(harmless)).toBe(harmless);
  });

  it('leaves enough of an access key id to know it by', () => {
    expect(redact('AKIAIOSFODNN7EXAMPLE')).toBe('AKIAIO…LE');
  });
});
