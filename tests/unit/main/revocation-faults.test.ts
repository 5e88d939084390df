import { describe, expect, it } from 'vitest';
import type { Performer } from '../../../core/domain/revocation';
import { wayFacts, type RevocationWay } from '../../../core/domain/revocation-ways';
import { createAws } from '../../../main/aws/create-aws';
import { fixed, sandboxEnvironment, valueOf } from '../../support/practice';
import { deployer, found, management, owner, ready } from '../../support/revocation-world';
import { must, until, type World } from '../../support/workspace-world';

type Pass = Parameters<World['wire']['before']>[1];
type Answer = Awaited<ReturnType<Pass>>;

function refusal(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1', 'x-amzn-errortype': code },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
  };
}

function jsonRefusal(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' },
    body: JSON.stringify({ __type: code, message }),
  };
}

const reset = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

type Fault = {
  readonly name: string;
  readonly answer: (pass: Pass, isJson: boolean) => Promise<Answer>;
  readonly kinds: readonly string[];
};

const answering = (status: number, code: string, message: string) => (_pass: Pass, isJson: boolean) =>
  Promise.resolve((isJson ? jsonRefusal : refusal)(status, code, message));

const faults: readonly Fault[] = [
  { name: 'is denied', kinds: ['access-denied'], answer: answering(403, 'AccessDenied', 'denied') },
  { name: 'is throttled', kinds: ['throttled'], answer: answering(400, 'ThrottlingException', 'Rate exceeded') },
  {
    name: 'is carried out, and its answer lost',
    kinds: ['unreachable'],
    answer: async (pass) => {
      await pass();
      throw reset();
    },
  },
  { name: 'does not reach AWS', kinds: ['unreachable'], answer: () => Promise.reject(reset()) },
  {
    name: 'comes when the credentials have expired',
    kinds: ['credentials-expired', 'credentials-invalid'],
    answer: answering(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
  },
];

const ways: readonly { readonly way: RevocationWay; readonly performer: Performer }[] = [
  { way: 'step-by-step', performer: owner },
  { way: 'close-trust', performer: owner },
  { way: 'deny-older-sessions', performer: owner },
  { way: 'detach-permissions', performer: owner },
  { way: 'quarantine', performer: owner },
  { way: 'delete-role', performer: owner },
  { way: 'deny-all', performer: owner },
  { way: 'boundary', performer: owner },
  { way: 'scp', performer: management },
  { way: 'caller', performer: deployer },
];

const organizationCalls = /Polic|Target|Organization/;
const isOrganizations = (action: string) =>
  organizationCalls.test(action) && !/Role|User|Simulate|GetPolicy|PolicyVersion/.test(action);

/** What administrators of the three accounts find afterwards. Times and what is drawn by lot differ from run to run. */
async function whatIsThere(world: World): Promise<string> {
  const aws = createAws({ clock: world.clock, sandbox: world.sandbox, version: '0.0.0' });
  const as = (part: 'owner' | 'deployer' | 'management') => fixed(world.sandbox.identity(part));
  const iam = aws.iam(sandboxEnvironment, as('owner'));
  const organizations = aws.organizations(sandboxEnvironment, as('management'));
  const role = await iam.getRole('DeploymentService');
  const inline = role.ok ? await valueOf(iam.listRolePolicies('DeploymentService')) : [];
  const documents = await Promise.all(
    [...inline].sort().map(async (name) => [name, await valueOf(iam.getRolePolicy('DeploymentService', name))]),
  );
  const policies = await valueOf(organizations.listPolicies());
  const denied = await aws
    .iam(sandboxEnvironment, as('deployer'))
    .getUserPolicy('practice-deployer', 'DenyAssume-222233334444-DeploymentService');
  const text = JSON.stringify({
    trust: role.ok ? role.value.value.trustPolicy : 'gone',
    boundary: role.ok ? role.value.value.permissionsBoundaryArn : 'gone',
    documents,
    attached: role.ok ? await valueOf(iam.listAttachedRolePolicies('DeploymentService')) : [],
    policies: await Promise.all(
      policies.map(async ({ id, name }) => [name, await valueOf(organizations.listTargetsForPolicy(id))]),
    ),
    denied: denied.ok ? denied.value.value : 'nothing',
  });
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T').replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'U');
}

type Clean = { readonly calls: readonly string[]; readonly end: string };

const cleanOnes = new Map<RevocationWay, Promise<Clean>>();

/** What a way does when nothing fails: its calls in order, from being asked for to being closed, and what is there then. */
function clean(way: RevocationWay, performer: Performer): Promise<Clean> {
  const known = cleanOnes.get(way);
  if (known !== undefined) return known;
  const one = (async () => {
    const { world, connectionId } = await ready();
    const from = world.wire.actions.length;
    const { revocationId } = must(
      await world.workspace.revocations.revoke(connectionId, { way, performer, prove: false }),
    );
    await until(world, () => found(world, revocationId).state === 'closing');
    return { calls: world.wire.actions.slice(from), end: await whatIsThere(world) };
  })();
  cleanOnes.set(way, one);
  return one;
}

// side by side: the SDK's pauses before it asks again are of real time
describe.concurrent.each(ways)('$way, when a call of it', ({ way, performer }) => {
  it.each(faults)(
    '$name: says what is done and what is not, and finishes when it is resumed',
    async (fault) => {
      const { calls } = await clean(way, performer);
      expect(calls.length).toBeGreaterThan(0);
      await Promise.all(calls.map((_call, place) => suffer(way, performer, fault, place)));
    },
    60_000,
  );
});

/** The call at `place` fails until somebody acts; then it is gone on with. */
async function suffer(way: RevocationWay, performer: Performer, fault: Fault, place: number): Promise<void> {
  const { world, connectionId } = await ready();
  const { revocations } = world.workspace;
  let count = -1;
  let broken: string | undefined;
  let isHealed = false;
  world.wire.before = async (action, pass) => {
    count += 1;
    if (count === place) broken = action;
    if (isHealed || broken === undefined || action !== broken) return pass();
    return await fault.answer(pass, isOrganizations(action));
  };
  const where = `${way}: call ${place}`;
  const wish = { way, performer, prove: false };
  let begun = await revocations.revoke(connectionId, wish);
  if (!begun.ok) {
    // nothing was touched: the trouble came while it was read
    expect(fault.kinds, `${where}, ${broken ?? ''}`).toContain(begun.error.kind);
    expect(revocations.list(), where).toEqual([]);
    isHealed = true;
    begun = await revocations.revoke(connectionId, wish);
  }
  const { revocationId } = must(begun);
  if (!isHealed) {
    await until(world, () => ['failed', 'closing'].includes(found(world, revocationId).state));
    const stopped = found(world, revocationId);
    // what is asked beside the measures may fail without harm
    if (stopped.state === 'failed') {
      expect(fault.kinds, `${where}, ${broken ?? ''}`).toContain(stopped.error?.kind);
      expect(stopped.error?.whatToDo, where).not.toBe('');
      expect(
        wayFacts[way].measures
          .filter((measure) => measure !== 'prove')
          .every((measure) => stopped.taken.includes(measure)),
        where,
      ).toBe(false);
      expect(stopped.deadBy === undefined || stopped.taken.length > 0, where).toBe(true);
      isHealed = true;
      must(await revocations.resume(revocationId));
    }
    isHealed = true;
  }
  await until(world, () => found(world, revocationId).state === 'closing');
  const { steps, taken } = found(world, revocationId);
  expect(
    taken.filter((measure) => measure !== 'prove'),
    where,
  ).toEqual(wayFacts[way].measures.filter((measure) => measure !== 'prove'));
  expect(steps.at(-1)?.state, where).toBe('done');
  expect(await whatIsThere(world), `${where}, ${broken ?? ''}`).toBe((await clean(way, performer)).end);
}
