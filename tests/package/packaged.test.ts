import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from '../../core/zod';
import { shippedPackages } from '../../scripts/lib/third-parties.mjs';
import {
  archive,
  cannotStart,
  freePort,
  isOpen,
  program,
  root,
  startPackaged,
  unpacked,
  type Started,
} from './packaged';

const running: Started[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const started = await startPackaged(args, environment);
  running.push(started);
  return started;
}

/** Until the window has drawn more than a ground. */
async function drawn(started: Started): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (started.colors() < 20) {
    const status = await started.ended(200);
    if (status !== undefined) throw new Error(`It ended with ${String(status)}: ${started.said()}`);
    if (performance.now() > deadline) throw new Error(`No window was drawn: ${started.said()}`);
  }
}

/** How a fuse stands in the program: one character (Electron's documentation, "Electron Fuses"). */
const on = '1';
const removed = 'r';

describe('what is packed', () => {
  const files = listPackage(archive, { isPack: false }).map((path) => path.slice(1));
  const packed = files.flatMap((path) => {
    const stat = statFile(archive, path, false);
    return 'size' in stat ? [{ path, size: stat.size, isOutside: stat.unpacked }] : [];
  });

  test('bundles, keytar for this platform, and nothing that nobody runs', () => {
    const beside = packed.filter(({ path }) => path.startsWith('node_modules/')).map(({ path }) => path);
    expect(beside.sort()).toEqual(
      ['LICENSE.md', 'lib/keytar.js', 'package.json', `prebuilds/linux-${process.arch}/keytar.node`].map(
        (path) => `node_modules/keytar/${path}`,
      ),
    );
    expect(
      packed
        .filter(({ isOutside }) => isOutside)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(beside.sort());
    expect(packed.filter(({ path }) => /\.map$|(^|\/)tests?\/|\.tsx?$/.test(path))).toEqual([]);
    expect(existsSync(join(unpacked, 'resources', 'app'))).toBe(false);
  });

  test('is at most 8 MB, of which the first screen takes at most 170 kB gzipped', () => {
    const bytes = statSync(archive).size;
    const html = extractFile(archive, 'dist/renderer/index.html').toString('utf8');
    const first = [
      'index.html',
      ...[...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(([, path = '']) => path),
    ];
    const gzipped = first.reduce(
      (sum, path) => sum + gzipSync(extractFile(archive, join('dist/renderer', path))).length,
      0,
    );
    process.stdout.write(
      `app.asar ${(bytes / 1e6).toFixed(2)} MB; first screen ${String(first.length)} files, ${(gzipped / 1000).toFixed(0)} kB gzipped\n`,
    );
    expect(first.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(gzipped).toBeLessThanOrEqual(170 * 1024);
  });

  test('reads at most 80 kB before its window is made', () => {
    const read = new Map<string, number>();
    const follow = (path: string): void => {
      if (read.has(path)) return;
      const text = extractFile(archive, path).toString('utf8');
      read.set(path, text.length);
      for (const [, other = ''] of text.matchAll(/^import\s[^;]*?from\s*"(\.[^"]+)"/gm)) {
        follow(join(dirname(path), other));
      }
    };
    follow('dist/main/index.js');
    // by name: the entry asks for it once it knows that it is not to answer a tool
    const [app = ''] = listPackage(archive, { isPack: false }).filter((path) =>
      /[\\/]chunks[\\/]app-[^.]+\.js$/.test(path),
    );
    follow(app.slice(1));
    const bytes = [...read.values()].reduce((sum, one) => sum + one, 0);
    process.stdout.write(`before the window: ${String(read.size)} scripts, ${(bytes / 1000).toFixed(0)} kB\n`);
    expect(read.size).toBeGreaterThan(3);
    expect(bytes).toBeLessThanOrEqual(80_000);
  });

  test('S-16: every fuse of this Electron is stated, and is as stated', async () => {
    const [, block = ''] = /^electronFuses:\n((?: {2}\w+: (?:true|false)\n)+)/m.exec(
      readFileSync(join(root, 'electron-builder.yml'), 'utf8'),
    ) ?? [''];
    const stated = Object.fromEntries(
      [...block.matchAll(/(\w+): (true|false)/g)].map(([, name = '', value]) => [name, value === 'true']),
    );
    const wire = await getCurrentFuseWire(program);
    const read = Object.fromEntries(
      Object.entries(FuseV1Options).flatMap(([name, index]) =>
        typeof index === 'number' && wire[index] !== undefined && String.fromCharCode(wire[index]) !== removed
          ? [[nameInConfig(name), String.fromCharCode(wire[index]) === on]]
          : [],
      ),
    );
    expect(read).toEqual(stated);
    expect(read).toMatchObject({
      ...{ runAsNode: false, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false },
      ...{ grantFileProtocolExtraPrivileges: false, onlyLoadAppFromAsar: true },
      ...{ enableEmbeddedAsarIntegrityValidation: true, enableCookieEncryption: true },
    });
  });

  test('hands on the licences of everything by others that is in it, and says what that is', () => {
    const notices = readFileSync(join(unpacked, 'resources', 'third-parties.txt'), 'utf8');
    for (const { license, name, version } of shippedPackages()) {
      expect(notices).toContain(`${name} ${version} (${license})`);
    }
    expect(notices).toContain('Permission is hereby granted, free of charge');
    const bill = z
      .looseObject({
        bomFormat: z.literal('CycloneDX'),
        components: z.array(z.looseObject({ name: z.string() })).min(50),
      })
      .parse(JSON.parse(readFileSync(join(root, 'release', 'sbom.cdx.json'), 'utf8')));
    expect(bill.components.map(({ name }) => name)).toEqual(shippedPackages().map(({ name }) => name));
    expect(bill.components.map(({ name }) => name)).toContain('@github/keytar');
  });

  test('says that it is for tests where it was made of the fallback runtime', () => {
    const version = readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8');
    const supported = z.looseObject({ version: z.string() }).parse(JSON.parse(version)).version;
    const isSupported = readFileSync(program).includes(`Electron/${supported}`);
    expect(existsSync(join(unpacked, 'NOT-FOR-RELEASE.txt'))).toBe(!isSupported);
  });
});

/** electron-builder calls a fuse as Electron does, with a small first letter. */
function nameInConfig(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

describe.skipIf(cannotStart !== undefined)(
  `the packaged program${cannotStart === undefined ? '' : ` (${cannotStart})`}`,
  () => {
    test('opens its window, keeps its things in its own folder, and ends when it is asked to', async () => {
      const started = await start();
      await drawn(started);
      // main reads what keeps them once the window stands
      const folder = join(started.home, '.config', 'Sallyport');
      await expect.poll(() => readdirSync(folder), { timeout: 10_000 }).toContain('practice');
      expect(started.said()).not.toMatch(/TypeError|ReferenceError|Cannot find|ENOENT|Uncaught/);
    });

    test('answers a tool by the keychain, without a window', async () => {
      const started = await start(['--credential-process=nobody', '--ozone-platform=headless']);
      // it knows no such profile (docs/hand-off.md)
      expect(await started.ended(10_000)).toBe(10);
      expect(started.colors()).toBeLessThanOrEqual(1);
      expect(started.said()).toMatch(/profile/i);
      expect(started.said()).not.toMatch(/AccessKeyId|Cannot find module/);
    });

    test('S-16: is no Node, loads nothing but its archive, and takes no options from the environment', async () => {
      const planted = join(unpacked, 'resources', 'app');
      mkdirSync(planted, { recursive: true });
      writeFileSync(join(planted, 'package.json'), JSON.stringify({ name: 'planted', main: 'index.js' }));
      writeFileSync(join(planted, 'index.js'), "process.stdout.write('planted code ran\\n'); process.exit(42);");
      try {
        const started = await start(['-e', 'process.exit(43)'], {
          ELECTRON_RUN_AS_NODE: '1',
          NODE_OPTIONS: '--eval=process.exit(44)',
        });
        await drawn(started);
        expect(started.said()).not.toContain('planted code ran');
      } finally {
        rmSync(planted, { recursive: true, force: true });
      }
    });

    test('S-18: does not start with remote debugging, and opens no inspector', async () => {
      const [debugging, inspecting] = [await freePort(), await freePort()];
      const refused = await start([`--remote-debugging-port=${String(debugging)}`]);
      expect(await refused.ended(10_000)).toBe(1);
      expect(refused.said()).toContain('Sallyport does not start with remote debugging.');
      expect(await isOpen(debugging)).toBe(false);
      const inspected = await start([`--inspect=${String(inspecting)}`]);
      await drawn(inspected);
      expect(await isOpen(inspecting)).toBe(false);
    });
  },
);
