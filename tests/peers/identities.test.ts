import { describe, expect, test } from 'vitest';
import { computerNow } from '../../main/platform/computer-time';
import { serveSandbox } from '../../main/sandbox/server';
import { dressed, ownerSource, removalAtRest, rotationAtRest, withAnna } from '../support/identities-world';
import { must } from '../support/workspace-world';
import { findPeer, runProgram } from './support';

const boto3 = await findPeer('boto3', 'python3', ['-c', 'import boto3'], 'python3 has no boto3');

/** Who a key is, and what the owner sees of the user. */
const story = `
import boto3, json, sys
from botocore.exceptions import ClientError
def tried(work):
    try:
        return work()
    except ClientError as error:
        return error.response["Error"]["Code"]
def who(key):
    sts = boto3.client("sts", aws_access_key_id=key["accessKeyId"], aws_secret_access_key=key["secretAccessKey"])
    return tried(lambda: sts.get_caller_identity()["Arn"].split("/")[-1])
iam = boto3.client("iam")
keys = tried(lambda: [[k["AccessKeyId"], k["Status"]] for k in iam.list_access_keys(UserName="anna")["AccessKeyMetadata"]])
print(json.dumps({"who": [who(key) for key in json.loads(sys.argv[1])], "keys": keys, "user": tried(lambda: iam.get_user(UserName="anna")["User"]["UserName"])}))
`;

describe.skipIf(!boto3.present)('boto3 and a user that the app works on', () => {
  test('it sees the key change hands, and the user go with everything that hung on it', async () => {
    const place = await withAnna();
    const { key, world } = place;
    // boto3 signs by this computer's clock
    world.clock.jump(computerNow() - world.clock.now());
    const server = await serveSandbox(world.sandbox, 0);
    const { accessKeyId, secretAccessKey } = world.sandbox.identity('owner');
    const seen = async (keys: readonly unknown[]): Promise<unknown> => {
      const outcome = await runProgram('python3', ['-c', story, JSON.stringify(keys)], {
        env: {
          ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_DEFAULT_REGION: 'us-east-1' },
          ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
        },
      });
      expect(outcome.stderr).toBe('');
      return JSON.parse(outcome.stdout);
    };
    const { identities } = world.workspace;
    try {
      const wish = { sourceId: ownerSource, userName: 'anna', accessKeyId: key.accessKeyId, graceHours: 24 };
      const { actId } = must(await identities.rotate(wish));
      const { newKeyId } = await rotationAtRest(world, actId);
      const kept = must(await world.vault.get(`rotation/${actId}/new`));
      const made = JSON.parse(kept ?? '{}') as unknown;
      expect(await seen([key, made])).toMatchObject({ who: ['anna', 'anna'] });
      must(identities.deactivateOld(actId));
      await rotationAtRest(world, actId);
      expect(await seen([key, made])).toMatchObject({ who: ['InvalidClientTokenId', 'anna'] });
      must(identities.deleteOld(actId));
      await rotationAtRest(world, actId);
      expect(await seen([made])).toEqual({ who: ['anna'], keys: [[newKeyId, 'Active']], user: 'anna' });

      await dressed(place);
      const removal = { sourceId: ownerSource, subject: 'user', mode: 'delete', name: 'anna' } as const;
      const deleted = must(await identities.remove(removal, 'anna'));
      expect((await removalAtRest(world, deleted.actId)).state).toBe('done');
      expect(await seen([made])).toEqual({ who: ['InvalidClientTokenId'], keys: 'NoSuchEntity', user: 'NoSuchEntity' });
    } finally {
      await server.close();
    }
  }, 120_000);
});
