import type { AppError } from '../../core/app-error';
import type { Cancelled, Result } from '../../core/result';
import type { IamIdentitiesApi } from './iam-identities';

/** Where calls go. `endpoint` (a loopback sandbox or another AWS double) replaces every service's own address. */
export type AwsEnvironment =
  /** `region` us-east-1 where there is none */
  | { readonly kind: 'sandbox'; readonly region?: string }
  | {
      readonly kind: 'aws';
      readonly partition: string;
      readonly region: string;
      readonly endpoint?: string;
      /** of the shared config: its own FIPS and dual-stack count; an `endpoint_url` the SDK reads of the default profile only */
      readonly profileName?: string;
    };

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
  /** 50 at most; the role's trust must allow sts:TagSession */
  readonly tags?: readonly Tag[];
  readonly transitiveTagKeys?: readonly string[];
  /** STS's SourceIdentity; the role's trust must allow sts:SetSourceIdentity */
  readonly sourceIdentity?: string;
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
  /** ms since the epoch; some hours late, and of the last 400 days only (aws-reference §6.4). Lists leave it out. */
  readonly lastUsedAt?: number;
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

type Tagged = { readonly path: string; readonly tags: readonly Tag[] };
type NamedInput = { readonly name: string; readonly path: string; readonly tags: readonly Tag[] };

/** What IAM has besides roles. */
export interface IamObjectsApi {
  getPolicy(policyArn: string, options?: CallOptions): AwsResult<Tagged & { readonly defaultVersionId: string }>;
  /** decoded JSON text; AWS's own policies can be read in every account */
  getPolicyVersion(policyArn: string, versionId: string, options?: CallOptions): AwsResult<string>;
  createPolicy(
    input: NamedInput & { readonly description: string; readonly document: string },
    options?: CallOptions,
  ): AwsResult<void>;
  /** all pages */
  listPolicyVersions(
    policyArn: string,
    options?: CallOptions,
  ): AwsResult<readonly { readonly id: string; readonly isDefault: boolean }[]>;
  /** For everything that the policy is attached to, at once. */
  setDefaultPolicyVersion(policyArn: string, versionId: string, options?: CallOptions): AwsResult<void>;
  deletePolicyVersion(policyArn: string, versionId: string, options?: CallOptions): AwsResult<void>;
  deletePolicy(policyArn: string, options?: CallOptions): AwsResult<void>;
  getInstanceProfile(
    name: string,
    options?: CallOptions,
  ): AwsResult<Tagged & { readonly roleNames: readonly string[] }>;
  createInstanceProfile(input: NamedInput, options?: CallOptions): AwsResult<void>;
  deleteInstanceProfile(name: string, options?: CallOptions): AwsResult<void>;
  addRoleToInstanceProfile(profileName: string, roleName: string, options?: CallOptions): AwsResult<void>;
  /** IAM has no tags for groups. */
  getGroup(name: string, options?: CallOptions): AwsResult<{ readonly path: string }>;
  createGroup(input: Omit<NamedInput, 'tags'>, options?: CallOptions): AwsResult<void>;
  deleteGroup(name: string, options?: CallOptions): AwsResult<void>;
  attachGroupPolicy(groupName: string, policyArn: string, options?: CallOptions): AwsResult<void>;
  detachGroupPolicy(groupName: string, policyArn: string, options?: CallOptions): AwsResult<void>;
  getUser(name: string, options?: CallOptions): AwsResult<Tagged>;
  createUser(input: NamedInput, options?: CallOptions): AwsResult<void>;
  deleteUser(name: string, options?: CallOptions): AwsResult<void>;
  attachUserPolicy(userName: string, policyArn: string, options?: CallOptions): AwsResult<void>;
  detachUserPolicy(userName: string, policyArn: string, options?: CallOptions): AwsResult<void>;
  /** Replaces the one of that name. All inline policies of a user together have 2,048 characters without white space. */
  putUserPolicy(userName: string, policyName: string, document: string, options?: CallOptions): AwsResult<void>;
  /** decoded JSON text */
  getUserPolicy(userName: string, policyName: string, options?: CallOptions): AwsResult<string>;
  deleteUserPolicy(userName: string, policyName: string, options?: CallOptions): AwsResult<void>;
  addUserToGroup(userName: string, groupName: string, options?: CallOptions): AwsResult<void>;
  removeUserFromGroup(userName: string, groupName: string, options?: CallOptions): AwsResult<void>;
  /** IDs, all pages */
  listAccessKeys(userName: string, options?: CallOptions): AwsResult<readonly string[]>;
  /** Secret: what it answers goes into the keychain and nowhere else. */
  createAccessKey(
    userName: string,
    options?: CallOptions,
  ): AwsResult<{ readonly accessKeyId: string; readonly secretAccessKey: string }>;
  deleteAccessKey(userName: string, accessKeyId: string, options?: CallOptions): AwsResult<void>;
}

