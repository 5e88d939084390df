import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectCache } from './paths.mjs';
import { say, SetupError } from './say.mjs';

const longestWait = 15 * 60_000;

/**
 * Runs `work` while no other process of this clone is in the same named section: `npm start` and `npm test` in two
 * terminals must not install or build into one folder at once. A lock whose owner is gone is taken over.
 */
export async function withLock(name, work) {
  mkdirSync(projectCache, { recursive: true });
  const folder = join(projectCache, `${name}.lock`);
  const started = Date.now();
  for (let told = false; !tryLock(folder);) {
    if (ownerIsGone(folder)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) say(`waiting for another Sallyport command in this folder (${name})`);
    told = true;
    if (Date.now() - started > longestWait) throw new SetupError(`another command still holds ${folder}`);
    await wait(200);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tryLock(folder) {
  try {
    mkdirSync(folder);
  } catch {
    return false;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function ownerIsGone(folder) {
  let owner;
  try {
    owner = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  } catch {
    // Between making the folder and writing the number; or it has just been released.
    return false;
  }
  if (!Number.isInteger(owner) || owner <= 0) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
