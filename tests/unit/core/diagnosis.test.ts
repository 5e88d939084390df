import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/app-error';
import { diagnose, type Evidence } from '../../../core/domain/diagnosis';

const refusal: AppError = {
  kind: 'access-denied',
  message: 'AWS refused.',
  whatDidNotChange: 'Nothing.',
  whatToDo: '',
  retryable: false,
  remedies: [],
  code: 'AccessDenied',
  detail:
    'User: arn:aws:iam::111122223333:user/deployer is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/Deploy',
};

function trust(account: string, externalId: string): string {
  return JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      },
    ],
  });
}

const evidence: Evidence = {
  error: refusal,
  check: 'assume-role',
  roleArn: 'arn:aws:iam::444455556666:role/Deploy',
  externalId: 'right-one',
  callerArn: 'arn:aws:iam::111122223333:user/deployer',
  expectedTrust: trust('arn:aws:iam::111122223333:root', 'right-one'),
  eyes: undefined,
};

describe('diagnosis of a refused AssumeRole', () => {
  it('does not claim to know what AWS does not tell apart', () => {
    const diagnosis = diagnose(evidence);
    expect(diagnosis?.likeliest.id).toBe('cannot-tell');
    expect(diagnosis?.likeliest.certainty).toBe('guess');
  });

  it('is certain that a role is missing when the target account says so', () => {
    const diagnosis = diagnose({ ...evidence, eyes: { found: false, readWith: 'owner' } });
    expect(diagnosis?.likeliest).toMatchObject({ id: 'role-missing', certainty: 'certain', who: 'account-owner' });
  });

  it('shows the digits in which the trusted account differs, and the correction', () => {
    const wrong = trust('arn:aws:iam::111122223323:root', 'right-one');
    const diagnosis = diagnose({ ...evidence, eyes: { found: true, readWith: 'owner', trustPolicy: wrong } });
    expect(diagnosis?.likeliest.title).toBe('The role trusts another account: 3323 instead of 3333 at the end');
    expect(diagnosis?.likeliest.correction).toEqual({ before: wrong, after: evidence.expectedTrust });
  });

  it('recognises an identity that was deleted', () => {
    const stale = trust('AROAEXAMPLEID12345678', 'right-one');
    const diagnosis = diagnose({ ...evidence, eyes: { found: true, readWith: 'owner', trustPolicy: stale } });
    expect(diagnosis?.likeliest.id).toBe('trusted-principal-deleted');
  });

  it('compares the external ID only after the account', () => {
    const other = trust('111122223333', 'another');
    const diagnosis = diagnose({ ...evidence, eyes: { found: true, readWith: 'owner', trustPolicy: other } });
    expect(diagnosis?.likeliest.id).toBe('external-id-differs');
    expect(diagnosis?.others.every(({ ruledOut }) => ruledOut)).toBe(true);
  });

  it('says that a condition is left when trust and external ID are right', () => {
    const right = trust('111122223333', 'right-one');
    const diagnosis = diagnose({ ...evidence, eyes: { found: true, readWith: 'owner', trustPolicy: right } });
    expect(diagnosis?.likeliest).toMatchObject({ id: 'condition-not-met', certainty: 'likely' });
  });

  it.each([
    ['because no identity-based policy allows the sts:AssumeRole action', 'caller-not-allowed'],
    ['with an explicit deny in a service control policy', 'denied-by-organization'],
    ['with an explicit deny in a resource control policy', 'denied-by-organization'],
    ['with an explicit deny in a permissions boundary', 'denied-by-boundary'],
  ])('reads “%s”', (wording, cause) => {
    const error = { ...refusal, detail: `${refusal.detail ?? ''} ${wording}` };
    expect(diagnose({ ...evidence, error })?.likeliest.id).toBe(cause);
  });

  it('has nothing to say about errors that are not refusals', () => {
    expect(diagnose({ ...evidence, error: { ...refusal, kind: 'throttled' } })).toBeUndefined();
  });
});
