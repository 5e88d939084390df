import { describe, expect, test } from 'vitest';
import { createAws } from '../../../main/aws/create-aws';
import type { AwsEnvironment, AssumeRoleInput, CredentialsProvider } from '../../../main/aws/aws-api';
import type { AppError } from '../../../core/app-error';
import { err } from '../../../core/result';
import { createSandbox } from '../../../main/sandbox/sandbox';
import { serveSandbox } from '../../../main/sandbox/server';
import { ManualClock } from '../../support/manual-clock';
import { errorOf, fixed, practice, sandboxEnvironment, testSigningKey, valueOf } from '../../support/practice';

describe('the AWS layer', () => {
  test('answers with the request id and the server’s time', async () => {
    const { sandbox, sts } = practice();
    const settled = await sts(sandbox.identities.deployer).getCallerIdentity();
    expect(settled).toMatchObject({
      ok: true,
      value: {
        at: Date.parse('2026-11-22T09:00:00Z'),
        value: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/practice-deployer' },
      },
    });
  });

  test('reaches a served sandbox over HTTP as it reaches one in process', async () => {
    const clock = new ManualClock();
    const sandbox = createSandbox({ clock, signingKey: testSigningKey });
    const server = await serveSandbox(sandbox, 0);
    try {
      const environment: AwsEnvironment = {
        kind: 'aws',
        partition: 'aws',
        region: 'eu-west-1',
        endpoint: server.endpoint,
      };
      const aws = createAws({ clock, version: '0.0.0' });
      const who = await valueOf(aws.sts(environment, fixed(sandbox.identities.owner)).getCallerIdentity());
      expect(who.accountId).toBe('222233334444');
      expect(await valueOf(aws.iam(environment, fixed(sandbox.identities.owner)).listAccountAliases())).toEqual([
        'practice-production',
      ]);
    } finally {
      await server.close();
    }
  });

  test('asks the provider before every call, and passes its error on', async () => {
    const { aws, sandbox } = practice();
    const failure: AppError = {
      kind: 'credentials-missing',
      message: 'Nobody is signed in.',
      whatDidNotChange: '',
      whatToDo: 'Sign in.',
      retryable: false,
      remedies: [],
    };
    let signedIn = true;
    let asked = 0;
    const provider: CredentialsProvider = () => {
      asked += 1;
      return Promise.resolve(signedIn ? { ok: true, value: sandbox.identities.deployer } : err(failure));
    };
    const sts = aws.sts(sandboxEnvironment, provider);
    await valueOf(sts.getCallerIdentity());
    await valueOf(sts.getCallerIdentity());
    expect(asked).toBe(2);
    signedIn = false;
    expect(await errorOf(sts.getCallerIdentity())).toEqual(failure);
  });

  test('uses what the provider gives now, not what it gave once', async () => {
    const { aws, sandbox } = practice();
    let current = sandbox.identities.deployer;
    const sts = aws.sts(sandboxEnvironment, () => Promise.resolve({ ok: true, value: current }));
    expect((await valueOf(sts.getCallerIdentity())).accountId).toBe('111122223333');
    current = sandbox.identities.owner;
    expect((await valueOf(sts.getCallerIdentity())).accountId).toBe('222233334444');
  });

  test('names itself to AWS', async () => {
    const { clock, sandbox } = practice();
    let agent = '';
    const aws = createAws({
      clock,
      version: '1.2.3',
      sandbox: {
        handle: (request) => {
          agent = request.headers['user-agent'] ?? '';
          return sandbox.handle(request);
        },
      },
    });
    await valueOf(aws.sts(sandboxEnvironment, fixed(sandbox.identities.deployer)).getCallerIdentity());
    expect(agent).toContain('Sallyport/1.2.3');
  });

  test.each<[string, Partial<AssumeRoleInput>, string]>([
    ['a user’s ARN', { roleArn: 'arn:aws:iam::222233334444:user/Deploy' }, 'roleArn'],
    ['a space in the session’s name', { sessionName: 'a b' }, 'sessionName'],
    ['a name of one letter', { sessionName: 'a' }, 'sessionName'],
    ['fourteen minutes', { durationSeconds: 899 }, 'durationSeconds'],
    ['thirteen hours', { durationSeconds: 46_800 }, 'durationSeconds'],
    ['half a second', { durationSeconds: 900.5 }, 'durationSeconds'],
    ['an external ID with a quote', { externalId: `a"b` }, 'externalId'],
    ['five digits', { tokenCode: '12345', serialNumber: 'arn:aws:iam::1:mfa/x' }, 'tokenCode'],
    ['a policy that is too long', { policy: ' '.repeat(2049) }, 'policy'],
  ])('does not send %s', async (_name, change, field) => {
    let sent = 0;
    const aws = createAws({
      clock: new ManualClock(),
      version: '0.0.0',
      sandbox: {
        handle: () => {
          sent += 1;
          return Promise.reject(new Error('must not be sent'));
        },
      },
    });
    const input = {
      roleArn: 'arn:aws:iam::222233334444:role/Deploy',
      sessionName: 'check',
      durationSeconds: 900,
      ...change,
    };
    const credentials = fixed({ accessKeyId: 'AKIAABCDEFGHIJKLMNOP', secretAccessKey: 's' });
    const error = await errorOf(aws.sts(sandboxEnvironment, credentials).assumeRole(input));
    expect(error).toMatchObject({ kind: 'invalid-input', field });
    expect(sent).toBe(0);
  });
});

