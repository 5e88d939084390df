import type { AppError } from '../../core/app-error';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { Answer, Tag } from '../aws/aws-api';
import type { SourceClients } from '../sources/sources';
import { appError } from '../workspace-context';

/** What the steps of one plan are made and taken back with. */
export type StepContext = {
  readonly onboardingId: string;
  /** of the account that the step is in */
  readonly clients: SourceClients;
  readonly signal: AbortSignal;
  /** the journal says that this step was begun before: its object may be there, and ours */
  readonly begunBefore: boolean;
  /** what AWS chose when it was made, as the journal has it: an access key's ID */
  readonly made: string | undefined;
  /** Puts a new key into the keychain as a source identity of its own, before anybody is told that it exists. */
  readonly keepKey: (userName: string, key: NewKey) => Promise<Result<unknown>>;
  readonly forgetKey: (accessKeyId: string) => Promise<Result<unknown>>;
};

/** Secret. */
export type NewKey = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** What was done; `made` goes into the journal. Without evidence where AWS was not asked to change anything. */
export type StepDone = { readonly requestId?: string; readonly at?: number; readonly made?: string };
export type StepOutcome = Promise<Result<StepDone, AppError | Cancelled>>;

/** The evidence of a call, for the journal. */
export async function evidenceOf(
  call: Promise<Result<Answer<unknown>, AppError | Cancelled>>,
): Promise<Result<StepDone, AppError | Cancelled>> {
  const answer = await call;
  return answer.ok ? ok({ requestId: answer.value.requestId, at: answer.value.at }) : answer;
}

/** The same where what is to be removed may be gone already. */
export async function removed(
  call: Promise<Result<Answer<unknown>, AppError | Cancelled>>,
): Promise<Result<StepDone, AppError | Cancelled>> {
  const done = await evidenceOf(call);
  return !done.ok && done.error.kind === 'no-such-entity' ? ok({}) : done;
}

export function carriesOurId(tags: readonly Tag[], onboardingId: string): boolean {
  return tags.some((tag) => tag.key === 'OnboardingId' && tag.value === onboardingId);
}

/** A name that somebody else has: the choices are another name, or going on with what is there. */
export function taken(what: string, evidence: AppError): AppError {
  return {
    ...evidence,
    message: `${what} is in the account already, and this wizard did not make it.`,
    whatDidNotChange: 'It was not touched.',
    whatToDo: 'Choose another name in “Options”, or go on with what is there if it is what you mean.',
    remedies: [{ kind: 'edit-role' }],
  };
}

export function notOurs(what: string): { readonly ok: false; readonly error: AppError } {
  return err(
    appError('not-possible', `${what} in the account is not the one this wizard made.`, {
      whatDidNotChange: 'It was not touched.',
      whatToDo: 'Look at it in the console before you remove anything by hand.',
      remedies: [{ kind: 'open-link', linkId: 'iam-console-roles' }],
    }),
  );
}
