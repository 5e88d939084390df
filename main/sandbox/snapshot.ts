import { z } from '../../core/zod';
import { bucketSchema } from './bucket-record';
import { organizationSchema } from './organization-record';

/**
 * The sandbox's whole state as data. Nothing in it is secret: secret keys and session tokens are derived from the
 * signing key, which is kept elsewhere. Times are milliseconds since the epoch.
 */
const tags = z.array(z.object({ key: z.string(), value: z.string() }));
const inlinePolicies = z.array(z.object({ name: z.string(), document: z.string() }));
const accessKey = z.object({
  id: z.string(),
  status: z.enum(['Active', 'Inactive']),
  createdAt: z.number(),
  lastUsed: z.object({ at: z.number(), region: z.string(), service: z.string() }).optional(),
});

const userCredential = z.object({ id: z.string(), status: z.enum(['Active', 'Inactive']), createdAt: z.number() });

/** When each service, and each action of it, was last asked for, by the beginning of its actions' names: `s3`. */
const access = z
  .record(
    z.string(),
    z.object({
      ...{ at: z.number(), region: z.string() },
      actions: z.record(z.string(), z.object({ at: z.number(), region: z.string() })),
    }),
  )
  .optional();

const user = z.object({
  name: z.string(),
  path: z.string(),
  id: z.string(),
  createdAt: z.number(),
  inline: inlinePolicies,
  attached: z.array(z.string()),
  boundaryArn: z.string().optional(),
  accessKeys: z.array(accessKey),
  tags,
  /** The password for the console; there is no console here, and the password itself is not kept. */
  loginProfile: z.object({ createdAt: z.number(), mustReset: z.boolean() }).optional(),
  passwordLastUsed: z.number().optional(),
  signingCertificates: z.array(userCredential.extend({ body: z.string() })).optional(),
  sshPublicKeys: z.array(userCredential.extend({ body: z.string() })).optional(),
  serviceCredentials: z.array(userCredential.extend({ service: z.string() })).optional(),
  access,
});

const group = z.object({
  name: z.string(),
  path: z.string(),
  id: z.string(),
  createdAt: z.number(),
  inline: inlinePolicies,
  attached: z.array(z.string()),
  /** Users' unique IDs. */
  members: z.array(z.string()),
});

const mfaDevice = z.object({
  name: z.string(),
  path: z.string(),
  /** Sets this device's seed apart from that of an earlier one by the same name; the seed itself is derived. */
  id: z.string(),
  createdAt: z.number(),
  /** The user whose device it is, by unique ID. */
  enabledFor: z.string().optional(),
  enabledAt: z.number().optional(),
  /** The latest time step whose code was used: no code is taken twice, nor an older one. */
  lastStep: z.number().optional(),
});

const role = z.object({
  name: z.string(),
  path: z.string(),
  id: z.string(),
  createdAt: z.number(),
  description: z.string().optional(),
  /** seconds */
  maxSessionDuration: z.number(),
  /** As stored: users and roles named as principals stand there by their unique ID. */
  trust: z.string(),
  /** A change that has not spread yet: until then AssumeRole sees `trust` of before, or no role at all. */
  spreading: z.object({ until: z.number(), trust: z.string().optional() }).optional(),
  inline: inlinePolicies,
  attached: z.array(z.string()),
  boundaryArn: z.string().optional(),
  /** The same for what it may do: until then requests are decided by these. */
  spreadingPolicies: z
    .object({
      until: z.number(),
      inline: inlinePolicies,
      attached: z.array(z.string()),
      boundaryArn: z.string().optional(),
    })
    .optional(),
  tags,
  lastUsed: z.object({ at: z.number(), region: z.string() }).optional(),
  access,
});

/** Deleted, and still answered for until then. */
const leavingRole = role.extend({ goneAt: z.number() });

