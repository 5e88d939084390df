import { constants } from 'node:fs';
import { lstat, open, readdir, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { parseRoleArn } from '../../core/domain/arn';
import { codeOf } from '../store/store-error';

/** What was revoked, so that copies of its credentials can be told from all others. */
export type RevokedRole = {
  /** as in its connection, path and all */
  readonly roleArn: string;
  /** of sessions that are known to be its own */
  readonly accessKeyIds: readonly string[];
};

/** `access-key`: the entry holds one of the given keys; `role`: one of another session of the role. */
export type RemovedEntry = { readonly file: string; readonly why: 'access-key' | 'role' };

/**
 * - `folder`: the cache could not be looked into at all; `file` is the folder's name;
 * - `unreadable`: nobody knows what it holds; `link`, `too-large`: not looked at;
 * - `not-removed`: it holds the role's credentials, and is still there or there again.
 */
export type LeftEntry = {
  readonly file: string;
  readonly why: 'folder' | 'unreadable' | 'link' | 'too-large' | 'not-removed';
  /** of the system, such as EACCES */
  readonly code?: string;
};

/** Names of files, never what is in them. A file that is in neither list holds nothing of the role. */
export type CliCacheCleaning = { readonly removed: readonly RemovedEntry[]; readonly left: readonly LeftEntry[] };

/** Where the AWS CLI, both versions, keeps temporary credentials: always under the home folder (awscli, customizations/assumerole.py). */
export function cliCacheFolder(home = homedir()): string {
  return join(home, '.aws', 'cli', 'cache');
}

/** Bytes. What STS answers has some 6 kB at most; a larger file is not the CLI's. */
const largestEntry = 262_144;

/**
 * Takes the credentials of a revoked role out of the AWS CLI's own cache, so that its profiles have to ask STS again and
 * are refused. A CLI that is at work while the role can still be assumed may put new ones there afterwards: this is worth
 * doing once AssumeRole is refused.
 *
 * An entry is what AssumeRole answered (botocore, CachedCredentialFetcher), or without `AssumedRoleUser` what Identity
 * Center gave; both have `Credentials.AccessKeyId`. What is no such JSON the CLI does not use either, so it is left alone.
 * SECURITY(S-24): a link is neither followed nor removed: what it points to is not ours to judge.
 *
 * @param folder that of the cache; nothing there is nothing to remove
 */
export async function removeFromCliCache(folder: string, revoked: RevokedRole): Promise<CliCacheCleaning> {
  const { left, matching } = await lookInto(folder, revoked);
  const removed: RemovedEntry[] = [];
  const kept: LeftEntry[] = [...left];
  for (const entry of matching) {
    const outcome = await removeFile(join(folder, entry.file));
    if (outcome === 'gone') removed.push(entry);
    else kept.push({ file: entry.file, ...outcome });
  }
  return { removed, left: kept };
}

type Looked = { readonly matching: readonly RemovedEntry[]; readonly left: readonly LeftEntry[] };

async function lookInto(folder: string, revoked: RevokedRole): Promise<Looked> {
  const matching: RemovedEntry[] = [];
  const left: LeftEntry[] = [];
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const file = entry.name;
      if (!file.endsWith('.json')) continue;
      if (entry.isSymbolicLink()) left.push({ file, why: 'link' });
      if (!entry.isFile()) continue;
      const held = await readEntry(join(folder, file));
      if (held.kind === 'left') left.push({ file, ...held.left });
      else {
        const why = whyRevoked(held.entry, revoked);
        if (why !== undefined) matching.push({ file, why });
      }
    }
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT')
      left.push({ file: basename(folder), why: 'folder', ...(code === undefined ? {} : { code }) });
  }
  return { matching, left };
}

type Entry = { readonly accessKeyId: string; readonly assumedRoleArn: string };
type Held =
  | { readonly kind: 'entry'; readonly entry: Entry | undefined }
  | { readonly kind: 'left'; readonly left: Omit<LeftEntry, 'file'> };

/** Two names out of the file, and of the rest nothing is kept. */
async function readEntry(path: string): Promise<Held> {
  try {
    // A link, or a pipe that nobody writes to, may have taken the file's place since it was listed. Windows knows neither
    // flag: there both are undefined, which counts as none.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return { kind: 'entry', entry: undefined };
      if (stats.size > largestEntry) return { kind: 'left', left: { why: 'too-large' } };
      return { kind: 'entry', entry: parseEntry(await file.readFile('utf8')) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = codeOf(error);
    // gone meanwhile, such as when the CLI replaced it: the next look finds what is there then
    if (code === 'ENOENT') return { kind: 'entry', entry: undefined };
    if (code === 'ELOOP') return { kind: 'left', left: { why: 'link' } };
    return { kind: 'left', left: { why: 'unreadable', ...(code === undefined ? {} : { code }) } };
  }
}

function parseEntry(text: string): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return {
    accessKeyId: textAt(value, 'Credentials', 'AccessKeyId'),
    assumedRoleArn: textAt(value, 'AssumedRoleUser', 'Arn'),
  };
}

function textAt(value: unknown, outer: string, inner: string): string {
  const text = fieldOf(fieldOf(value, outer), inner);
  return typeof text === 'string' ? text : '';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function whyRevoked(entry: Entry | undefined, { accessKeyIds, roleArn }: RevokedRole): RemovedEntry['why'] | undefined {
  if (entry === undefined) return undefined;
  if (accessKeyIds.includes(entry.accessKeyId) && entry.accessKeyId !== '') return 'access-key';
  const role = parseRoleArn(roleArn);
  if (role === undefined) return undefined;
  // A session's ARN has the role's name without its path, and no two roles of an account differ by case alone.
  const prefix = `arn:${role.partition}:sts::${role.accountId}:assumed-role/${role.roleName}/`;
  return entry.assumedRoleArn.toLowerCase().startsWith(prefix.toLowerCase()) ? 'role' : undefined;
}

/** Reads back: `gone` was seen. */
async function removeFile(path: string): Promise<'gone' | Omit<LeftEntry, 'file'>> {
  try {
    await unlink(path);
    await lstat(path);
    return { why: 'not-removed' };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return 'gone';
    return { why: 'not-removed', ...(code === undefined ? {} : { code }) };
  }
}
