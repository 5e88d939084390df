import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandoffProfile } from '../../core/domain/handoff-profile';
import type { Workspace } from '../../core/domain/limits';
import type { Session } from '../../core/domain/session';

/** What a credential process needs to know of a profile and of its session. */
export type ProfileOnDisk = Pick<HandoffProfile, 'id' | 'name' | 'sessionId'>;
export type SessionOnDisk = Pick<
  Session,
  'id' | 'connectionId' | 'accountId' | 'expiresAt' | 'credentials' | 'renewal' | 'request' | 'end' | 'trouble'
>;

export type Found = {
  readonly workspace: Workspace;
  readonly profile: ProfileOnDisk;
  readonly session: SessionOnDisk | undefined;
};

/**
 * Looks a profile up in the files of both workspaces. These are our own files, written whole and checked when they were
 * written, so only what is used is looked at: checking thousands of records against their schemas for one of them would
 * cost more than everything else a credential process does.
 */
export function findProfile(userData: string, profileId: string): Found | undefined {
  for (const workspace of ['aws', 'practice'] as const) {
    const profile = records(join(userData, workspace, 'handoff.json'), 'profiles').find(({ id }) => id === profileId);
    if (!isProfile(profile)) continue;
    return { workspace, profile, session: findSession(userData, workspace, profile.sessionId) };
  }
  return undefined;
}

/** Undefined too for a record that an older version wrote: its app knew no hand-off. */
export function findSession(userData: string, workspace: Workspace, sessionId: string): SessionOnDisk | undefined {
  const session = records(join(userData, workspace, 'sessions.json'), 'sessions').find(({ id }) => id === sessionId);
  return isSession(session) ? session : undefined;
}

type Loose = Readonly<Record<string, unknown>>;

function records(path: string, list: string): readonly Loose[] {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // none yet, or one that the app itself will set aside and say so
    return [];
  }
  const data = isLoose(found) ? found['data'] : undefined;
  const all = isLoose(data) ? data[list] : undefined;
  return Array.isArray(all) ? all.filter(isLoose) : [];
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null;
}

function isProfile(value: Loose | undefined): value is ProfileOnDisk {
  return value !== undefined && typeof value['name'] === 'string' && typeof value['sessionId'] === 'string';
}

function isSession(value: Loose | undefined): value is SessionOnDisk {
  return (
    value !== undefined &&
    typeof value['connectionId'] === 'string' &&
    typeof value['accountId'] === 'string' &&
    typeof value['expiresAt'] === 'number' &&
    typeof value['credentials'] === 'string' &&
    typeof value['renewal'] === 'string' &&
    isLoose(value['request'])
  );
}
