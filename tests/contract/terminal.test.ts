import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onlyIdentity } from '../../core/render/shell-variables';
import { SystemTerminal } from '../../main/handoff/terminal';
import { must } from '../support/must';

let folder: string;
let bin: string;
let record: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-terminal-'));
  bin = join(folder, 'bin');
  record = join(folder, 'record');
  mkdirSync(bin);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program in the terminal's place that writes down what it was given. */
function standIn(name: string): void {
  const path = join(bin, name);
  writeFileSync(
    path,
    `#!/bin/sh\n{ echo "arguments: $*"; /usr/bin/env; } > '${record}.part'\n/bin/mv '${record}.part' '${record}'\n`,
  );
  chmodSync(path, 0o755);
}

async function recorded(): Promise<string> {
  await vi.waitFor(() => expect(existsSync(record)).toBe(true), { timeout: 10_000 });
  return readFileSync(record, 'utf8');
}

const terminal = (environment: Record<string, string> = {}) =>
  new SystemTerminal({ platform: 'linux', environment: { PATH: `${bin}:/usr/bin:/bin`, ...environment } });

describe.skipIf(process.platform === 'win32')('a terminal with the environment of a session', () => {
  it('is given the keys by its environment, nothing on its command line, and nobody else’s identity', async () => {
    standIn('x-terminal-emulator');
    const opened = await terminal({ AWS_PROFILE: 'old', ELECTRON_RUN_AS_NODE: '1', HOME: folder }).open(
      onlyIdentity({ AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE', AWS_SECRET_ACCESS_KEY: "canary'secret $x" }),
    );
    expect(must(opened)).toBe(join(bin, 'x-terminal-emulator'));
    const seen = await recorded();
    expect(seen).toContain('arguments: \n');
    expect(seen).toContain("AWS_SECRET_ACCESS_KEY=canary'secret $x\n");
    expect(seen).not.toContain('AWS_PROFILE');
    expect(seen).not.toContain('ELECTRON_RUN_AS_NODE');
  });

  it('is the one that the system names, else a known one, else there is none', async () => {
    expect(new SystemTerminal({ platform: 'linux', environment: { PATH: bin } }).way()).toBe('none');
    const none = await new SystemTerminal({ platform: 'linux', environment: { PATH: bin } }).open({});
    expect(none).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    standIn('konsole');
    expect(terminal().way()).toBe('by-itself');
    expect(must(await terminal({ PATH: bin }).open({}))).toBe(join(bin, 'konsole'));
    // it writes into the folder that goes with this test
    await recorded();
  });

  it('on a Mac is opened with the name of a profile alone, in a file without a secret', async () => {
    standIn('open');
    const mac = new SystemTerminal({ platform: 'darwin', environment: { PATH: `${bin}:/usr/bin:/bin` } });
    expect(mac.way()).toBe('by-profile');
    expect(await mac.open({ AWS_REGION: 'eu-west-1' })).toMatchObject({ ok: false });
    vi.stubEnv('PATH', `${bin}:${process.env['PATH'] ?? ''}`);
    must(await mac.open({ AWS_PROFILE: 'acme', AWS_REGION: 'eu-west-1' }));
    vi.unstubAllEnvs();
    const seen = await recorded();
    const file = /arguments: -a Terminal (.*)\n/.exec(seen)?.[1] ?? '';
    const script = readFileSync(file, 'utf8');
    expect(script).toContain("export AWS_PROFILE='acme'");
    expect(script).toContain('unset AWS_SECRET_ACCESS_KEY');
    execFileSync('/bin/sh', [file], { env: { HOME: folder, PATH: '/usr/bin:/bin', SHELL: '/bin/true' } });
    expect(existsSync(join(file, '..'))).toBe(false);
  });
});
