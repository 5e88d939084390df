import type { AppError } from '../../core/app-error';
import type { Cancelled, Result } from '../../core/result';

/** Where calls go. `endpoint` (a loopback sandbox or another AWS double) replaces every service's own address. */
export type AwsEnvironment =
  /** `region` us-east-1 where there is none */
  | { readonly kind: 'sandbox'; readonly region?: string }
  | { readonly kind: 'aws'; readonly partition: string; readonly region: string; readonly endpoint?: string };

/** Secret: never leaves main, never logged. `expiration` in milliseconds since the epoch, absent for long-term keys. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: number;
};

/** Yields credentials when a call needs them, refreshing as its kind allows. */
export type CredentialsProvider = () => Promise<Result<AwsCredentials>>;

/** What AWS answered, with the evidence: its request id and the server's time (ms since the epoch) when it answered. */
export type Answer<T> = { readonly value: T; readonly requestId: string; readonly at: number };

export type AwsResult<T> = Promise<Result<Answer<T>, AppError | Cancelled>>;

export type CallOptions = { readonly signal?: AbortSignal };

export type CallerIdentity = {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
};

export type AssumeRoleInput = {
  readonly roleArn: string;
  readonly sessionName: string;
  /** 900 to 43200; 3600 at most when chaining (aws-reference §3.1). */
  readonly durationSeconds: number;
  readonly externalId?: string;
  readonly serialNumber?: string;
  readonly tokenCode?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
};

export type AssumedSession = {
  readonly credentials: AwsCredentials & { readonly sessionToken: string; readonly expiration: number };
  readonly assumedRoleArn: string;
  readonly assumedRoleId: string;
};

export interface StsApi {
  getCallerIdentity(options?: CallOptions): AwsResult<CallerIdentity>;
  assumeRole(input: AssumeRoleInput, options?: CallOptions): AwsResult<AssumedSession>;
}

export type Tag = { readonly key: string; readonly value: string };

export type IamRole = {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly roleId: string;
  /** ms since the epoch */
  readonly createdAt: number;
  /** seconds, 3600 to 43200 */
  readonly maxSessionDuration: number;
  /** decoded JSON text, exactly as stored */
  readonly trustPolicy: string;
  readonly description: string;
  readonly tags: readonly Tag[];
  readonly permissionsBoundaryArn?: string;
};

export type CreateRoleInput = {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly trustPolicy: string;
  readonly maxSessionDuration: number;
  readonly tags: readonly Tag[];
  readonly permissionsBoundaryArn?: string;
};

export type AttachedPolicy = { readonly arn: string; readonly name: string };

export interface IamApi {
  getRole(name: string, options?: CallOptions): AwsResult<IamRole>;
  createRole(input: CreateRoleInput, options?: CallOptions): AwsResult<IamRole>;
  deleteRole(name: string, options?: CallOptions): AwsResult<void>;
  updateAssumeRolePolicy(name: string, trustPolicy: string, options?: CallOptions): AwsResult<void>;
  putRolePolicy(roleName: string, policyName: string, document: string, options?: CallOptions): AwsResult<void>;
  /** decoded JSON text */
  getRolePolicy(roleName: string, policyName: string, options?: CallOptions): AwsResult<string>;
  deleteRolePolicy(roleName: string, policyName: string, options?: CallOptions): AwsResult<void>;
  /** all pages */
  listRolePolicies(roleName: string, options?: CallOptions): AwsResult<readonly string[]>;
  attachRolePolicy(roleName: string, policyArn: string, options?: CallOptions): AwsResult<void>;
  detachRolePolicy(roleName: string, policyArn: string, options?: CallOptions): AwsResult<void>;
  /** all pages */
  listAttachedRolePolicies(roleName: string, options?: CallOptions): AwsResult<readonly AttachedPolicy[]>;
  /** instance profile names, all pages */
  listInstanceProfilesForRole(roleName: string, options?: CallOptions): AwsResult<readonly string[]>;
  removeRoleFromInstanceProfile(profileName: string, roleName: string, options?: CallOptions): AwsResult<void>;
  listAccountAliases(options?: CallOptions): AwsResult<readonly string[]>;
  listRoles(options?: CallOptions): AwsResult<readonly IamRole[]>;
}

/** The whole AWS layer as the services see it. Clients are made lazily: nothing of the SDK is loaded before a call. */
export interface Aws {
  sts(environment: AwsEnvironment, credentials: CredentialsProvider): StsApi;
  iam(environment: AwsEnvironment, credentials: CredentialsProvider): IamApi;
}