const policy = z.object({
  name: z.string(),
  path: z.string(),
  id: z.string(),
  description: z.string().optional(),
  createdAt: z.number(),
  updatedAt: z.number(),
  defaultVersionId: z.string(),
  versions: z.array(z.object({ id: z.string(), document: z.string(), createdAt: z.number() })),
  /** The highest number given to a version; absent until the first is added or deleted. */
  latestVersion: z.number().optional(),
  tags,
});

const instanceProfile = z.object({
  name: z.string(),
  path: z.string(),
  id: z.string(),
  createdAt: z.number(),
  roleName: z.string().optional(),
  /** Snapshots of before have none. */
  tags: tags.optional(),
});

const account = z.object({
  id: z.string().regex(/^[0-9]{12}$/),
  name: z.string(),
  alias: z.string().optional(),
  rootAccessKeys: z.array(accessKey),
  users: z.array(user),
  roles: z.array(role),
  /** Absent in snapshots of before. */
  leaving: z.array(leavingRole).optional(),
  policies: z.array(policy),
  instanceProfiles: z.array(instanceProfile),
  /** Snapshots of before there were groups and devices have neither. */
  groups: z.array(group).optional(),
  mfaDevices: z.array(mfaDevice).optional(),
  /** Closed for good: its credentials and roles are dead. */
  closedAt: z.number().optional(),
});

/** Credentials from GetSessionToken: they stand for the user, or for the account's root, that asked. */
const userSession = z.object({
  accessKeyId: z.string(),
  accountId: z.string(),
  /** Absent for the account's root. */
  user: z.object({ id: z.string(), name: z.string() }).optional(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  /** When a code of a device was given. */
  mfaAt: z.number().optional(),
  /** bytes */
  tokenSize: z.number(),
});

const session = z.object({
  accessKeyId: z.string(),
  accountId: z.string(),
  roleId: z.string(),
  roleName: z.string(),
  roleArn: z.string(),
  sessionName: z.string(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  inlinePolicy: z.string().optional(),
  policyArns: z.array(z.string()).optional(),
  /** Opened with another role's session. */
  chained: z.boolean(),
  sourceIdentity: z.string().optional(),
  tags,
  transitiveTagKeys: z.array(z.string()),
  /** bytes */
  tokenSize: z.number(),
});

export const sandboxSnapshotSchema = z.object({
  version: z.literal(1),
  /** How many identifiers were given out; the next ones follow from it. */
  counter: z.number(),
  accounts: z.array(account),
  sessions: z.array(session),
  userSessions: z.array(userSession).optional(),
  organizations: z.array(organizationSchema).optional(),
  /** Snapshots of before there was S3 have none. */
  buckets: z.array(bucketSchema).optional(),
  /** Users that stand for a part in the practice: who deploys, who owns the target account. */
  identities: z.array(
    z.object({ part: z.enum(['deployer', 'owner', 'management']), accountId: z.string(), userName: z.string() }),
  ),
});

export type SandboxSnapshot = z.infer<typeof sandboxSnapshotSchema>;
export type AccountRecord = z.infer<typeof account>;
export type UserRecord = z.infer<typeof user>;
export type GroupRecord = z.infer<typeof group>;
export type MfaDeviceRecord = z.infer<typeof mfaDevice>;
export type UserSessionRecord = z.infer<typeof userSession>;
export type RoleRecord = z.infer<typeof role>;
export type LeavingRole = z.infer<typeof leavingRole>;
export type PolicyRecord = z.infer<typeof policy>;
export type InstanceProfileRecord = z.infer<typeof instanceProfile>;
export type SessionRecord = z.infer<typeof session>;
export type IdentityPart = SandboxSnapshot['identities'][number]['part'];
export type TagRecord = { key: string; value: string };

/** Reads what was saved. `undefined` when it is not a snapshot: the caller sets the file aside. */
export function parseSandboxSnapshot(value: unknown): SandboxSnapshot | undefined {
  const parsed = sandboxSnapshotSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
