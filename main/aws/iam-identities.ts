import type { AttachedPolicy, AwsResult, CallOptions, Tag } from './aws-api';

/** One page of a list. `next` asks for the one after it; absent on the last. */
export type ListPage<T> = { readonly items: readonly T[]; readonly next?: string };

/** As lists have it. Times in ms since the epoch. */
export type IamListed = {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: number;
};

export type IamListedUser = IamListed & {
  /** of the console's password; absent: never, or before October 2014 (API reference, User) */
  readonly passwordLastUsedAt?: number;
};

export type IamUser = IamListedUser & { readonly tags: readonly Tag[]; readonly permissionsBoundaryArn?: string };

export type IamAccessKey = { readonly accessKeyId: string; readonly active: boolean; readonly createdAt: number };

/** `at` is absent for a key that was never used since April 2015, when IAM began to look (API reference, AccessKeyLastUsed). */
export type IamKeyUse = { readonly at?: number; readonly service: string; readonly region: string };

export type IamMfaDevice = { readonly serialNumber: string; readonly enabledAt: number };

/** Signing certificates, SSH keys and service-specific credentials, each by its ID. */
export type IamUserCredential = { readonly id: string; readonly active: boolean };

/** Who is in an account, and what hangs on each. Lists without `Page` in their name are all pages. */
export interface IamIdentitiesApi {
  /** 1,000 on a page at most; `marker` is the `next` of the page before */
  listUsersPage(marker?: string, options?: CallOptions): AwsResult<ListPage<IamListedUser>>;
  listRolesPage(marker?: string, options?: CallOptions): AwsResult<ListPage<IamListed>>;
  listGroupsPage(marker?: string, options?: CallOptions): AwsResult<ListPage<IamListed>>;
  /** With tags and boundary, which lists leave out. */
  getWholeUser(name: string, options?: CallOptions): AwsResult<IamUser>;
  listKeys(userName: string, options?: CallOptions): AwsResult<readonly IamAccessKey[]>;
  getKeyUse(accessKeyId: string, options?: CallOptions): AwsResult<IamKeyUse>;
  setKeyActive(userName: string, accessKeyId: string, active: boolean, options?: CallOptions): AwsResult<void>;
  /** `no-such-entity`: the user has no password for the console */
  getLoginProfile(userName: string, options?: CallOptions): AwsResult<{ readonly createdAt: number }>;
  deleteLoginProfile(userName: string, options?: CallOptions): AwsResult<void>;
  listMfaDevices(userName: string, options?: CallOptions): AwsResult<readonly IamMfaDevice[]>;
  deactivateMfaDevice(userName: string, serialNumber: string, options?: CallOptions): AwsResult<void>;
  /** Virtual ones alone are deleted, and only when nobody uses them. */
  deleteVirtualMfaDevice(serialNumber: string, options?: CallOptions): AwsResult<void>;
  listGroupsForUser(userName: string, options?: CallOptions): AwsResult<readonly string[]>;
  listUserPolicies(userName: string, options?: CallOptions): AwsResult<readonly string[]>;
  listAttachedUserPolicies(userName: string, options?: CallOptions): AwsResult<readonly AttachedPolicy[]>;
  listGroupPolicies(groupName: string, options?: CallOptions): AwsResult<readonly string[]>;
  listAttachedGroupPolicies(groupName: string, options?: CallOptions): AwsResult<readonly AttachedPolicy[]>;
  listGroupMembers(groupName: string, options?: CallOptions): AwsResult<readonly string[]>;
  listSigningCertificates(userName: string, options?: CallOptions): AwsResult<readonly IamUserCredential[]>;
  deleteSigningCertificate(userName: string, id: string, options?: CallOptions): AwsResult<void>;
  listSshPublicKeys(userName: string, options?: CallOptions): AwsResult<readonly IamUserCredential[]>;
  deleteSshPublicKey(userName: string, id: string, options?: CallOptions): AwsResult<void>;
  listServiceCredentials(userName: string, options?: CallOptions): AwsResult<readonly IamUserCredential[]>;
  deleteServiceCredential(userName: string, id: string, options?: CallOptions): AwsResult<void>;
}
