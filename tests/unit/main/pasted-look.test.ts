import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPastedLook } from '../../../core/domain/drift/pasted-look';
import { digestOfPolicy } from '../../../main/connections/read-role';
import type { IamApi } from '../../../main/aws/aws-api';
import { administrator, kindsOf, look, onlyDeployer, readOnly, roleName, watched } from '../../support/drift-world';
import { valueOf } from '../../support/practice';
import { must } from '../../support/workspace-world';
import { fuzzRuns } from '../../support/fuzz-runs';

type Printed = { readonly command: string; readonly value: Record<string, unknown> };

/** What the script for the owner prints, command by command. */
async function printed(iam: IamApi): Promise<Printed[]> {
  const role = await valueOf(iam.getRole(roleName));
  const inline = await valueOf(iam.listRolePolicies(roleName));
  const attached = await valueOf(iam.listAttachedRolePolicies(roleName));
  const answers: Printed[] = [
    {
      command: 'get-role',
      value: {
        Role: {
          ...{
            Path: role.path,
            RoleName: roleName,
            RoleId: role.roleId,
            Arn: role.arn,
            Description: 'made { by hand }',
          },
          AssumeRolePolicyDocument: JSON.parse(role.trustPolicy) as unknown,
          MaxSessionDuration: role.maxSessionDuration,
          CreateDate: new Date(role.createdAt).toISOString(),
          ...(role.lastUsedAt !== undefined && {
            RoleLastUsed: { LastUsedDate: new Date(role.lastUsedAt).toISOString(), Region: 'us-east-1' },
          }),
          Tags: role.tags.map(({ key, value }) => ({ Key: key, Value: value })),
          ...(role.permissionsBoundaryArn !== undefined && {
            PermissionsBoundary: {
              PermissionsBoundaryType: 'Policy',
              PermissionsBoundaryArn: role.permissionsBoundaryArn,
            },
          }),
        },
      },
    },
    { command: 'list-role-policies', value: { PolicyNames: [...inline] } },
  ];
  for (const name of inline) {
    const document = JSON.parse(await valueOf(iam.getRolePolicy(roleName, name))) as unknown;
    answers.push({
      command: `get-role-policy ${name}`,
      value: { RoleName: roleName, PolicyName: name, PolicyDocument: document },
    });
  }
  answers.push({
    command: 'list-attached-role-policies',
    value: { AttachedPolicies: attached.map(({ arn, name }) => ({ PolicyName: name, PolicyArn: arn })) },
  });
  const managed = [
    ...attached.map(({ arn }) => arn),
    ...(role.permissionsBoundaryArn ? [role.permissionsBoundaryArn] : []),
  ];
  for (const arn of managed) {
    const { defaultVersionId } = await valueOf(iam.getPolicy(arn));
    const document = JSON.parse(await valueOf(iam.getPolicyVersion(arn, defaultVersionId))) as unknown;
    answers.push(
      { command: 'get-policy', value: { Policy: { Arn: arn, DefaultVersionId: defaultVersionId } } },
      {
        command: 'get-policy-version',
        value: { PolicyVersion: { Document: document, VersionId: defaultVersionId, IsDefaultVersion: true } },
      },
    );
  }
  return answers;
}

const textOf = (answers: readonly Printed[]) =>
  answers.map(({ command, value }) => `$ aws iam ${command}\r\n${JSON.stringify(value, null, 4)}\r\n`).join('');

/** Nobody here sees the role by itself. */
async function withoutEyes() {
  const place = await watched();
  await look(place.world, place.connectionId);
  onlyDeployer(place.world);
  return { ...place, drift: place.world.workspace.drift };
}

