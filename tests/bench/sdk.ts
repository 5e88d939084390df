import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { createServer } from 'node:http';
import { parsePolicyDocument } from '../../core/domain/policy-document';
import { compilePolicy, evaluate } from '../../core/domain/policy-evaluation';
import { createAws } from '../../main/aws/create-aws';
import { SystemClock } from '../../main/platform/system-clock';
import { loadScenario } from '../../main/sandbox/scenario-catalog';
import { createSandbox } from '../../main/sandbox/sandbox';
import { serveSandbox } from '../../main/sandbox/server';

/** Milliseconds, medians after warm-up; decisions a second. */
export type SdkFigures = Readonly<
  Record<
    'emptyServerMs' | 'inProcessMs' | 'servedMs' | 'inProcessRatio' | 'servedRatio' | 'decisions' | 'thousandMs',
    number
  >
>;

const warmUp = 60;
const measured = 400;
const signingKey = new Uint8Array(32).fill(7);

async function medianOf(act: () => Promise<unknown>): Promise<number> {
  for (let count = 0; count < warmUp; count += 1) await act();
  const times: number[] = [];
  for (let count = 0; count < measured; count += 1) {
    const begun = performance.now();
    await act();
    times.push(performance.now() - begun);
  }
  return times.sort((left, right) => left - right)[measured / 2] ?? 0;
}

const canned = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:bench</AssumedRoleId><Arn>arn:aws:sts::222233334444:assumed-role/Bench/bench</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>none</SecretAccessKey><SessionToken>none</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></AssumeRoleResponse>`;

/** The bare SDK against a server that knows one answer: what the SDK and a loopback connection cost by themselves. */
async function emptyServer(): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end(canned));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = new STSClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'none' },
  });
  const median = await medianOf(() => client.send(new AssumeRoleCommand(assumed)));
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return median;
}

const assumed = { RoleArn: 'arn:aws:iam::222233334444:role/Bench', RoleSessionName: 'bench', ExternalId: 'bench-1' };

async function sandboxAssumeRole(): Promise<{ readonly inProcess: number; readonly served: number }> {
  const clock = new SystemClock();
  const sandbox = createSandbox({ clock, signingKey });
  const { deployer, owner } = sandbox.identities;
  const aws = createAws({ clock, sandbox, version: '0.0.0' });
  const inPractice = { kind: 'sandbox' } as const;
  const as = (credentials: typeof owner) => () => Promise.resolve({ ok: true as const, value: credentials });
  const made = await aws.iam(inPractice, as(owner)).createRole({
    name: 'Bench',
    path: '/',
    description: '',
    maxSessionDuration: 3600,
    tags: [],
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: deployer.accountId },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': assumed.ExternalId } },
      },
    }),
  });
  if (!made.ok) throw new Error('The role could not be made');
  const sts = aws.sts(inPractice, as(deployer));
  const input = {
    roleArn: assumed.RoleArn,
    sessionName: 'bench',
    externalId: assumed.ExternalId,
    durationSeconds: 900,
  };
  const inProcess = await medianOf(async () => {
    const answer = await sts.assumeRole(input);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  });
  const server = await serveSandbox(sandbox, 0);
  const client = new STSClient({ region: 'us-east-1', endpoint: server.endpoint, credentials: deployer });
  const served = await medianOf(() => client.send(new AssumeRoleCommand(assumed)));
  client.destroy();
  await server.close();
  return { inProcess, served };
}

/** A role with AdministratorAccess and five further policies, asked for one action after another. */
function decisionsPerSecond(): number {
  const statements = (index: number) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: `arn:aws:s3:::bucket-${index}/*` },
      {
        Effect: 'Deny',
        Action: 'iam:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': `eu-west-${index}` } },
      },
    ],
  });
  const administrator = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const identity = [administrator, ...[1, 2, 3, 4, 5].map(statements)].map((document, index) => {
    const read = parsePolicyDocument(JSON.stringify(document), 'identity');
    if (!read.ok) throw new Error(read.message);
    return compilePolicy(`policy-${index}`, read.document);
  });
  const actions = ['s3:GetObject', 'ec2:RunInstances', 'iam:CreateRole', 'sts:AssumeRole', 'lambda:InvokeFunction'];
  const context = new Map([['aws:requestedregion', ['us-east-1']]]);
  const accountId = '222233334444';
  const ask = (action: string) =>
    evaluate(
      {
        action,
        resource: 'arn:aws:s3:::bucket-3/key',
        resourceAccountId: accountId,
        caller: {
          kind: 'role-session',
          accountId,
          arn: `arn:aws:sts::${accountId}:assumed-role/Bench/bench`,
          roleArn: `arn:aws:iam::${accountId}:role/Bench`,
        },
        context,
      },
      { identity },
    );
  for (let count = 0; count < 20_000; count += 1) ask(actions[count % actions.length] ?? '');
  const total = 200_000;
  const begun = performance.now();
  for (let count = 0; count < total; count += 1) ask(actions[count % actions.length] ?? '');
  return total / ((performance.now() - begun) / 1000);
}

async function thousandAccounts(): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 5; count += 1) {
    const begun = performance.now();
    createSandbox({ clock: new SystemClock(), signingKey, scenario: await loadScenario('thousand-accounts') });
    times.push(performance.now() - begun);
  }
  return times.sort((left, right) => left - right)[2] ?? 0;
}

/** The sandbox and the evaluator, beside the SDK alone. */
export async function measureSdk(): Promise<SdkFigures> {
  const emptyServerMs = await emptyServer();
  const { inProcess, served } = await sandboxAssumeRole();
  return {
    emptyServerMs,
    inProcessMs: inProcess,
    servedMs: served,
    inProcessRatio: inProcess / emptyServerMs,
    servedRatio: served / emptyServerMs,
    decisions: decisionsPerSecond(),
    thousandMs: await thousandAccounts(),
  };
}

export function sdkLines(figures: SdkFigures): readonly (readonly string[])[] {
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  const times = (value: number): string => `${value.toFixed(2)}×`;
  return [
    ['', 'bare SDK', 'sandbox', 'ratio'],
    ['AssumeRole in process', ms(figures.emptyServerMs), ms(figures.inProcessMs), times(figures.inProcessRatio)],
    ['AssumeRole over loopback', ms(figures.emptyServerMs), ms(figures.servedMs), times(figures.servedRatio)],
    ['a thousand accounts begin', '', ms(figures.thousandMs), ''],
    ['policy decisions a second', '', Math.round(figures.decisions).toLocaleString('en'), ''],
  ];
}
