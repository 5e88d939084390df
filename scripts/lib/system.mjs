import { existsSync } from 'node:fs';
import { output, run, which } from './run.mjs';
import { say, SetupError } from './say.mjs';

/**
 * What Electron, a display without a screen and a private keychain need of a Debian system. Where later releases
 * renamed a library for 64-bit time, the new name is second.
 */
const debianPackages = [
  ['xvfb'],
  ['xauth'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libdrm2'],
  ['libxss1'],
  ['libxtst6'],
  ['libatspi2.0-0', 'libatspi2.0-0t64'],
  ['libnotify4'],
  ['libsecret-1-0'],
  ['gnome-keyring'],
  ['dbus'],
  ['dbus-x11'],
  ['libsecret-tools'],
  // The interface's own fonts: without any, a bare machine draws no letters at all.
  ['fonts-inter'],
  ['fonts-dejavu-core'],
];

/** Needed to open a window at all; the rest is for tests, the tour and machines without a screen. */
const testPrograms = ['xvfb-run', 'xauth', 'dbus-run-session', 'gnome-keyring-daemon', 'secret-tool'];

/**
 * Checks for what Electron and keytar load, and installs it as root on Debian; elsewhere says the exact command.
 * @param {string} electron the program that must find its libraries
 * @param {{ forTests: boolean }} needs with `forTests`, also the virtual display and the private keychain
 */
export async function ensureSystem(electron, needs) {
  if (process.platform !== 'linux') return;
  let missing = whatIsMissing(electron, needs);
  if (missing.length === 0) return;
  say(`this system lacks ${missing.join(', ')}`);
  const canInstall = which('apt-get') !== undefined && isDebianLike();
  if (canInstall && process.getuid?.() === 0) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (args) => run('apt-get', args, { stdio: ['ignore', 2, 2], env: environment });
    say('installing it with apt-get');
    await apt(['-qq', 'update']);
    await apt(['-qq', '-y', 'install', '--no-install-recommends', ...chosenPackages()]);
    missing = whatIsMissing(electron, needs);
    if (missing.length === 0) return;
  }
  const advice = canInstall
    ? `Install it with:\n  sudo apt-get install -y --no-install-recommends ${chosenPackages().join(' ')}`
    : `Install what your system calls these Debian packages: ${debianPackages.map(([name]) => name).join(' ')}`;
  const needed = missing.filter((name) => !testPrograms.includes(name));
  if (needed.length > 0) throw new SetupError(`still missing: ${missing.join(', ')}. ${advice}`);
  say(advice);
}

function whatIsMissing(electron, { forTests }) {
  const libraries = (output('ldd', [electron]) ?? '').match(/\S+(?= => not found)/g) ?? [];
  // Loaded at run time, so ldd does not tell.
  const secret = sharedLibraryExists('libsecret-1.so.0') ? [] : ['libsecret-1.so.0'];
  const programs = forTests ? testPrograms.filter((name) => which(name) === undefined) : [];
  return [...libraries, ...secret, ...programs];
}

function sharedLibraryExists(name) {
  const table = output('ldconfig', ['-p']) ?? output('/sbin/ldconfig', ['-p']);
  // Without a table (musl, NixOS) nothing can be said; keytar's own words will.
  return table === undefined || table.includes(name);
}

function isDebianLike() {
  return existsSync('/etc/debian_version');
}

function chosenPackages() {
  return debianPackages.map((names) => names.find(isAvailable) ?? names[0]);
}

function isAvailable(name) {
  const policy = output('apt-cache', ['policy', name]) ?? '';
  return /Candidate: (?!\(none\))\S/.test(policy);
}

/** True where a window can be shown. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
