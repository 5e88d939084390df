import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, which } from './run.mjs';

/**
 * Starts the keyring daemon inside the private D-Bus and then becomes the command. Only the daemon gets the made-up
 * home: the command keeps its own, for Python's and npm's sake. The password protects nothing: the keyring lives as
 * long as the command.
 */
const withKeyring = `
printf test | HOME="$SALLYPORT_KEYRING_HOME" XDG_DATA_HOME="$SALLYPORT_KEYRING_HOME" \
  gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$@"
`;

/** True where a private keyring can be started. */
export function canHaveKeyring() {
  return process.platform === 'linux' && ['dbus-run-session', 'gnome-keyring-daemon'].every((name) => which(name));
}

/** True where a display without a screen can be started. */
export function canHaveVirtualDisplay() {
  return process.platform === 'linux' && ['xvfb-run', 'xauth'].every((name) => which(name));
}

/**
 * Runs a command with a keyring of its own (a private D-Bus and an unlocked, empty gnome-keyring) and, when asked, a
 * display of its own. What cannot be had is left out; `SALLYPORT_PRIVATE_KEYRING=1` tells the command that it has one.
 * @returns {Promise<number>} the command's exit status
 */
export async function runOnPrivateDesktop(command, { display, environment = {} }) {
  const home = mkdtempSync(join(tmpdir(), 'sallyport-desktop-'));
  const runtime = join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const env = { ...process.env, ...environment };
  let line = command;
  if (canHaveKeyring()) {
    env.SALLYPORT_PRIVATE_KEYRING = '1';
    env.SALLYPORT_KEYRING_HOME = home;
    env.XDG_RUNTIME_DIR = runtime;
    env.XDG_CURRENT_DESKTOP = 'GNOME';
    line = ['dbus-run-session', '--', 'sh', '-c', withKeyring, 'sh', ...line];
  }
  if (display && canHaveVirtualDisplay()) {
    line = ['xvfb-run', '-a', '-s', '-screen 0 1600x1200x24', ...line];
  }
  try {
    const [program, ...args] = line;
    return await run(program, args, { env });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
