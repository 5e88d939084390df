import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFile } from '../../core/contract/settings';

/** What each of our files is for, by the beginning of its name. A folder ends with a slash. */
const workspaceFiles: Readonly<Record<string, string>> = {
  sources: 'Whom the app calls AWS as. Keys are in the keychain.',
  drafts: 'Wizards that were left before their end.',
  connections: 'The connections: roles, external IDs, receipts.',
  'connection-notes': 'Notes and owners, as you typed them.',
  agreements: 'What was agreed of each role.',
  'drift-looks': 'What AWS had when it was looked at last.',
  'put-backs': 'What was put back as it was agreed.',
  sessions: 'Sessions and favourites, without credentials.',
  handoff: 'Profiles that this app wrote into your AWS files.',
  renewals: 'What was renewed while the app was closed.',
  receipts: 'What the app made in accounts, to be undone.',
  revocations: 'Revocations with their proof.',
  'revocation-batches': 'Many taken back together.',
  'sub-accounts': 'Accounts that were asked for.',
  departures: 'Accounts that leave the organization.',
  'account-lists': 'Lists of accounts to be made.',
  'guard-rails': 'Service control policies that the app attached.',
  'identity-acts': 'What was done to users and keys.',
  reviews: 'Reviews: who decided what, and when.',
  'key-sights': 'How old keys are, by AWS’s word.',
  'review-policy': 'When something is due for review.',
  health: 'How often everything is tested.',
  audit: 'The activity log, a line for each act.',
  'tests/': 'How each test ended.',
  'locks/': 'Which process renews a session just now.',
  sandbox: 'The practice sandbox itself.',
};

const folders: Readonly<Record<string, string>> = { aws: 'AWS workspace', practice: 'Practice workspace' };

/** What the system says against writing into a folder, which is made when it is missing; undefined where nothing. */
export function whyReadOnly(path: string): unknown {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return error;
  }
}

export type DataFolder = {
  readonly path: string;
  readonly files: readonly DataFile[];
  /** bytes of what the window itself keeps there: caches, and what Chromium needs */
  readonly rest: number;
};

/** What this app keeps on the disk. Sizes only: no file is read. Throws nothing; what cannot be looked at counts nothing. */
export function lookAtData(path: string): DataFolder {
  const files: DataFile[] = [];
  const add = (name: string, what: string, bytes: number) => {
    const at = files.findIndex((file) => file.path === name);
    const known = files[at];
    if (known === undefined) files.push({ path: name, what, bytes });
    else files[at] = { ...known, bytes: known.bytes + bytes };
  };
  let rest = 0;
  for (const entry of entriesOf(path)) {
    const whole = join(path, entry.name);
    if (entry.isDirectory() && folders[entry.name] !== undefined) {
      for (const inner of entriesOf(whole)) {
        const base = inner.isDirectory() ? `${inner.name}/` : baseOf(inner.name);
        const what = workspaceFiles[base] ?? 'Set aside, or of another version of the app.';
        add(`${entry.name}/${base}`, what, bytesOf(join(whole, inner.name)));
      }
    } else if (entry.name === 'logs')
      add('logs/', 'What went wrong, for support. Secrets are taken out.', bytesOf(whole));
    else if (baseOf(entry.name) === 'settings' && entry.isFile()) {
      add('settings', 'Theme, network and what else you chose here.', bytesOf(whole));
    } else rest += bytesOf(whole);
  }
  return { path, files: files.sort((a, b) => a.path.localeCompare(b.path)).slice(0, mostShown), rest };
}

const mostShown = 200;

/** `connections` for its document, its changes, its backups and what was set aside of it. */
function baseOf(name: string): string {
  return name.replace(/\..*$/s, '').slice(0, 100);
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

function bytesOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  return entriesOf(path).reduce(
    (sum, entry) => sum + (entry.isSymbolicLink() ? 0 : bytesOf(join(path, entry.name))),
    0,
  );
}