/** Buckets, in the Region that the environment names. */
export interface S3Api {
  /** names, the first page */
  listBuckets(options?: CallOptions): AwsResult<readonly string[]>;
  createBucket(bucket: string, region: string, options?: CallOptions): AwsResult<void>;
  deleteBucket(bucket: string, options?: CallOptions): AwsResult<void>;
  getBucketTags(bucket: string, options?: CallOptions): AwsResult<readonly Tag[]>;
  /** Replaces all of them. */
  putBucketTags(bucket: string, tags: readonly Tag[], options?: CallOptions): AwsResult<void>;
  /** All four kinds. */
  blockPublicAccess(bucket: string, options?: CallOptions): AwsResult<void>;
  keepVersions(bucket: string, options?: CallOptions): AwsResult<void>;
  /** JSON text, as S3 keeps it */
  getBucketPolicy(bucket: string, options?: CallOptions): AwsResult<string>;
  putBucketPolicy(bucket: string, document: string, options?: CallOptions): AwsResult<void>;
  deleteBucketPolicy(bucket: string, options?: CallOptions): AwsResult<void>;
}

/** What the simulator says of one action on one resource, the caller's own policies only (API reference, EvaluationResult). */
export type SimulatedDecision = {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny';
  /** absent: no service control policy has a say */
  readonly organizationAllows?: boolean;
  /** absent: there is no permissions boundary */
  readonly boundaryAllows?: boolean;
  /** policies ask for condition keys that the simulation was not given: a real call may be decided otherwise */
  readonly missesContext?: boolean;
};

/** When a service was last asked for, refused attempts among them; `lastAt` in ms since the epoch, absent for never. */
export type ServiceLastAccessed = {
  /** as it begins the names of its actions: `s3` */
  readonly namespace: string;
  readonly name: string;
  readonly lastAt?: number;
  /** those that AWS keeps track of, where it tells of them */
  readonly actions: readonly { readonly name: string; readonly lastAt?: number }[];
};

export type LastAccessedReport =
  | { readonly state: 'making' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'made'; readonly services: readonly ServiceLastAccessed[] };

export interface IamApi extends IamObjectsApi, IamIdentitiesApi {
  /**
   * Begins a report of the services and actions that a user or role may use, and when it last did: the last 400 days, some
   * hours late (API reference, GenerateServiceLastAccessedDetails). The job's ID
   */
  generateServiceLastAccessedDetails(arn: string, options?: CallOptions): AwsResult<string>;
  /** only for whoever began it; all pages */
  getServiceLastAccessedDetails(jobId: string, options?: CallOptions): AwsResult<LastAccessedReport>;
  /** `principalArn` of a user or role, never of a session; `context` values of condition keys, by name */
  simulatePrincipalPolicy(
    principalArn: string,
    action: string,
    resource: string,
    context: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): AwsResult<SimulatedDecision>;
  /** several actions on `*` at once, in the order asked; 50 at most. All pages */
  simulateActions(
    principalArn: string,
    actions: readonly string[],
    options?: CallOptions,
  ): AwsResult<readonly (SimulatedDecision & { readonly action: string })[]>;
  getRole(name: string, options?: CallOptions): AwsResult<IamRole>;
  createRole(input: CreateRoleInput, options?: CallOptions): AwsResult<IamRole>;
  deleteRole(name: string, options?: CallOptions): AwsResult<void>;
  updateAssumeRolePolicy(name: string, trustPolicy: string, options?: CallOptions): AwsResult<void>;
  /** Sets both: one that is left out may come back as its default. Seconds, 3600 to 43200. */
  updateRole(
    name: string,
    settings: { readonly description: string; readonly maxSessionDuration: number },
    options?: CallOptions,
  ): AwsResult<void>;
  /** Adds these, or gives those of the same key these values; others stay. */
  tagRole(name: string, tags: readonly Tag[], options?: CallOptions): AwsResult<void>;
  untagRole(name: string, keys: readonly string[], options?: CallOptions): AwsResult<void>;
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
  /** Replaces the one it has. Live sessions are cut too, since every request is decided anew (aws-reference §6.1). */
  putRolePermissionsBoundary(roleName: string, policyArn: string, options?: CallOptions): AwsResult<void>;
  deleteRolePermissionsBoundary(roleName: string, options?: CallOptions): AwsResult<void>;
  removeRoleFromInstanceProfile(profileName: string, roleName: string, options?: CallOptions): AwsResult<void>;
  listAccountAliases(options?: CallOptions): AwsResult<readonly string[]>;
  listRoles(options?: CallOptions): AwsResult<readonly IamRole[]>;
}

export type Organization = {
  readonly id: string;
  readonly arn: string;
  readonly managementAccountId: string;
  readonly managementAccountEmail: string;
  /** Policies and closing accounts need all features; the older kind is for bills alone. */
  readonly allFeatures: boolean;
};

export type OrganizationRoot = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Service control policies are switched on. */
  readonly serviceControlPolicies: boolean;
};

export type OrganizationalUnit = { readonly id: string; readonly arn: string; readonly name: string };

export type OrganizationParent = { readonly id: string; readonly kind: 'root' | 'unit' };

export type OrganizationAccount = {
  readonly id: string;
  readonly arn: string;
  readonly email: string;
  readonly name: string;
  readonly state: 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';
  /** By the organization itself, or as an account that was there before. */
  readonly joinedMethod: 'CREATED' | 'INVITED';
  /** ms since the epoch */
  readonly joinedAt: number;
};

