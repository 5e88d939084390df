import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from '../../core/zod';
import { shippedPackages } from '../../scripts/lib/third-parties.mjs';

const root = join(import.meta.dirname, '..', '..');
const lock = z
  .looseObject({
    packages: z.record(
      z.string(),
      z.looseObject({ version: z.string().optional(), integrity: z.string().optional(), dev: z.boolean().optional() }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));

/** Licences that ask for no more than to be named. */
const allowed = /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|\(MIT OR CC0-1\.0\)|CC0-1\.0)$/;

describe('S-21: what is by others', () => {
  test('is shipped under licences that ask for no more than to be named', () => {
    const shipped = shippedPackages();
    expect(shipped.length).toBeGreaterThan(50);
    expect(shipped.filter(({ license }) => !allowed.test(license))).toEqual([]);
  });

  test('is pinned by what it holds, not by its name alone', () => {
    const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual(
      [],
    );
  });

  test('is one version of the AWS SDK, and an Electron that gets fixes', () => {
    const clients = Object.entries(lock.packages).filter(([path]) =>
      /^node_modules\/@aws-sdk\/client-[a-z-]+$/.test(path),
    );
    expect(clients.length).toBeGreaterThan(3);
    expect(new Set(clients.map(([, { version }]) => version)).size).toBe(1);
    // of 2026-11: 45, and the newest three get fixes. Raised with each major
    const major = Number(lock.packages['node_modules/electron']?.version?.split('.')[0]);
    expect(major).toBeGreaterThanOrEqual(45);
  });
});
