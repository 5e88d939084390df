import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Topic } from '../../core/contract/contract';
import type { UpdatesView } from '../../core/contract/updates';
import { announcementSchema } from '../../core/domain/update';
import { networkAsFound } from '../../core/domain/network';
import type { Handlers } from '../../main/ipc/register';
import { settingsSchema, type Settings } from '../../main/settings';
import { Network } from '../../main/aws/network';
import type { Clock } from '../../main/platform/clock';
import { SystemClock } from '../../main/platform/system-clock';
import { MemoryDocument } from '../../main/store/memory-document';
import { Updates } from '../../main/updates/updates';
import type { StoredDocument } from '../../main/workspace-context';
import { announce } from '../../scripts/lib/publish.mjs';
import { must } from './must';
import { selfSigned } from './self-signed';

const pair = generateKeyPairSync('ed25519');
/** A publisher of this process's own. */
export const publisher = {
  key: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  privateKey: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
};
export const installer = Buffer.alloc(300_000, 'sallyport');
/** The installer's, for Linux on x64. */
export const installerName = 'Sallyport-0.2.0.AppImage';
/** Path of the announcement at the feed. */
export const announcementPath = '/updates/sallyport-update.json';

export function settingsWith(automatic: boolean): StoredDocument<Settings> {
  return new MemoryDocument<Settings>({
    ...{ name: 'settings', schema: settingsSchema, version: 1, migrations: [] },
    empty: { theme: 'system', updates: { automatic } },
  });
}

type Change = {
  readonly place?: undefined;
  readonly trusts?: boolean;
  readonly automatic?: boolean;
  readonly settings?: StoredDocument<Settings>;
  readonly clock?: Clock;
};

type Asker = {
  readonly updates: Updates;
  readonly handlers: Handlers['updates'];
  readonly view: () => Promise<UpdatesView>;
  /** titles of notifications */
  readonly told: readonly string[];
  /** what the file manager was to show */
  readonly shown: readonly string[];
  /** what the window was told to ask anew */
  readonly topics: readonly Topic[];
  readonly placesRead: () => number;
};

export type UpdateFeed = {
  /** this test's own; downloads are in `downloads` of it */
  readonly folder: string;
  /** by path: what is answered; others are not found */
  readonly served: Map<string, Buffer | string | ((response: ServerResponse) => void)>;
  /** paths, in order */
  readonly asked: string[];
  /** paths whose answer is open */
  readonly answering: ReadonlySet<string>;
  /** The announcement of `installer`. */
  readonly announced: (version: string, signer?: string) => string;
  /** Updates of version 0.1.0 that ask here. */
  readonly made: (change?: Change) => Asker;
  readonly loadedFiles: () => readonly string[];
  readonly down: () => Promise<void>;
};

/** A publisher's place by https, on this computer. */
export async function updateFeed(): Promise<UpdateFeed> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-updates-'));
  const served: UpdateFeed['served'] = new Map();
  const answering = new Set<string>();
  const asked: string[] = [];
  const tls = await selfSigned();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, tls.cert);
  const server = createServer(tls, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    answering.add(path);
    response.once('close', () => answering.delete(path));
    const answer = served.get(path);
    if (typeof answer === 'function') answer(response);
    else if (answer === undefined) response.writeHead(404).end();
    else response.end(answer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const address = `https://127.0.0.1:${String(typeof bound === 'object' ? bound?.port : 0)}/updates/`;
  const { key } = publisher;

  const announced = (version: string, signer = publisher.privateKey): string => {
    const path = join(folder, installerName);
    writeFileSync(path, installer);
    const text = announce({
      ...{ version, notes: 'What is new.', privateKey: signer, schema: announcementSchema },
      files: [{ platform: 'linux', arch: 'x64', path }],
    });
    rmSync(path);
    return text;
  };

  const made = (change: Change = {}): Asker => {
    const settings = change.settings ?? settingsWith(change.automatic ?? false);
    const told: string[] = [];
    const shown: string[] = [];
    const topics: Topic[] = [];
    let placesRead = 0;
    const clock = change.clock ?? new SystemClock();
    const trust = change.trusts === false ? {} : { caFile };
    const updates = new Updates({
      clock,
      settings,
      network: new Network({ clock, variables: {}, settings: () => ({ ...networkAsFound, proxy: 'none', ...trust }) }),
      publisher: { revision: 0, changed: (...changed) => topics.push(...changed), send: () => undefined },
      ...{ version: '0.1.0', platform: 'linux', arch: 'x64', folder: () => join(folder, 'downloads') },
      place: () => {
        placesRead += 1;
        return 'place' in change ? undefined : { address, key };
      },
      showFile: (path) => shown.push(path),
      notify: ({ title }) => told.push(title),
    });
    const handlers = updates.handlers();
    const view = async (): Promise<UpdatesView> => must(await handlers.get({}));
    return { updates, handlers, view, told, shown, topics, placesRead: () => placesRead };
  };

  const down = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  const downloads = join(folder, 'downloads');
  const loadedFiles = () => (existsSync(downloads) ? readdirSync(downloads) : []);
  return { folder, served, asked, answering, announced, made, loadedFiles, down };
}
