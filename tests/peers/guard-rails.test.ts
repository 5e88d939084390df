import { describe, expect, test } from 'vitest';
import { guardRailDocument } from '../../core/domain/guard-rails';
import { computerNow } from '../../main/platform/computer-time';
import { serveSandbox } from '../../main/sandbox/server';
import { guardRailWorld, onlyIreland } from '../support/guard-rail-world';
import { findPeer, runProgram } from './support';

const boto3 = await findPeer('boto3', 'python3', ['-c', 'import boto3'], 'python3 has no boto3');

/** What the management account sees at the unit, and what the member may do below it, by Region. */
const story = `
import boto3, json, os, sys
from botocore.exceptions import ClientError
api = boto3.client("organizations")
unit, member = sys.argv[1], json.loads(sys.argv[2])
listed = api.list_policies_for_target(TargetId=unit, Filter="SERVICE_CONTROL_POLICY")["Policies"]
ours = [p for p in listed if p["Name"].startswith("Sallyport-")]
content = api.describe_policy(PolicyId=ours[0]["Id"])["Policy"]["Content"] if ours else ""
def bucket(region):
    s3 = boto3.client("s3", region_name=region, aws_access_key_id=member["accessKeyId"], aws_secret_access_key=member["secretAccessKey"])
    more = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    try:
        s3.create_bucket(Bucket="of-boto3-in-" + region, **more)
        return "made"
    except ClientError as error:
        return error.response["Error"]["Code"]
print(json.dumps({"content": content, "here": bucket("eu-west-1"), "there": bucket("us-east-1")}))
`;

describe.skipIf(!boto3.present)('boto3 and a guard rail that the app attached', () => {
  test('it sees the policy at the unit, is refused by it, and sees it go', async () => {
    const place = await guardRailWorld();
    const { unitId, world } = place;
    const record = await place.attach(onlyIreland);
    // boto3 signs by this computer's clock
    world.clock.jump(computerNow() - world.clock.now());
    const server = await serveSandbox(world.sandbox, 0);
    const { accessKeyId, secretAccessKey } = world.sandbox.identity('management');
    const seen = async (): Promise<unknown> => {
      const outcome = await runProgram(
        'python3',
        ['-c', story, unitId, JSON.stringify(world.sandbox.identity('owner'))],
        {
          env: {
            ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_DEFAULT_REGION: 'us-east-1' },
            ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
          },
        },
      );
      expect(outcome.stderr).toBe('');
      return JSON.parse(outcome.stdout);
    };
    try {
      const content = guardRailDocument(onlyIreland, 'aws');
      expect(await seen()).toEqual({ content, here: 'made', there: 'AccessDenied' });
      await place.detach(record.id);
      expect(await seen()).toMatchObject({ content: '', there: 'made' });
    } finally {
      await server.close();
    }
  }, 120_000);
});
