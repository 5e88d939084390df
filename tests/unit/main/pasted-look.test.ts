import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedParts, longestPasted } from '../../../core/domain/drift/difference';
import { readPastedLook } from '../../../core/domain/drift/pasted-look';
import { digestOfPolicy } from '../../../main/connections/read-role';
import type { IamApi } from '../../../main/aws/aws-api';
import { administrator, kindsOf, look, onlyDeployer, readOnly, roleName, watched } from '../../support/drift-world';
import { valueOf } from '../../support/practice';
import { must } from '../../support/workspace-world';
import { fuzzRuns } from '../../support/fuzz-runs';

type Printed = { readonly command: string; readonly value: Record<string, unknown> };

const caller = (accountId: string): Printed => ({
  command: 'get-caller-identity',
  value: { UserId: 'AIDAEXAMPLEOWNER', Account: accountId, Arn: `arn:aws:iam::${accountId}:user/owner` },
});

/** What the script for the owner prints, command by command. */
async function printed(iam: IamApi): Promise<Printed[]> {
  const role = await valueOf(iam.getRole(roleName));
  const inline = await valueOf(iam.listRolePolicies(roleName));
  const attached = await valueOf(iam.listAttachedRolePolicies(roleName));
  const answers: Printed[] = [
    caller('222233334444'),
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
    must(drift.paste(connectionId, textOf(answers.slice(0, 2))));
    const unseen = () => drift.look(connectionId)?.parts.flatMap(({ id, state }) => (state === 'unseen' ? [id] : []));
    const inline = drift.agreement(connectionId)?.role.inline.map(({ name }) => `inline ${name}`) ?? [];
    expect(inline.length).toBeGreaterThan(0);
    expect(unseen()?.sort()).toEqual([...inline, 'inline', `managed ${administrator}`, 'managed'].sort());
    expect(drift.look(connectionId)?.state).toBe('same');
    must(drift.paste(connectionId, textOf(answers.filter(({ command }) => !command.startsWith('get-policy')))));
    expect(unseen()).toEqual([`managed ${administrator}`]);
  });

  it('says that the role is gone', async () => {
    const { connectionId, drift } = await withoutEyes();
    const words = (name: string) =>
      `aws: [ERROR]: An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name ${name} cannot be found.`;
    const here = textOf([caller('222233334444')]);
    expect(drift.paste(connectionId, here + words('Another')).ok).toBe(false);
    // in any other account there is no such role either
    for (const wrong of ['', textOf([caller('333344445555')]), textOf([caller('333344445555')]) + here]) {
      expect(drift.paste(connectionId, wrong + words(roleName))).toMatchObject({ ok: false, error: { field: 'text' } });
    }
    expect(drift.look(connectionId)).toMatchObject({ state: 'same' });
    must(drift.paste(connectionId, here + words(roleName)));
    expect(drift.look(connectionId)).toMatchObject({ state: 'drift', parts: [{ id: 'role', state: 'removed' }] });
  });

  it('that shows a part only keeps what an earlier look found of the others, until a look shows them', async () => {
    const { connectionId, iam, watch, world } = await watched();
    const everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
    await look(world, connectionId);
    const mine = watch.agreement(connectionId)?.role.inline[0]?.name ?? '';
    await valueOf(iam.putRolePolicy(roleName, mine, everything));
    await valueOf(iam.putRolePolicy(roleName, 'Added', everything));
    await valueOf(iam.detachRolePolicy(roleName, administrator));
    const found = await look(world, connectionId);
    expect(kindsOf(found).sort()).toEqual(['inline-added', 'inline-changed', 'policy-detached']);
    const answers = await printed(iam);
    must(watch.paste(connectionId, textOf(answers.slice(0, 2))));
    const partial = watch.look(connectionId);
    expect(partial).toMatchObject({ state: 'drift', driftedAt: found.driftedAt, eyes: { kind: 'pasted' } });
    expect(new Set(changedParts(partial?.parts ?? []))).toEqual(new Set(changedParts(found.parts)));
    // and they are decided about as they were seen
    must(watch.accept(connectionId, ['inline Added'], undefined));
    expect(watch.agreement(connectionId)?.role.inline).toContainEqual(expect.objectContaining({ name: 'Added' }));
    // what the look does show is no longer there
    await valueOf(iam.attachRolePolicy(roleName, administrator));
    const later = (await printed(iam)).filter(
      ({ command }) => !/role-polic(y|ies)( |$)/.test(command) || /attached/.test(command),
    );
    must(watch.paste(connectionId, textOf(later)));
    expect(kindsOf(watch.look(connectionId) ?? found)).toEqual(['inline-changed']);
    await valueOf(iam.putRolePolicy(roleName, mine, watch.agreement(connectionId)?.role.inline[0]?.document ?? ''));
    must(watch.paste(connectionId, textOf(await printed(iam))));
    expect(watch.look(connectionId)).toMatchObject({ state: 'same' });
  });

  it('can neither be accepted nor put back where it was not seen', async () => {
    const { connectionId, drift, iam, world } = await withoutEyes();
    must(drift.paste(connectionId, textOf((await printed(iam)).slice(0, 2))));
    for (const partId of ['inline', 'managed', `managed ${administrator}`]) {
      expect(drift.accept(connectionId, [partId], undefined), partId).toMatchObject({
        error: { kind: 'not-possible' },
      });
      const putBack = await world.workspace.putBacks.preview(connectionId, [partId]);
      expect(putBack, partId).toMatchObject({ ok: false, error: { kind: 'not-possible' } });
    }
  });

  it('is read at once, or refused, however hostile the text', async () => {
    const { connectionId, drift } = await withoutEyes();
    const agreed = drift.agreement(connectionId)?.role;
    const full = (piece: string) => piece.repeat(Math.floor(longestPasted / piece.length));
    const hostile = {
      braces: full('{ '),
      'braces at the end of blanks': full(`{${' '.repeat(64)}`),
      'one brace and blanks': `{${' '.repeat(longestPasted - 1)}`,
      'begun answers': full('{"'),
      'begun answers on lines': full('{\n"a": '),
      'lists in lists': `{"Role":${'['.repeat(longestPasted - 8)}`,
      'objects in objects': full('{"a":'),
      'a string without an end': `{"${'a'.repeat(longestPasted - 2)}`,
      'strings without an end': full('{"a":"\\"'),
      'small answers': full('{"PolicyNames":[]}'),
      'answers that are none': full('{"a":1}'),
      'the words of a role that is gone': full('NoSuchEntity role with name '),
      'those words on one line': `NoSuchEntity ${full('role with name ').slice(13)}`,
      'one long name': `NoSuchEntity role with name ${'a'.repeat(longestPasted - 28)}`,
      'attached policies': `{"AttachedPolicies":[${full('{"PolicyArn":"a"},').slice(64)}{"PolicyArn":"a"}]}`,
      letters: 'A'.repeat(longestPasted),
      'letters and blanks': full(`${'aB3/'.repeat(10)} `),
    };
    const roleArn = `arn:aws:iam::222233334444:role/${roleName}`;
    const slow: [string, number][] = [];
    for (const [what, text] of Object.entries(hostile)) {
      expect(text.length, what).toBeLessThanOrEqual(longestPasted);
      const begun = performance.now();
      const read = readPastedLook(text, { roleArn, agreed, digestOf: digestOfPolicy });
      const took = performance.now() - begun;
      expect(read.ok, what).toBe(false);
      // some tens of milliseconds on a quiet computer, and hours were a letter read more than once
      if (took > 1_500) slow.push([what, Math.round(took)]);
    }
    expect(slow).toEqual([]);
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
    expect(watch.paste(connectionId, textOf(answers.slice(0, 2)))).toMatchObject({ ok: false });
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
