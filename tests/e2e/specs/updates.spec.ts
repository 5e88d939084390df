import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { announcementSchema } from '../../../core/domain/update';
import { announce } from '../../../scripts/lib/publish.mjs';
import { selfSigned } from '../../support/self-signed';
import { enterPractice } from '../screens/places';
import { expect, expectAccessible, inBothThemes, takePictures, test } from '../support/fixture';

const file = 'Sallyport-9.2.0.AppImage';
const installer = Buffer.alloc(3_000_000, 'sallyport');
const notes = 'Sessions can be named.\nA fault in the import of profiles is mended.';
const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString();

declare global {
  /** For this test: what the file manager was asked to show. */
  var sallyportShown: string[] | undefined;
}

/** A publisher in `folder`: its feed by https, with a key made for this test. */
async function publish(folder: string) {
  const keys = generateKeyPairSync('ed25519');
  const tls = await selfSigned();
  const caFile = join(folder, 'publisher-ca.pem');
  writeFileSync(caFile, tls.cert);
  const asked: string[] = [];
  let announcement = '';
  let hold = false;
  let goOn: () => void = () => undefined;
  const server = createServer(tls, (request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/updates/sallyport-update.json') response.end(announcement);
    else if (request.url !== `/updates/${file}`) response.writeHead(404).end();
    else if (!hold) response.end(installer);
    else {
      const middle = 1_200_000;
      response.write(installer.subarray(0, middle));
      // a byte now and then, so that the app tells how far it is
      let sent = middle;
      const drip = setInterval(() => response.write(installer.subarray(sent, ++sent)), 300);
      response.once('close', () => {
        clearInterval(drip);
      });
      goOn = () => {
        clearInterval(drip);
        response.end(installer.subarray(sent));
      };
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const bound = server.address();
  const port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
  return {
    ...{ asked, host: `127.0.0.1:${String(port)}` },
    environment: {
      AWS_CA_BUNDLE: caFile,
      SALLYPORT_TEST_UPDATES: JSON.stringify({
        address: `https://127.0.0.1:${String(port)}/updates/`,
        key: keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      }),
    },
    announces: (version: string, privateKey = keys.privateKey) => {
      const path = join(folder, file);
      writeFileSync(path, installer);
      announcement = announce({
        ...{ version, notes, privateKey: pem(privateKey), schema: announcementSchema },
        files: [{ platform: 'linux', arch: process.arch === 'arm64' ? 'arm64' : 'x64', path }],
      });
      rmSync(path);
    },
    holds: (wanted: boolean) => {
      hold = wanted;
    },
    goOn: () => {
      goOn();
    },
    up: () => listen(port),
    /** From now on with a certificate that nobody was told to trust. */
    masks: async () => {
      server.setSecureContext(await selfSigned());
      server.closeAllConnections();
    },
    down: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function look(page: Page, name: string): Promise<void> {
  await takePictures(page, `updates-${name}`);
  await inBothThemes(page, () => expectAccessible(page));
}

const filesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

test('a newer version is looked for, named, loaded, proved and shown; what goes wrong is said in words', async ({
  home,
  launch,
}) => {
  // whoever runs this has a home too, and finds nothing of it there
  const theirs = () =>
    [homedir(), join(homedir(), 'Downloads')].flatMap(filesIn).filter((name) => name.startsWith('Sally'));
  const before = theirs();
  const downloads = join(home, 'Downloads');
  // as a desktop says it: without, the folder of downloads is the home itself
  mkdirSync(join(home, '.config'));
  writeFileSync(join(home, '.config', 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\n');
  const publisher = await publish(home);
  const { app, page } = await launch({ environment: publisher.environment });
  await app.evaluate(({ shell }) => {
    globalThis.sallyportShown = [];
    shell.showItemInFolder = (path) => globalThis.sallyportShown?.push(path);
  });
  await enterPractice(page);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('updates once');
  await page.keyboard.press('Enter');
  const part = page.getByRole('group', { name: 'Updates' });
  const check = part.getByRole('button', { name: 'Look for updates now' });
  const load = part.getByRole('button', { name: 'Load it' });
  const alert = part.getByRole('alert');

  // off at first, and nobody was asked
  await expect(part.getByText(/^This is version \d+\.\d+\.\d+\.$/)).toBeVisible();
  await expect(part.getByText(`Looked for at ${publisher.host}.`)).toBeVisible();
  const daily = part.getByRole('checkbox', { name: /^Look for updates once a day/ });
  await expect(daily).not.toBeChecked();
  await look(page, 'off');
  expect(publisher.asked).toEqual([]);

  // switched on, it looks at once: there is nothing newer
  publisher.announces('0.0.1');
  await expect(daily).toBeFocused();
  await page.keyboard.press('Space');
  await expect(daily).toBeChecked();
  await expect(part.getByText(/There was none newer at \d\d:\d\d:\d\d\./)).toBeVisible();
  expect(publisher.asked).toHaveLength(1);
  await check.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => publisher.asked.length).toBe(2);
  await expect(check).toBeFocused();
  await look(page, 'current');

  // another's key
  publisher.announces('9.2.0', generateKeyPairSync('ed25519').privateKey);
  await page.keyboard.press('Enter');
  await expect(alert).toContainText('not signed by the publisher');
  await expect(alert).toContainText('load nothing from there meanwhile');
  await expect(load).toHaveCount(0);
  await look(page, 'not-signed');

  // nobody there, and there again
  await publisher.down();
  await check.press('Enter');
  await expect(alert).toContainText('Nothing answers at the place of updates.');
  await expect(alert).not.toContainText('AWS');
  await look(page, 'unreachable');
  await publisher.up();
  publisher.announces('9.2.0');
  await alert.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(part.getByText(/Version 9\.2\.0 is there \(3\.0 MB\)\./)).toBeVisible();
  await expect(alert).toHaveCount(0);
  await expect(part.getByText('Sessions can be named.')).toBeVisible();
  await look(page, 'newer');

  // loading, stopped, and loaded to the end, from one place of the keyboard
  publisher.holds(true);
  await load.press('Enter');
  const stop = part.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeFocused();
  await expect(part.getByText(/Loading version 9\.2\.0: 1\.2 MB of 3\.0 MB\./)).toBeVisible();
  await expect(part.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
  await look(page, 'loading');
  await page.keyboard.press('Enter');
  await expect(load).toBeFocused();
  await expect(alert).toHaveCount(0);
  expect(filesIn(downloads)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(part.getByText(/1\.2 MB of 3\.0 MB/)).toBeVisible();
  // an act that fails is told beside its button, until something else came
  await app.evaluate(({ ipcMain }) => {
    const channel = 'sallyport:updates.stop';
    ipcMain.removeHandler(channel);
    const words = { message: 'Something went wrong in this app.', whatDidNotChange: '', whatToDo: 'Try again.' };
    const error = { kind: 'unexpected', retryable: false, remedies: [], ...words };
    ipcMain.handle(channel, () => ({ ok: false, error }));
  });
  await stop.press('Enter');
  await expect(alert).toContainText('It could not be stopped');
  await look(page, 'not-stopped');
  publisher.goOn();
  const show = part.getByRole('button', { name: 'Show the installer' });
  await expect(show).toBeFocused();
  await expect(alert).toHaveCount(0);
  const path = join(downloads, file);
  await expect(part.getByText(`Version 9.2.0 is in ${path}, signed by the publisher.`)).toBeVisible();
  await look(page, 'ready');
  await page.keyboard.press('Enter');
  await expect.poll(() => app.evaluate(() => globalThis.sallyportShown)).toEqual([path]);
  const proof = (bytes: Buffer) => createHash('sha512').update(bytes).digest('hex');
  expect(proof(readFileSync(path))).toBe(proof(installer));

  // the same one is not loaded twice; one that was moved away can be loaded again
  await check.press('Enter');
  await expect(show).toBeVisible();
  rmSync(path);
  await show.press('Enter');
  await expect(alert).toContainText('The installer is no longer where it was put.');
  await look(page, 'gone');
  publisher.holds(false);
  await load.press('Enter');
  await expect(show).toBeVisible();
  await expect(alert).toHaveCount(0);
  expect(filesIn(downloads)).toEqual([file]);
  expect(theirs()).toEqual(before);

  // one look a day, whatever becomes of the settings meanwhile; the card follows them
  const looks = publisher.asked.length;
  await page.getByRole('button', { name: 'Forget the settings' }).press('Enter');
  await expect(daily).not.toBeChecked();
  await page.getByRole('button', { name: 'Bring them back' }).click();
  await expect(daily).toBeChecked();
  expect(publisher.asked).toHaveLength(looks);

  // a certificate that is not trusted: the button leads to where that is chosen
  await publisher.masks();
  await check.press('Enter');
  await expect(alert).toContainText('The connection to the place of updates is not secure');
  await look(page, 'not-secure');
  await alert.getByRole('button', { name: 'Change the network' }).press('Enter');
  await expect(page.getByRole('group', { name: 'Network' }).locator(':focus')).toHaveCount(1);

  // forgotten with everything: what was found, and that it was to be looked for
  const asked = publisher.asked.length;
  await page.getByRole('button', { name: 'Forget everything…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Forget everything on this computer' });
  await question.getByRole('textbox', { name: 'Type “forget everything”' }).fill('forget everything');
  await question.getByRole('button', { name: 'Forget everything', exact: true }).click();
  await enterPractice(page);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('updates once');
  await page.keyboard.press('Enter');
  await expect(part.getByText(/^This is version \d+\.\d+\.\d+\.$/)).toBeVisible();
  await expect(daily).not.toBeChecked();
  await expect(show).toHaveCount(0);
  await expect(alert).toHaveCount(0);
  expect(publisher.asked).toHaveLength(asked);
  expect(filesIn(downloads)).toEqual([file]);
  await publisher.down();
});
