import { describe, expect, test } from 'vitest';
import { lookScripts } from '../../core/render/look-script';
import { computerNow } from '../../main/platform/computer-time';
import { serveSandbox } from '../../main/sandbox/server';
import { administrator, elsewhere, kindsOf, look, readOnly, roleName } from '../support/drift-world';
import { valueOf } from '../support/practice';
import { connected, must, newWorld } from '../support/workspace-world';
import { findPeer, runProgram } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');

describe.skipIf(!cli.present)('the script for the owner, run by bash with the AWS CLI', () => {
  test('prints what makes the same look as our own eyes', async () => {
    const world = newWorld();
    // the CLI signs by this computer's clock
    world.clock.jump(computerNow() - world.clock.now());
    const { connectionId } = await connected(world);
    const { drift } = world.workspace;
    await look(world, connectionId);
    const iam = elsewhere(world);
    await valueOf(iam.detachRolePolicy(roleName, administrator));
    await valueOf(iam.putRolePermissionsBoundary(roleName, readOnly));
    const seen = await look(world, connectionId);
    const server = await serveSandbox(world.sandbox, 0);
    try {
      world.clock.jump(computerNow() - world.clock.now());
      const { accessKeyId, secretAccessKey } = world.sandbox.identity('owner');
      const { stderr, stdout } = await runProgram('bash', ['-c', lookScripts(roleName).bash], {
        env: {
          ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_DEFAULT_REGION: 'us-east-1' },
          ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
        },
      });
      expect(stderr).toBe('');
      must(drift.paste(connectionId, stdout));
      const pasted = drift.look(connectionId);
      expect(pasted).toMatchObject({ state: 'drift', eyes: { kind: 'pasted' } });
      // nobody asks for what a policy says that is not attached
      const others = (parts: typeof seen.parts = []) => parts.filter(({ id }) => id !== `managed ${administrator}`);
      expect(others(pasted?.parts)).toEqual(others(seen.parts));
      expect(kindsOf(pasted ?? seen)).toEqual(['policy-detached', 'boundary-added']);
    } finally {
      await server.close();
    }
  });
});