describe('what the owner pasted', () => {
  it('is a look: the same as agreed, with when and that it was pasted', async () => {
    const { connectionId, drift, iam, world } = await withoutEyes();
    const before = drift.look(connectionId);
    world.clock.advance(3_600_000);
    must(drift.paste(connectionId, textOf(await printed(iam))));
    const { at, eyes, parts, seen, state, use } = drift.look(connectionId) ?? {};
    expect({ at, eyes, parts, state, use }).toEqual({
      ...{ at: world.clock.now(), eyes: { kind: 'pasted' }, parts: before?.parts, state: 'same', use: before?.use },
    });
    expect(digestOfPolicy(seen?.trustPolicy ?? '')).toBe(digestOfPolicy(before?.seen?.trustPolicy ?? 'none'));
    expect({ ...seen, trustPolicy: '', inline: [] }).toEqual({ ...before?.seen, trustPolicy: '', inline: [] });
  });

  it('names what changed as a look does', async () => {
    const { connectionId, iam, watch, world } = await watched();
    await look(world, connectionId);
    const everything = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    const inline = watch.agreement(connectionId)?.role.inline[0]?.name ?? '';
    await valueOf(iam.putRolePolicy(roleName, inline, everything));
    await valueOf(iam.attachRolePolicy(roleName, readOnly));
    await valueOf(iam.detachRolePolicy(roleName, administrator));
    await valueOf(iam.updateRole(roleName, { description: '', maxSessionDuration: 43_200 }));
    await valueOf(iam.putRolePermissionsBoundary(roleName, readOnly));
    const seen = await look(world, connectionId);
    must(watch.paste(connectionId, textOf(await printed(iam))));
    const pasted = watch.look(connectionId);
    expect(kindsOf(seen).length).toBeGreaterThan(4);
    // what was detached is not asked for: of it nothing but that it is gone is known
    const withoutDetached = (parts: typeof seen.parts) => parts.filter(({ id }) => id !== `managed ${administrator}`);
    expect(withoutDetached(pasted?.parts ?? [])).toEqual(withoutDetached(seen.parts));
    expect(kindsOf(pasted ?? seen)).toEqual(kindsOf(seen));
  });

  it('counts as not seen what is not in it', async () => {
    const { connectionId, drift, iam } = await withoutEyes();
    const answers = await printed(iam);
    const [role] = answers;
    must(drift.paste(connectionId, textOf(role === undefined ? [] : [role])));
    const unseen = () => drift.look(connectionId)?.parts.flatMap(({ id, state }) => (state === 'unseen' ? [id] : []));
    const inline = drift.agreement(connectionId)?.role.inline.map(({ name }) => `inline ${name}`) ?? [];
    expect(inline.length).toBeGreaterThan(0);
    expect(unseen()?.sort()).toEqual([...inline, `managed ${administrator}`].sort());
    expect(drift.look(connectionId)?.state).toBe('same');
    must(drift.paste(connectionId, textOf(answers.filter(({ command }) => !command.startsWith('get-policy')))));
    expect(unseen()).toEqual([`managed ${administrator}`]);
  });

  it('says that the role is gone', async () => {
    const { connectionId, drift } = await withoutEyes();
    const words = (name: string) =>
      `aws: [ERROR]: An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name ${name} cannot be found.`;
    expect(drift.paste(connectionId, words('Another')).ok).toBe(false);
    must(drift.paste(connectionId, words(roleName)));
    expect(drift.look(connectionId)).toMatchObject({ state: 'drift', parts: [{ id: 'role', state: 'removed' }] });
  });

  it('is refused, and the last look stays, where it is another role’s, cut off, changed or holds a credential', async () => {
    const { connectionId, drift, iam, world } = await withoutEyes();
    const before = drift.look(connectionId);
    const answers = await printed(iam);
    const text = textOf(answers);
    const { secretAccessKey } = world.sandbox.identity('owner');
    const wrong: readonly (readonly [string, string])[] = [
      ['another account', text.replaceAll('222233334444', '333344445555')],
      ['another role', text.replace(`:role/${roleName}"`, ':role/Another"')],
      ['cut off', text.slice(0, text.length / 2)],
      ['not JSON', 'nothing to see'],
      ['what no command prints', `${text}{"Users":[]}`],
      ['a session of no length', text.replace('"MaxSessionDuration": 3600', '"MaxSessionDuration": 1')],
      [
        'a policy of another role',
        text.replace(`"RoleName": "${roleName}",\n    "PolicyName"`, '"RoleName": "Other",\n    "PolicyName"'),
      ],
      ['a version of nothing', textOf(answers.filter(({ command }) => command !== 'get-policy'))],
      ['a credential', `${text}AWS_SECRET_ACCESS_KEY=${secretAccessKey}`],
      ['a policy of which only the name is there', text.replace('"PolicyNames": [', '"PolicyNames": ["Unknown",')],
    ];
    for (const [what, pasted] of wrong) {
      expect(drift.paste(connectionId, pasted), what).toMatchObject({ ok: false, error: { field: 'text' } });
    }
    expect(drift.look(connectionId)).toEqual(before);
  });

  it('is the first look only where it is whole', async () => {
    const { connectionId, iam, watch, world } = await watched();
    must(world.documents.agreements.change({ remove: [connectionId] }));
    must(world.workspace.receipts.forget(connectionId));
    const answers = await printed(iam);
    expect(watch.paste(connectionId, textOf(answers.slice(0, 1)))).toMatchObject({ ok: false });
    expect(watch.agreement(connectionId)).toBeUndefined();
    must(watch.paste(connectionId, textOf(answers)));
    expect(watch.agreement(connectionId)).toMatchObject({ basis: 'first-look' });
  });

  it('S-20: whatever stands in it, it is read or refused', async () => {
    const { connectionId, drift, iam } = await withoutEyes();
    const agreed = drift.agreement(connectionId)?.role;
    const sound = textOf(await printed(iam));
    const roleArn = `arn:aws:iam::222233334444:role/${roleName}`;
    const mutated = fc
      .tuple(fc.nat(sound.length - 1), fc.string({ maxLength: 8 }), fc.nat(12))
      .map(([at, text, cut]) => sound.slice(0, at) + text + sound.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.json(), fc.string()), (text) => {
        const read = readPastedLook(text, { roleArn, agreed, digestOf: digestOfPolicy });
        if (!read.ok) expect(read.error.whatToDo).not.toBe('');
      }),
      { numRuns: fuzzRuns(300) },
    );
  });
});
