/**
 * `node scripts/icons.mjs`: draws every icon anew from the SVG files in `assets`, with the Chromium of the app’s own
 * runtime and without the network. What it makes is kept in git: nobody needs it to build.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { runOnPrivateDesktop } from './lib/desktop.mjs';
import { icns, ico, png } from './lib/icon-files.mjs';
import { projectCache, root } from './lib/paths.mjs';
import { runMain, SetupError } from './lib/say.mjs';

const assets = join(root, 'assets');
const read = (name) => readFileSync(join(assets, name), 'utf8');
/** Below this many pixels the door is drawn on whole pixels, with broader lines. */
const smallTo = 32;
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];

await runMain(async () => {
  const names = ['app-icon.svg', 'app-icon-small.svg', 'request.svg', 'tray.svg', 'mark.svg'];
  const [large, small, sheet, tray, mark] = names.map(read);
  // macOS takes the shape alone, and draws it in the colour of its menu bar
  const template = mark.replaceAll(/currentColor|#0e6a6f/g, '#000');
  const appSizes = [...linuxSizes, 1024];
  const wanted = {
    ...Object.fromEntries(appSizes.map((size) => [`app ${size}`, [size <= smallTo ? small : large, size]])),
    ...Object.fromEntries([16, 32, 64, 128, 256, 512].map((size) => [`sheet ${size}`, [sheet, size]])),
    ...{ 'tray.png': [tray, 22], 'tray@2x.png': [tray, 44] },
    ...{ 'trayTemplate.png': [template, 18], 'trayTemplate@2x.png': [template, 36] },
  };
  const drawn = await draw(wanted);
  const of = (kind, sizes) => sizes.map((size) => ({ size, png: drawn[`${kind} ${size}`] }));
  const files = {
    ...Object.fromEntries(linuxSizes.map((size) => [`icons/${size}x${size}.png`, drawn[`app ${size}`]])),
    'icon.png': drawn['app 1024'],
    'icon.ico': ico(of('app', [16, 24, 32, 48, 64, 256])),
    'icon.icns': icns(of('app', [16, 32, 64, 128, 256, 512, 1024])),
    'request.icns': icns(of('sheet', [16, 32, 64, 128, 256, 512])),
    ...Object.fromEntries(Object.entries(drawn).filter(([name]) => name.endsWith('.png'))),
  };
  mkdirSync(join(assets, 'icons'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(assets, name), bytes);
    process.stdout.write(`${name}: ${bytes.length} bytes\n`);
  }
  return 0;
});

/** Each SVG as a PNG of so many pixels, by its name. */
async function draw(wanted) {
  const { electron } = await bootstrap({ build: [] });
  const [input, output] = ['icons-in.json', 'icons-out.json'].map((name) => join(projectCache, name));
  writeFileSync(input, JSON.stringify(wanted));
  const program = join(root, 'scripts', 'lib', 'draw-icons');
  // Chromium refuses to run as root inside its own sandbox
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const status = await runOnPrivateDesktop([electron.program, ...switches, program, input, output], { display: true });
  if (status !== 0) throw new SetupError(`the icons were not drawn: status ${status}`);
  const drawn = JSON.parse(readFileSync(output, 'utf8'));
  return Object.fromEntries(
    Object.entries(drawn).map(([name, base64]) => [name, png(wanted[name][1], Buffer.from(base64, 'base64'))]),
  );
}
