import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Set by scripts/lib/desktop.mjs for commands that run inside a keyring of their own. Never a person's keyring. */
export const hasPrivateKeyring = process.env['SALLYPORT_PRIVATE_KEYRING'] === '1';

export const noKeyringReason = 'no private keyring: dbus and gnome-keyring are not installed, or not run by npm test';

/** A name under which only this test keeps things, so that tests may share a keyring. */
export function ownService(): string {
  return `Sallyport test ${randomUUID()}`;
}

const secretService = '/org/freedesktop/secrets';

/** Locks the private keyring's only collection, as a desktop does when the person leaves. */
export function lockPrivateKeyring(): void {
  execFileSync('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    secretService,
    'org.freedesktop.Secret.Service.Lock',
    `array:objpath:${secretService}/collection/login`,
  ]);
}

/** What `gkd-control-codes.h` calls UNLOCK. */
const unlockCode = 1;

/** Unlocks the keyring that `runInOwnKeyring` made, as a login does: over the daemon's control socket. */
export function unlockPrivateKeyring(password = 'test'): Promise<void> {
  const text = Buffer.from(password, 'utf8');
  const message = Buffer.alloc(13 + text.length);
  message.writeUInt32BE(12 + text.length, 1);
  message.writeUInt32BE(unlockCode, 5);
  message.writeUInt32BE(text.length, 9);
  text.copy(message, 13);
  return new Promise((resolve, reject) => {
    const socket = connect(join(process.env['XDG_RUNTIME_DIR'] ?? '', 'keyring', 'control'));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      if (answer.readUInt32BE(4) === 0) resolve();
      else reject(new Error(`The keyring was not unlocked: ${String(answer.readUInt32BE(4))}`));
    });
    socket.write(message);
  });
}

/** Runs `command` in a D-Bus and keyring of its own, apart from the one this process may have. */
export function runInOwnKeyring(command: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  const home = mkdtempSync(join(tmpdir(), 'sallyport-keyring-'));
  const unlock = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';
  try {
    return execFileSync('dbus-run-session', ['--', 'sh', '-c', unlock, 'sh', ...command], {
      encoding: 'utf8',
      env: { ...withoutDesktop(), HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The environment of a machine without a desktop: no display, no session bus, no keyring. */
export function withoutDesktop(): NodeJS.ProcessEnv {
  const left = { ...process.env };
  for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'WAYLAND_DISPLAY', 'SALLYPORT_PRIVATE_KEYRING']) {
    Reflect.deleteProperty(left, name);
  }
  return left;
}
