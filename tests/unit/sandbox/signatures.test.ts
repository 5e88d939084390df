import { GetCredentialReportCommand } from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import type { AwsCredentials } from '../../../main/aws/aws-api';
import { createAws } from '../../../main/aws/create-aws';
import { SandboxHttpHandler } from '../../../main/aws/sandbox-handler';
import { computerNow } from '../../../main/platform/computer-time';
import { bodyText, type SandboxRequest } from '../../../main/sandbox/http';
import { errorOf, fixed, practice, sandboxEnvironment, trustPolicy, valueOf } from '../../support/practice';
import { bareIam, refusalOf } from '../../support/sdk';

/** The SDK signs; `change` is what happens to the request on its way. */
function tampered(change: (request: SandboxRequest) => SandboxRequest, as: 'deployer' | 'owner' = 'deployer') {
  const world = practice();
  const aws = createAws({
    clock: world.clock,
    version: '0.0.0',
    sandbox: { handle: (request) => world.sandbox.handle(change(request)) },
  });
  return aws.sts(sandboxEnvironment, fixed(world.sandbox.identities[as])).getCallerIdentity();
}

async function session(): Promise<{
  world: ReturnType<typeof practice>;
  credentials: AwsCredentials & { sessionToken: string };
}> {
  const world = practice();
  await valueOf(
    world.iam(world.sandbox.identities.owner).createRole({
      name: 'Deploy',
      path: '/',
      description: '',
      trustPolicy: trustPolicy(),
      maxSessionDuration: 3600,
      tags: [],
    }),
  );
  const { credentials } = await valueOf(
    world
      .sts(world.sandbox.identities.deployer)
      .assumeRole({ roleArn: 'arn:aws:iam::222233334444:role/Deploy', sessionName: 'signed', durationSeconds: 900 }),
  );
  return { world, credentials };
}

describe('signatures', () => {
  test('a wrong secret is SignatureDoesNotMatch', async () => {
    const { sandbox, sts } = practice();
    const error = await errorOf(
      sts({ ...sandbox.identities.deployer, secretAccessKey: 'x'.repeat(40) }).getCallerIdentity(),
    );
    expect(error).toMatchObject({ kind: 'signature-mismatch', code: 'SignatureDoesNotMatch', httpStatus: 403 });
  });

  test('another account’s secret is SignatureDoesNotMatch too', async () => {
    const { sandbox, sts } = practice();
    const { deployer, owner } = sandbox.identities;
    const error = await errorOf(sts({ ...deployer, secretAccessKey: owner.secretAccessKey }).getCallerIdentity());
    expect(error.code).toBe('SignatureDoesNotMatch');
  });

  test('an unknown key is InvalidClientTokenId', async () => {
    const { sandbox, sts } = practice();
    const error = await errorOf(
      sts({ ...sandbox.identities.deployer, accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }).getCallerIdentity(),
    );
    expect(error).toMatchObject({
      kind: 'credentials-invalid',
      code: 'InvalidClientTokenId',
      httpStatus: 403,
      detail: 'The security token included in the request is invalid.',
    });
  });

  test('a session’s key needs its own token, whole', async () => {
    const { credentials, world } = await session();
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    await valueOf(world.sts(credentials).getCallerIdentity());
    expect((await errorOf(world.sts({ accessKeyId, secretAccessKey }).getCallerIdentity())).code).toBe(
      'InvalidClientTokenId',
    );
    const cut = { accessKeyId, secretAccessKey, sessionToken: sessionToken.slice(0, -1) };
    expect((await errorOf(world.sts(cut).getCallerIdentity())).code).toBe('InvalidClientTokenId');
    const longTerm = { ...world.sandbox.identities.deployer, sessionToken };
    expect((await errorOf(world.sts(longTerm).getCallerIdentity())).code).toBe('InvalidClientTokenId');
  });

  test('an unchanged request passes; one changed on its way does not', async () => {
    expect((await tampered((request) => request)).ok).toBe(true);
    const body = await errorOf(tampered((request) => ({ ...request, body: `${bodyText(request)}&Extra=1` })));
    expect(body.code).toBe('SignatureDoesNotMatch');
    const header = await errorOf(
      tampered((request) => ({ ...request, headers: { ...request.headers, host: 'elsewhere.example' } })),
    );
    expect(header.code).toBe('SignatureDoesNotMatch');
    const query = await errorOf(tampered((request) => ({ ...request, query: { added: '1' } })));
    expect(query.code).toBe('SignatureDoesNotMatch');
    const method = await errorOf(tampered((request) => ({ ...request, method: 'PUT' })));
    expect(method.code).toBe('SignatureDoesNotMatch');
  });

  test('a request without a signature is refused', async () => {
    const error = await errorOf(
      tampered((request) => ({
        ...request,
        headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== 'authorization')),
      })),
    );
    expect(error).toMatchObject({ kind: 'credentials-invalid', code: 'MissingAuthenticationToken' });
  });

  test('an operation and a service that the sandbox does not have are refused by name', async () => {
    const { clock, sandbox } = practice();
    const { owner } = sandbox.identities;
    const operation = await refusalOf(bareIam(sandbox, clock, owner).send(new GetCredentialReportCommand({})));
    expect(operation).toMatchObject({ name: 'InvalidAction', status: 400 });
    expect(operation.message).toContain('the practice sandbox does not offer it');
    // Signed for a service of which there is no client here.
    const elsewhere = new OrganizationsClient({
      region: 'us-east-1',
      credentials: owner,
      maxAttempts: 1,
      requestHandler: new SandboxHttpHandler(sandbox),
      systemClockOffset: clock.now() - computerNow(),
      ...{ signingName: 'kinesis' },
    });
    const service = await refusalOf(elsewhere.send(new DescribeOrganizationCommand({})));
    expect(service).toMatchObject({ name: 'UnknownOperationException', status: 400 });
    expect(service.message).toContain('The practice sandbox does not offer the service “kinesis”');
  });

  test('a caller whose clock is six minutes slow is told when its signature expired', async () => {
    const world = practice();
    let delivered = 0;
    const aws = createAws({
      clock: world.clock,
      version: '0.0.0',
      sandbox: {
        handle: async (request) => {
          delivered += 1;
          // It lay about for six minutes before it was delivered; without a Date the SDK cannot correct itself.
          world.clock.advance(360_000);
          const response = await world.sandbox.handle(request);
          return {
            ...response,
            headers: Object.fromEntries(Object.entries(response.headers).filter(([name]) => name !== 'date')),
          };
        },
      },
    });
    const error = await errorOf(
      aws.sts(sandboxEnvironment, fixed(world.sandbox.identities.deployer)).getCallerIdentity(),
    );
    expect(error.kind).toBe('clock-wrong');
    expect(error.detail).toMatch(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    );
    expect(delivered).toBe(1);
  });

  test('answers carry a request id and the sandbox’s own date', async () => {
    const world = practice();
    const settled = await world.sts(world.sandbox.identities.deployer).getCallerIdentity();
    if (!settled.ok) throw new Error('refused');
    expect(settled.value.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(settled.value.at).toBe(Date.parse('2026-11-22T09:00:00Z'));
  });
});
