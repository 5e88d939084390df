import type { CauseId } from '../../core/domain/check';
import type { SandboxTrouble } from '../../core/domain/practice-trouble';
import type { Scenario } from '../../main/sandbox/scenario';
import { administratorAccess } from '../support/practice';

/** A set-up that is broken on purpose, and what a person who knows it would say. */
export type Labelled = {
  readonly name: string;
  /** everything that has to change, in any order */
  readonly causes: readonly CauseId[];
  /** false: AWS gives the same answer for several causes, and nothing else tells. Claiming to know is then wrong */
  readonly toldApart?: false;
  readonly broken: Broken;
};

export type Json = Readonly<Record<string, unknown>>;

/** A role of the deployer's account that the deployer assumes first, and calls with. */
export type CallerRole = {
  readonly name: string;
  readonly path?: string;
  readonly inline: readonly Json[];
  readonly sessionName?: string;
  readonly sessionTags?: Readonly<Record<string, string>>;
  readonly sessionPolicy?: Json;
};

export type Broken = {
  /** the role `Deploy`; absent: there is none */
  readonly role?: {
    readonly name?: string;
    readonly path?: string;
    readonly trust?: Json;
    readonly attached?: readonly string[];
    readonly inline?: Json;
    readonly boundaryArn?: string;
    readonly maxSessionDuration?: number;
  };
  /** policies of the deployer; by default it may assume any role and ask IAM's simulator */
  readonly caller?: {
    readonly inline?: readonly Json[];
    readonly attached?: readonly string[];
    readonly boundaryArn?: string;
    /** as policies of the account, attached; as policies of a group; as the boundary */
    readonly managed?: readonly Json[];
    readonly groups?: readonly Json[];
    readonly boundary?: Json;
  };
  /** which credentials the deployer calls with */
  readonly source?:
    | 'deleted-key'
    | 'inactive-key'
    | 'wrong-secret'
    | 'expired-session'
    | 'root-key'
    | 'no-credentials'
    | 'role-session'
    | 'restricted-session'
    | 'user-session'
    | CallerRole;
  /** who can look into the target account: a source of its own, somebody who pastes, or nobody */
  readonly eyes?: 'source' | 'pasted' | 'none';
  /** what somebody who pastes has copied; by default what the AWS CLI prints */
  readonly pastedAs?: PastedAs;
  readonly organization?: 'none' | 'deployer-only' | NonNullable<Scenario['organization']>;
  readonly trouble?: Partial<SandboxTrouble>;
  readonly network?: 'cut' | 'throttled' | 'server-errors';
  /** what AssumeRole is answered with, for what the sandbox has no rules for: resource control policies, VPC endpoints */
  readonly answer?: { readonly code: string; readonly message: string; readonly status?: number };
  /** the connection has no external ID */
  readonly externalId?: false;
  readonly wantedDuration?: number;
  readonly roleArn?: string;
  readonly justChanged?: boolean;
  /** the connection passed before, as this caller */
  readonly workedAs?: string;
  /** the deployer was deleted and made anew under the same name since */
  readonly deployerMadeAnew?: boolean;
  /** actions that were agreed */
  readonly recipeId?: string;
};

export type PastedAs =
  'windows-lines' | 'percent-encoded' | 'list-of-roles' | 'trust-only' | 'another-role' | 'refusal';

export const externalId = '4d1f3c2a-8f0b-4c53-9a35-6f1f5b3d7e10';
export const deployer = 'arn:aws:iam::111122223333:user/practice-deployer';
export const own = 'arn:aws:iam::111122223333:root';

export function statement(change: Json = {}): Json {
  return {
    Effect: 'Allow',
    Principal: { AWS: own },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    ...change,
  };
}

export function policyOf(...statements: readonly Json[]): Json {
  return { Version: '2012-10-17', Statement: statements };
}

export const mayAssume = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/*' };
export const maySimulate = {
  Effect: 'Allow',
  Action: ['iam:SimulatePrincipalPolicy', 'organizations:DescribeOrganization'],
  Resource: '*',
};
export const usualCaller = { inline: [policyOf(mayAssume, maySimulate)] };

/** What else stands in the account of the deployer: who is named by trusts, and is gone or somebody else. */
export const bystanders = {
  users: [{ name: 'former-deployer' }, { name: 'deleted-deployer', deleted: true }],
  roles: [
    {
      name: 'DeployerRole',
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: own }, Action: 'sts:AssumeRole' }),
      inline: [{ name: 'Assume', document: policyOf(mayAssume, maySimulate) }],
      maxSessionDuration: 3600,
    },
    {
      name: 'DeletedDeployer',
      deleted: true,
      trust: policyOf({ Effect: 'Allow', Principal: { AWS: own }, Action: 'sts:AssumeRole' }),
    },
  ],
} as const;

export const roleDefaults = { name: 'Deploy', path: '/', attached: [administratorAccess], maxSessionDuration: 3600 };
