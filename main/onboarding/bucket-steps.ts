import type { AppError } from '../../core/app-error';
import type { PlanStepOf } from '../../core/domain/plan-step';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import { carriesOurId, evidenceOf, removed, taken, type StepContext, type StepOutcome } from './step-context';

type BucketContext = Pick<StepContext, 'clients' | 'onboardingId' | 'signal'>;

export async function ownsBucket(
  { bucket, region }: { readonly bucket: string; readonly region: string },
  { clients, onboardingId, signal }: BucketContext,
): Promise<Result<boolean, AppError | Cancelled>> {
  const found = await clients.s3(region).getBucketTags(bucket, { signal });
  if (found.ok) return ok(carriesOurId(found.value.value, onboardingId));
  return codeOf(found.error) === 'NoSuchTagSet' ? ok(false) : found;
}

/**
 * Looked for before it is made: in us-east-1 S3 answers the creation of a bucket that one has already as if it were new.
 * S3 tags a bucket by a second call: one that was begun before and has no tags at all is ours between the two.
 */
export async function makeBucket(step: PlanStepOf<'create-bucket'>, context: StepContext): StepOutcome {
  const { begunBefore, clients, onboardingId, signal } = context;
  const { bucket, region, tags } = step;
  const s3 = clients.s3(region);
  const present = await s3.getBucketTags(bucket, { signal });
  const code = present.ok ? undefined : codeOf(present.error);
  if (present.ok && carriesOurId(present.value.value, onboardingId)) return ok({});
  if (present.ok || (code === 'NoSuchTagSet' && !begunBefore))
    return err(taken(`A bucket named ${bucket}`, appError('already-exists', '')));
  // Who may not look at a bucket is told by its creation whose it is, except in us-east-1.
  if (code !== 'NoSuchTagSet' && code !== 'NoSuchBucket' && region === 'us-east-1') return present;
  if (code !== 'NoSuchTagSet') {
    const made = await evidenceOf(s3.createBucket(bucket, region, { signal }));
    if (!made.ok) return made.error.kind === 'already-exists' ? err(takenElsewhere(bucket, made.error)) : made;
  }
  return evidenceOf(s3.putBucketTags(bucket, tags, { signal }));
}

function takenElsewhere(bucket: string, evidence: AppError): AppError {
  return {
    ...evidence,
    message: `Somebody else has a bucket named ${bucket}. Bucket names are unique among all accounts of AWS.`,
    whatDidNotChange: 'That bucket was not touched.',
    whatToDo: 'Choose another name in “Options”.',
    remedies: [{ kind: 'edit-role' }],
  };
}

export async function deleteBucket(
  { bucket, region }: PlanStepOf<'create-bucket'>,
  { clients, signal }: StepContext,
): StepOutcome {
  const gone = await removed(clients.s3(region).deleteBucket(bucket, { signal }));
  if (gone.ok || gone.error.kind === 'cancelled' || gone.error.code !== 'BucketNotEmpty') return gone;
  return err({
    ...gone.error,
    message: `The bucket ${bucket} has objects in it.`,
    whatDidNotChange: 'Neither the bucket nor what is in it was deleted.',
    whatToDo: 'Empty it in the console if nothing in it is needed, then undo again.',
  });
}

/** A bucket has one policy, and putting one replaces it: what somebody else wrote is never replaced. */
export async function putPolicy(step: PlanStepOf<'put-bucket-policy'>, { clients, signal }: StepContext): StepOutcome {
  const { bucket, document, region } = step;
  const present = await clients.s3(region).getBucketPolicy(bucket, { signal });
  if (!present.ok && codeOf(present.error) !== 'NoSuchBucketPolicy') return present;
  if (present.ok && !sameDocument(present.value.value, document)) {
    return err(
      appError('already-exists', `The bucket ${bucket} has another policy already.`, {
        whatDidNotChange: 'It was not replaced.',
        whatToDo: 'Add the statements of the plan to it by hand, then go on. They stand in the review.',
        remedies: [{ kind: 'copy-text', text: document, label: 'Copy the policy' }],
      }),
    );
  }
  return present.ok ? ok({}) : evidenceOf(clients.s3(region).putBucketPolicy(bucket, document, { signal }));
}

/** Only what the plan wrote is taken away. */
export async function removePolicy(
  step: PlanStepOf<'put-bucket-policy'>,
  { clients, signal }: StepContext,
): StepOutcome {
  const present = await clients.s3(step.region).getBucketPolicy(step.bucket, { signal });
  if (!present.ok) return present.error.kind === 'no-such-entity' ? ok({}) : present;
  if (!sameDocument(present.value.value, step.document)) return ok({});
  return removed(clients.s3(step.region).deleteBucketPolicy(step.bucket, { signal }));
}

/** AWS's own name for a refusal, where it was one. */
function codeOf(error: AppError | Cancelled): string | undefined {
  return error.kind === 'cancelled' ? undefined : error.code;
}

/** S3 keeps a policy without its blanks, and principals in an order of its own. */
function sameDocument(kept: string, planned: string): boolean {
  return canonical(JSON.parse(kept)) === canonical(JSON.parse(planned));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${entries.sort().join()}}`;
}
