import type { AppError } from '../../core/app-error';
import type { RevocationTarget } from './targets';
import type { Revocation, RoleBefore } from '../../core/domain/revocation';
import type { Cancelled, Result } from '../../core/result';
import type { IamApi, OrganizationsApi } from '../aws/aws-api';
import type { RecordStep } from './close-role';

export type Failure = AppError | Cancelled;

/** What of a role is kept before it is touched, for putting it back. */
export type Kept = Partial<RoleBefore>;

/** What came of it, in AWS's time (ms since the epoch): since when nobody comes in, and the cutoff of a deny. */
export type Taken = {
  readonly at: number;
  readonly blockedSince?: number;
  readonly cutoff?: number;
  readonly made?: NonNullable<Revocation['made']>;
};

/** What a measure works with. */
export type MeasureContext = {
  readonly revocationId: string;
  readonly target: RevocationTarget;
  readonly iam: IamApi;
  readonly organizations: OrganizationsApi;
  /** of the identity that calls; only for `deny-caller` */
  readonly callerArn: string | undefined;
  /** AWS's clock, ms since the epoch */
  readonly now: () => number;
  readonly step: RecordStep;
};

/** Everything is done again without harm: a resumed revocation may not know whether AWS had carried a call out. */
export type MeasureAct = {
  /** what it will take, as it stands now */
  readonly read: (context: MeasureContext) => Promise<Result<Kept, Failure>>;
  readonly take: (context: MeasureContext) => Promise<Result<Taken, Failure>>;
  readonly restore?: (
    context: MeasureContext,
    before: RoleBefore,
    revocation: Pick<Revocation, 'made' | 'cutoff'>,
  ) => Promise<Result<void, Failure>>;
};
