import type { AppError } from '../../core/app-error';
import type { Cancelled, Result } from '../../core/result';
import type { Answer, Aws, AwsCredentials, AwsEnvironment, CredentialsProvider } from '../../main/aws/aws-api';
import { createAws } from '../../main/aws/create-aws';
import { Network, type NetworkPort } from '../../main/aws/network';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../main/sandbox/sandbox';
import { ManualClock } from './manual-clock';

export const sandboxEnvironment: AwsEnvironment = { kind: 'sandbox' };

/** A signing key for tests; what is derived from it opens nothing. */
export const testSigningKey = new Uint8Array(32).fill(7);

export function fixed(credentials: AwsCredentials): CredentialsProvider {
  return () => Promise.resolve({ ok: true, value: credentials });
}

/** Reaches loopback servers whatever the environment of the test run says. */
export function straightNetwork(clock: ManualClock): NetworkPort {
  return new Network({ clock, variables: {} });
}

export type Practice = {
  readonly clock: ManualClock;
  readonly sandbox: Sandbox;
  readonly aws: Aws;
  /** This computer's, straight: the sandbox needs none. */
  readonly network: NetworkPort;
  sts(credentials: AwsCredentials): ReturnType<Aws['sts']>;
  iam(credentials: AwsCredentials): ReturnType<Aws['iam']>;
};

/** The real AWS layer on the real sandbox, on a clock that stands still. */
export function practice(options: Partial<SandboxOptions> = {}): Practice {
  const clock = new ManualClock();
  const sandbox = createSandbox({ clock, signingKey: testSigningKey, ...options });
  const aws = createAws({ clock, sandbox, version: '0.0.0' });
  return {
    clock,
    sandbox,
    aws,
    network: straightNetwork(clock),
    sts: (credentials) => aws.sts(sandboxEnvironment, fixed(credentials)),
    iam: (credentials) => aws.iam(sandboxEnvironment, fixed(credentials)),
  };
}

/** The value of an answer; fails the test with AWS's words otherwise. */
export async function valueOf<T>(result: Promise<Result<Answer<T>, AppError | Cancelled>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(`Expected an answer, got ${JSON.stringify(settled.error)}`);
  return settled.value.value;
}

/** The error of a refusal; fails the test when there was an answer. */
export async function errorOf(result: Promise<Result<unknown, AppError | Cancelled>>): Promise<AppError> {
  const settled = await result;
  if (settled.ok) throw new Error(`Expected a refusal, got ${JSON.stringify(settled.value)}`);
  if (settled.error.kind === 'cancelled') throw new Error('Expected a refusal, it was cancelled');
  return settled.error;
}

export type TrustOptions = { readonly principal?: string; readonly externalId?: string };

export function trustPolicy({ principal = 'arn:aws:iam::111122223333:root', externalId }: TrustOptions = {}): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        ...(externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  });
}

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';
