import type { AppError } from '../../app-error';
import type { CheckId } from '../check';

/** What credentials of the target account saw of the role, or what its owner pasted of it. */
export type TargetEyes =
  | {
      readonly found: false;
      /** from where: `the target account with owner`, `what was pasted` */
      readonly readWith: string;
      /** ARNs of roles of that account whose name is nearly the same */
      readonly similar?: readonly string[];
    }
  | {
      readonly found: true;
      readonly readWith: string;
      /** what it was read with; absent where it was pasted */
      readonly source?: { readonly id: string; readonly label: string };
      readonly trustPolicy: string;
      /** absent where only the trust policy was pasted */
      readonly roleArn?: string;
    };

/** What SimulatePrincipalPolicy said of `sts:AssumeRole` on the role, for the caller's own side only. */
export type CallerSimulation = {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny';
  /** absent: no organization has a say */
  readonly organizationAllows?: boolean;
  /** absent: the caller has no permissions boundary */
  readonly boundaryAllows?: boolean;
  /** policies ask for what the simulator was not told: AWS may decide otherwise */
  readonly missesContext?: boolean;
};

/** An action that was agreed and that the role’s own policies do not let through, as the simulator says. */
export type RefusedAction = CallerSimulation & { readonly action: string };

/** What is known of the role from before this test. Instants in milliseconds since the epoch. */
export type RoleHistory = {
  /** the ARN that the agreed plan gives the role */
  readonly plannedArn?: string;
  /** the trust policy that was agreed */
  readonly plannedTrust?: string;
  /** the plan was carried out by this app, so what was planned was there */
  readonly madeHere: boolean;
  /** made or changed a moment ago: AWS may still be spreading it */
  readonly justMade: boolean;
  /** how long AWS was given to spread it, in this test */
  readonly waitedMs?: number;
  readonly workedAt?: number;
  /** who the caller was when it worked */
  readonly workedAs?: string;
};

/** Everything known about one failed check. What is `undefined` is not known, never assumed. */
export type Evidence = {
  readonly error: AppError;
  readonly check: CheckId;
  readonly roleArn: string;
  readonly request: {
    readonly externalId: string | undefined;
    readonly sessionName: string;
    /** seconds */
    readonly durationSeconds: number;
    /** the same request with the shortest session was let in */
    readonly shorterWorks?: boolean;
  };
  /** as GetCallerIdentity says */
  readonly caller: { readonly arn: string; readonly accountId: string; readonly userId: string } | undefined;
  /** of a session: its role with the path, which the session's ARN has lost; absent where it could not be read */
  readonly callerRoleArn?: string;
  /** `long-term` credentials are a user's own key: no MFA is in them */
  readonly credentials: 'long-term' | 'temporary' | undefined;
  /** the caller's organization; `none` where it is known to be in none */
  readonly organizationId: string | undefined;
  readonly eyes: TargetEyes | undefined;
  readonly simulation: CallerSimulation | undefined;
  /** what the role may not do and should; of the check of its permissions only */
  readonly refusals?: readonly RefusedAction[];
  readonly history: RoleHistory;
  /** AWS's time, milliseconds since the epoch */
  readonly now: number;
};
