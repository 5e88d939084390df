import { createConnection } from 'node:net';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pathAnew, runProgram } from './support';

const isForked = process.env['PATH'] !== pathAnew();

/** The same call of the `aws` that forks, and of the one that is started anew. */
async function both(parameters: readonly string[], env: Readonly<Record<string, string>>, input?: string) {
  const given = { ...(input !== undefined && { input }) };
  return await Promise.all([
    runProgram('aws', parameters, { ...given, env }),
    runProgram('aws', parameters, { ...given, env: { ...env, PATH: pathAnew() } }),
  ]);
}

describe.skipIf(!isForked)('the AWS CLI that peers are asked with is the one that is installed', () => {
  test('its words, its errors and its status are the same, and so is what it reads of its environment', async () => {
    const nobody = {
      ...{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1', AWS_DEFAULT_REGION: 'eu-west-1' },
      ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' },
    };
    const document = JSON.stringify({ UserName: 'ünïcode ✓' });
    const statuses = new Set<boolean>();
    for (const [parameters, env, input] of [
      [['--version'], {}, undefined],
      [['iam', 'get-user'], nobody, undefined],
      [['iam', 'no-such-act'], nobody, undefined],
      [['configure', 'get', 'region'], { AWS_DEFAULT_REGION: 'eu-north-1' }, undefined],
      [
        ['iam', 'create-user', '--cli-input-json', 'file:///dev/stdin', '--generate-cli-skeleton', 'output'],
        nobody,
        document,
      ],
    ] as const) {
      const [forked, anew] = await both(parameters, env, input);
      expect(forked, parameters.join(' ')).toEqual(anew);
      statuses.add(forked.status === 0);
    }
    expect(statuses.size).toBe(2);
  });

  test('each call is a process of its own: what one has in its environment the next has not', async () => {
    const [named] = await both(['configure', 'list'], { AWS_PROFILE: 'none-of-that-name' });
    expect(named.stderr + named.stdout).toContain('none-of-that-name');
    const [plain, anew] = await both(['configure', 'list'], {});
    expect(plain).toEqual(anew);
    expect(plain.stdout).not.toContain('none-of-that-name');
  });

  test('a call whose caller is gone half-way ends', async () => {
    const [folder = ''] = (process.env['PATH'] ?? '').split(delimiter);
    const caller = createConnection({ path: join(folder, 'socket'), allowHalfOpen: true });
    const isOver = new Promise<void>((resolve, reject) => {
      caller.once('error', reject).once('end', resolve).resume();
    });
    // a hundred bytes are announced, and one comes
    caller.end(Buffer.from([0, 0, 0, 100, 1]));
    await isOver;
  });
});
