import { describe, expect, test } from 'vitest';
import { changedParts, type DriftKind, type DriftSeverity } from '../../core/domain/drift/difference';
import { computerNow } from '../../main/platform/computer-time';
import { serveSandbox } from '../../main/sandbox/server';
import { connected, must, newWorld, until } from '../support/workspace-world';
import { findPeer, runProgram } from './support';

const boto3 = await findPeer('boto3', 'python3', ['-c', 'import boto3'], 'python3 has no boto3');

/** What somebody else does in the account, each by its name. Read from the role as it is, so that each stands on the last. */
const story = `
import boto3, json, sys
iam = boto3.client("iam")
name, change = sys.argv[1], sys.argv[2]
role = iam.get_role(RoleName=name)["Role"]
trust = role["AssumeRolePolicyDocument"]
def write():
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(trust))
def allow(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [dict(Effect="Allow", Resource="*", **statement)]})
first = trust["Statement"][0]
boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
own = "arn:aws:iam::222233334444:policy/OfBoto3"
def reworded():
    first["Action"] = ["sts:assumerole"]
    write()
def another_account():
    trust["Statement"].append({"Effect": "Allow", "Principal": {"AWS": "222233334444"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": first["Condition"]["StringEquals"]}})
    write()
def anyone():
    first["Principal"] = {"AWS": "*"}
    first["Condition"] = {k: v for k, v in first["Condition"].items() if "sts:ExternalId" in v}
    write()
def without_id():
    first["Condition"].pop("StringEquals")
    write()
def if_exists():
    first["Condition"] = {**{k: v for k, v in first["Condition"].items() if "sts:ExternalId" not in v}, "StringEqualsIfExists": {"sts:ExternalId": first["Condition"]["StringEquals"]["sts:ExternalId"]}}
    write()
def other_id():
    first["Condition"]["StringEquals"]["sts:ExternalId"] = "somebody-elses"
    write()
def with_mfa():
    first["Condition"]["Bool"] = {"aws:MultiFactorAuthPresent": "true"}
    write()
def service():
    trust["Statement"].append({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"})
    write()
def closed():
    trust["Statement"].append({"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"})
    write()
def own_policy():
    iam.create_policy(PolicyName="OfBoto3", PolicyDocument=allow({"Action": "s3:GetObject"}))
    iam.attach_role_policy(RoleName=name, PolicyArn=own)
def own_version():
    iam.create_policy_version(PolicyArn=own, PolicyDocument=allow({"Action": "s3:*"}), SetAsDefault=True)
def recreated():
    for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
    iam.delete_role(RoleName=name)
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust), MaxSessionDuration=role["MaxSessionDuration"], Tags=role["Tags"])
def gone():
    iam.delete_role(RoleName=name)
changes = dict(
    reworded=reworded, another_account=another_account, anyone=anyone, without_id=without_id, if_exists=if_exists,
    other_id=other_id, with_mfa=with_mfa, service=service, closed=closed, own_policy=own_policy, own_version=own_version,
    recreated=recreated, gone=gone,
    attached=lambda: iam.attach_role_policy(RoleName=name, PolicyArn=boundary),
    detached=lambda: iam.detach_role_policy(RoleName=name, PolicyArn=boundary),
    inline=lambda: iam.put_role_policy(RoleName=name, PolicyName="OfBoto3", PolicyDocument=allow({"Action": "s3:GetObject"})),
    inline_wider=lambda: iam.put_role_policy(RoleName=name, PolicyName="OfBoto3", PolicyDocument=allow({"Action": "s3:*"})),
    inline_narrower=lambda: iam.put_role_policy(RoleName=name, PolicyName="OfBoto3", PolicyDocument=allow({"Action": "s3:GetObject"})),
    inline_gone=lambda: iam.delete_role_policy(RoleName=name, PolicyName="OfBoto3"),
    bounded=lambda: iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=boundary),
    bounded_otherwise=lambda: iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary="arn:aws:iam::aws:policy/AdministratorAccess"),
    unbounded=lambda: iam.delete_role_permissions_boundary(RoleName=name),
    longer=lambda: iam.update_role(RoleName=name, MaxSessionDuration=43200),
    shorter=lambda: iam.update_role(RoleName=name, MaxSessionDuration=3600),
    untagged=lambda: iam.untag_role(RoleName=name, TagKeys=["OnboardingId"]),
)
changes[change]()
`;

