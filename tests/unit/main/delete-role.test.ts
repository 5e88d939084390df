import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Revocation, RevocationStep } from '../../../core/domain/revocation';
import type { IamApi } from '../../../main/aws/aws-api';
import { createAws } from '../../../main/aws/create-aws';
import { deleteRole } from '../../../main/revocation/close-role';
import { stepRecorder } from '../../../main/revocation/step-recorder';
import { createSandbox, type Sandbox } from '../../../main/sandbox/sandbox';
import { ManualClock } from '../../support/manual-clock';
import {
  administratorAccess,
  errorOf,
  fixed,
  policy,
  sandboxEnvironment,
  testSigningKey,
  trustPolicy,
  valueOf,
} from '../../support/practice';
import { bareIam } from '../../support/sdk';
import { Wire } from '../../support/workspace-world';

const accountId = '222233334444';
const document = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const ten = Array.from({ length: 10 }, (_, index) => `Part${String(index)}`);
const two = ['WebServers', 'Workers'];
const own = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;

describe('deleting a role', () => {
  let sandbox: Sandbox;
  let clock: ManualClock;
  let wire: Wire;
  /** by the wire; `other` is somebody else in the account, whom the wire does not see */
  let iam: IamApi;
  let other: IamApi;
  let steps: readonly RevocationStep[];

  const removing = () =>
    deleteRole(
      iam,
      'Full',
      stepRecorder(clock, (change) => {
        // of the record it is the steps alone that are written here
        ({ steps } = change({ steps: [...steps] } as unknown as Revocation));
      }),
    );
  const stepsOf = (state: RevocationStep['state']) =>
    steps.filter((step) => step.state === state).map(({ call }) => call);
  const asked = (action: string) => wire.actions.filter((one) => one === action).length;
  /** Somebody else is faster, each time that the action is about to be made; so many times. */
  const before = (action: string, times: number, act: () => Promise<unknown>) => {
    let left = times;
    wire.before = async (name, pass) => {
      if (name === action && left > 0) {
        left -= 1;
        await act();
      }
      return pass();
    };
  };
  const addProfile = async (name: string, roleName: string) => {
    const bare = bareIam(sandbox, clock, sandbox.identities.owner);
    await bare.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
    await bare.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: roleName }));
  };

  beforeEach(async () => {
    clock = new ManualClock();
    sandbox = createSandbox({ clock, signingKey: testSigningKey, largestPage: 3 });
    wire = new Wire(sandbox);
    const owner = fixed(sandbox.identities.owner);
    iam = createAws({ clock, sandbox: wire, version: '0.0.0' }).iam(sandboxEnvironment, owner);
    other = createAws({ clock, sandbox, version: '0.0.0' }).iam(sandboxEnvironment, owner);
    for (const name of ten) await valueOf(other.createPolicy({ name, path: '/', description: '', document, tags: [] }));
    for (const name of ['Full', 'Neighbour']) {
      await valueOf(
        other.createRole({
          name,
          path: '/',
          description: '',
          trustPolicy: trustPolicy(),
          maxSessionDuration: 3600,
          tags: [],
        }),
      );
      for (const part of ten) {
        await valueOf(other.putRolePolicy(name, part, document));
        await valueOf(other.attachRolePolicy(name, own(part)));
      }
    }
    for (const name of two) await addProfile(name, 'Full');
    await addProfile('Other', 'Neighbour');
    steps = [];
  });

  test('takes off ten managed and ten inline policies and two instance profiles, over pages of three', async () => {
    expect((await removing()).ok).toBe(true);

    expect((await errorOf(other.getRole('Full'))).kind).toBe('no-such-entity');
    expect([asked('ListAttachedRolePolicies'), asked('ListRolePolicies')]).toEqual([4, 4]);
    expect(stepsOf('done')).toEqual([
      ...two.map(() => 'iam:RemoveRoleFromInstanceProfile'),
      ...ten.map(() => 'iam:DeleteRolePolicy'),
      ...ten.map(() => 'iam:DetachRolePolicy'),
      'iam:DeleteRole',
    ]);
    expect(steps).toHaveLength(23);
    expect(steps.every(({ requestId }) => requestId !== undefined)).toBe(true);

    // what hung on it is still there for others, and the role beside it has all of its own
    for (const name of two) expect((await valueOf(other.getInstanceProfile(name))).roleNames).toEqual([]);
    for (const name of ten) await valueOf(other.getPolicy(own(name)));
    expect(await valueOf(other.listAttachedRolePolicies('Neighbour'))).toHaveLength(10);
    expect(await valueOf(other.listRolePolicies('Neighbour'))).toHaveLength(10);
    expect((await valueOf(other.getInstanceProfile('Other'))).roleNames).toEqual(['Neighbour']);
  });

  test.each<[string, string, () => Promise<unknown>]>([
    ['attaches a policy', 'iam:DetachRolePolicy', () => valueOf(other.attachRolePolicy('Full', administratorAccess))],
    ['puts an inline policy', 'iam:DeleteRolePolicy', () => valueOf(other.putRolePolicy('Full', 'Late', document))],
    ['adds an instance profile', 'iam:RemoveRoleFromInstanceProfile', () => addProfile('Late', 'Full')],
  ])('reads again when somebody %s in between', async (_what, call, act) => {
    before('DeleteRole', 1, act);
    expect((await removing()).ok).toBe(true);
    expect((await errorOf(other.getRole('Full'))).kind).toBe('no-such-entity');
    // nothing is taken off twice: after the conflict only what is new
    expect(stepsOf('failed')).toEqual(['iam:DeleteRole']);
    expect(steps.slice(-2).map((step) => [step.call, step.state])).toEqual([
      [call, 'done'],
      ['iam:DeleteRole', 'done'],
    ]);
    expect(steps).toHaveLength(25);
  });

  test('gives up with AWS’s conflict when somebody goes on and on, and a later attempt finishes it', async () => {
    const late = () => valueOf(other.putRolePolicy('Full', 'Late', document));
    before('DeleteRole', Number.POSITIVE_INFINITY, late);
    const refused = await removing();
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'delete-conflict', code: 'DeleteConflict', httpStatus: 409 },
    });
    expect(asked('DeleteRole')).toBe(3);
    expect(await valueOf(other.listRolePolicies('Full'))).toEqual(['Late']);

    wire.before = (_action, pass) => pass();
    expect((await removing()).ok).toBe(true);
    expect((await errorOf(other.getRole('Full'))).kind).toBe('no-such-entity');
  });

  test('what somebody else took off first counts as done, the role itself too', async () => {
    before('DetachRolePolicy', 1, () => valueOf(other.detachRolePolicy('Full', own('Part0'))));
    const first = wire.before;
    wire.before = (action, pass) =>
      action === 'DeleteRole' ? valueOf(other.deleteRole('Full')).then(pass) : first(action, pass);
    expect((await removing()).ok).toBe(true);
    expect(stepsOf('failed')).toEqual([]);
    expect(steps.filter(({ title }) => title.endsWith('(was gone already)')).map(({ title }) => title)).toEqual([
      'Detached Part0 (was gone already)',
      'Deleted role Full (was gone already)',
    ]);
    wire.before = (_action, pass) => pass();
    expect((await removing()).ok).toBe(true);
  });
});