export type CreateAccountInput = {
  /** 6 to 64 characters, never used for another AWS account (aws-reference §7). */
  readonly email: string;
  /** 1 to 50 characters of ASCII. */
  readonly name: string;
  /** Of the role that lets the management account in. */
  readonly roleName: string;
  readonly tags: readonly Tag[];
};

/** An account that was asked for (API reference, CreateAccountStatus). Times in ms since the epoch. */
export type AccountRequest = { readonly id: string; readonly accountName: string; readonly requestedAt: number } & (
  | { readonly state: 'IN_PROGRESS' }
  | { readonly state: 'SUCCEEDED'; readonly accountId: string; readonly completedAt: number }
  | { readonly state: 'FAILED'; readonly failureReason: string; readonly completedAt: number }
);

export type ServiceControlPolicy = {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  /** AWS's own, which cannot be changed or deleted. */
  readonly awsManaged: boolean;
};

export type PolicyTarget = { readonly id: string; readonly kind: 'root' | 'unit' | 'account'; readonly name: string };

/** AWS Organizations. All but `describeOrganization` work in the management account only. Lists are all pages. */
export interface OrganizationsApi {
  describeOrganization(options?: CallOptions): AwsResult<Organization>;
  /** With all features, so that service control policies are on. */
  createOrganization(options?: CallOptions): AwsResult<Organization>;
  listRoots(options?: CallOptions): AwsResult<readonly OrganizationRoot[]>;
  listOrganizationalUnits(parentId: string, options?: CallOptions): AwsResult<readonly OrganizationalUnit[]>;
  createOrganizationalUnit(parentId: string, name: string, options?: CallOptions): AwsResult<OrganizationalUnit>;
  listAccounts(options?: CallOptions): AwsResult<readonly OrganizationAccount[]>;
  /** Directly in the root or unit, without those of the units below. */
  listAccountsForParent(parentId: string, options?: CallOptions): AwsResult<readonly OrganizationAccount[]>;
  describeAccount(accountId: string, options?: CallOptions): AwsResult<OrganizationAccount>;
  /** One attempt, for a second one could make a second account: after a lost answer ask `listAccountRequests` (aws-reference §7). */
  createAccount(input: CreateAccountInput, options?: CallOptions): AwsResult<AccountRequest>;
  describeAccountRequest(requestId: string, options?: CallOptions): AwsResult<AccountRequest>;
  listAccountRequests(
    states: readonly AccountRequest['state'][],
    options?: CallOptions,
  ): AwsResult<readonly AccountRequest[]>;
  moveAccount(accountId: string, fromParentId: string, toParentId: string, options?: CallOptions): AwsResult<void>;
  /** Of an account or unit: the one that it is in. */
  listParents(childId: string, options?: CallOptions): AwsResult<readonly OrganizationParent[]>;
  /** Begins it: the account is PENDING_CLOSURE, and CLOSED some minutes later. */
  closeAccount(accountId: string, options?: CallOptions): AwsResult<void>;
  removeAccountFromOrganization(accountId: string, options?: CallOptions): AwsResult<void>;
  enableServiceControlPolicies(rootId: string, options?: CallOptions): AwsResult<void>;
  createPolicy(
    name: string,
    description: string,
    document: string,
    options?: CallOptions,
  ): AwsResult<ServiceControlPolicy>;
  /** JSON text */
  getPolicyDocument(policyId: string, options?: CallOptions): AwsResult<string>;
  listPolicies(options?: CallOptions): AwsResult<readonly ServiceControlPolicy[]>;
  deletePolicy(policyId: string, options?: CallOptions): AwsResult<void>;
  /** To a root, unit or account, by its ID; so the other calls that have a target. */
  attachPolicy(policyId: string, targetId: string, options?: CallOptions): AwsResult<void>;
  detachPolicy(policyId: string, targetId: string, options?: CallOptions): AwsResult<void>;
  listPoliciesForTarget(targetId: string, options?: CallOptions): AwsResult<readonly ServiceControlPolicy[]>;
  listTargetsForPolicy(policyId: string, options?: CallOptions): AwsResult<readonly PolicyTarget[]>;
  /** Of a root, unit, account or policy, by its ID. */
  listTags(resourceId: string, options?: CallOptions): AwsResult<readonly Tag[]>;
  tagResource(resourceId: string, tags: readonly Tag[], options?: CallOptions): AwsResult<void>;
  untagResource(resourceId: string, keys: readonly string[], options?: CallOptions): AwsResult<void>;
}

/** The whole AWS layer as the services see it. Clients are made lazily: nothing of the SDK is loaded before a call. */
export interface Aws {
  sts(environment: AwsEnvironment, credentials: CredentialsProvider): StsApi;
  iam(environment: AwsEnvironment, credentials: CredentialsProvider): IamApi;
  s3(environment: AwsEnvironment, credentials: CredentialsProvider): S3Api;
  organizations(environment: AwsEnvironment, credentials: CredentialsProvider): OrganizationsApi;
}