describe('the server’s clock', () => {
  /** The app's clock and the server's are two: the server's is ahead by `difference` milliseconds. */
  function apart(difference: number, clock = new ManualClock(), serverClock: ManualClock = clock) {
    const sandbox = createSandbox({
      clock: serverClock,
      signingKey: testSigningKey,
      trouble: { serverClockOffsetMs: difference },
    });
    let requests = 0;
    const counted = {
      handle: (request: Parameters<typeof sandbox.handle>[0]) => {
        requests += 1;
        return sandbox.handle(request);
      },
    };
    const aws = createAws({ clock, sandbox: counted, version: '0.0.0' });
    const sts = aws.sts(sandboxEnvironment, fixed(sandbox.identities.deployer));
    return { clock, sts, requests: () => requests };
  }

  test('one that agrees is known to agree, and time does not jump within the second', async () => {
    const { clock, sts } = apart(0);
    expect(clock.offset()).toBeUndefined();
    for (let call = 0; call < 5; call += 1) {
      clock.advance(333);
      const before = clock.now();
      await valueOf(sts.getCallerIdentity());
      expect(clock.now()).toBe(before);
    }
    expect(clock.offset()).toBe(0);
  });

  test.each([90_000, -90_000, 7_200_000, -7_200_000])(
    '%i ms apart: learnt with the first answer, then used',
    async (difference) => {
      const { clock, sts } = apart(difference);
      await valueOf(sts.getCallerIdentity());
      expect(Math.abs((clock.offset() ?? 0) - difference)).toBeLessThanOrEqual(1000);
      const learnt = clock.offset();
      clock.advance(5_000);
      await valueOf(sts.getCallerIdentity());
      expect(Math.abs((clock.offset() ?? 0) - (learnt ?? 0))).toBeLessThanOrEqual(1000);
    },
  );

  test('a clock that was set right after its error was learnt costs one more request, not a refusal', async () => {
    // The SDK compares the server's time with the computer's real clock, so that one is the server's here.
    const { clock, sts, requests } = apart(0, new ManualClock(Date.now()), new ManualClock(Date.now()));
    clock.learnOffset(-7_200_000);
    await valueOf(sts.getCallerIdentity());
    expect(requests()).toBe(2);
    expect(Math.abs(clock.offset() ?? 0)).toBeLessThanOrEqual(1000);
  });

  test('a wrong clock costs one more request, once; refusals are not repeated for it', async () => {
    const { requests, sts } = apart(7_200_000);
    await valueOf(sts.getCallerIdentity());
    expect(requests()).toBe(2);
    await valueOf(sts.getCallerIdentity());
    expect(requests()).toBe(3);
    const input = { roleArn: 'arn:aws:iam::222233334444:role/Nobody', sessionName: 'check', durationSeconds: 900 };
    expect((await errorOf(sts.assumeRole(input))).kind).toBe('access-denied');
    expect(requests()).toBe(4);
  });
});