type Named = readonly [DriftKind, DriftSeverity];

/** Each change after the one before was accepted, but for those to the trust, after which the agreed one is put back. */
const changes: readonly (readonly [string, readonly Named[]])[] = [
  ['reworded', []],
  ['another_account', [['account-trusted', 'widened']]],
  ['anyone', [['anyone-trusted', 'widened']]],
  ['without_id', [['external-id-dropped', 'widened']]],
  ['if_exists', [['external-id-weakened', 'widened']]],
  ['other_id', [['external-id-changed', 'widened']]],
  ['with_mfa', [['condition-added', 'narrowed']]],
  ['service', [['service-trusted', 'widened']]],
  ['closed', [['trust-closed', 'narrowed']]],
  ['attached', [['policy-attached', 'widened']]],
  ['detached', [['policy-detached', 'narrowed']]],
  ['own_policy', [['policy-attached', 'widened']]],
  ['own_version', [['policy-version-changed', 'widened']]],
  ['inline', [['inline-added', 'widened']]],
  ['inline_wider', [['inline-changed', 'widened']]],
  ['inline_narrower', [['inline-changed', 'narrowed']]],
  ['inline_gone', [['inline-removed', 'narrowed']]],
  ['bounded', [['boundary-added', 'narrowed']]],
  ['bounded_otherwise', [['boundary-changed', 'widened']]],
  ['unbounded', [['boundary-removed', 'widened']]],
  ['longer', [['session-raised', 'widened']]],
  ['shorter', [['session-lowered', 'narrowed']]],
  ['untagged', [['tags-removed', 'other']]],
];

describe.skipIf(!boto3.present)('boto3 changes a role outside, and the watch', () => {
  test('names each change rightly', async () => {
    const world = newWorld();
    const { connectionId } = await connected(world);
    const { drift, operations, putBacks } = world.workspace;
    // boto3 signs by this computer's clock
    const inStep = () => {
      world.clock.jump(computerNow() - world.clock.now());
    };
    const idle = () => until(world, () => operations.list().length === 0, 100);
    inStep();
    const server = await serveSandbox(world.sandbox, 0);
    const { accessKeyId, secretAccessKey } = world.sandbox.identity('owner');
    const does = async (change: string): Promise<void> => {
      inStep();
      const outcome = await runProgram('python3', ['-c', story, 'DeploymentService', change], {
        env: {
          ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_DEFAULT_REGION: 'us-east-1' },
          ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
        },
      });
      expect({ change, stderr: outcome.stderr }).toEqual({ change, stderr: '' });
    };
    const look = async (): Promise<{ kinds: Named[]; partIds: string[] }> => {
      must(drift.lookAt([connectionId], 'person'));
      await idle();
      const parts = changedParts(drift.look(connectionId)?.parts ?? []);
      return {
        partIds: parts.map(({ id }) => id),
        kinds: parts.flatMap(({ differences }) => differences.map(({ kind, severity }): Named => [kind, severity])),
      };
    };
    try {
      expect(await look()).toEqual({ kinds: [], partIds: [] });
      for (const [change, expected] of changes) {
        await does(change);
        const { kinds, partIds } = await look();
        expect({ change, kinds }).toEqual({ change, kinds: expected });
        if (partIds.includes('trust')) {
          must(await putBacks.start(connectionId, partIds));
          await idle();
        } else if (partIds.length > 0) must(drift.accept(connectionId, partIds, undefined));
        expect({ change, ...(await look()) }).toEqual({ change, kinds: [], partIds: [] });
      }
      await does('recreated');
      const { kinds, partIds } = await look();
      expect(kinds).toContainEqual(['role-recreated', 'other']);
      must(drift.accept(connectionId, partIds, undefined));
      await does('gone');
      expect((await look()).kinds).toEqual([['role-gone', 'narrowed']]);
    } finally {
      await server.close();
    }
  }, 240_000);
});
