import type { CauseId } from '../../core/domain/check';
import { externalId, policyOf, statement, type CallerRole, type Json, type Labelled } from './broken';

export const theirs = 'arn:aws:iam::222233334444:root';
export const another = 'arn:aws:iam::555566667777:root';
export const deletedRole = 'arn:aws:iam::111122223333:role/DeletedDeployer';
export const withId = { 'sts:ExternalId': externalId };
export const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
export const allow = (change: Json): Json => statement(change);
export const named = (AWS: string | readonly string[]): Json => ({ Principal: { AWS } });
export const id = (value: unknown): Json => ({ Condition: { StringEquals: { 'sts:ExternalId': value } } });
/** The external ID, and one condition more under another operator. */
export const and = (operator: string, key: string, value: unknown): Json => ({
  Condition: { StringEquals: withId, [operator]: { [key]: value } },
});
/** The external ID, and one more key that has to be equal. */
export const andEqual = (key: string, value: unknown): Json => ({
  Condition: { StringEquals: { ...withId, [key]: value } },
});
export const denyAll = (Condition?: Json): Json => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sts:AssumeRole',
  ...(Condition && { Condition }),
});

export const trusted = (name: string, cause: CauseId, ...statements: readonly Json[]): Labelled => ({
  name,
  causes: [cause],
  broken: { role: { trust: policyOf(...statements) } },
});
export const called = (name: string, cause: CauseId, source: CallerRole, ...statements: readonly Json[]): Labelled => ({
  name,
  causes: [cause],
  broken: { role: { trust: policyOf(...statements) }, source },
});
export const older = (name: string, cause: CauseId, one: Json): Labelled => ({
  name,
  causes: [cause],
  broken: { role: { trust: { Version: '2008-10-17', Statement: [one] } } },
});

export const lookAround = policyOf(
  { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
  { Effect: 'Allow', Action: ['iam:SimulatePrincipalPolicy', 'iam:GetRole'], Resource: '*' },
);
export const runner: CallerRole = { name: 'Runner', path: '/ops/', inline: [lookAround], sessionName: 'release-41' };
export const signedIn: CallerRole = {
  name: 'AWSReservedSSO_Deploy_0123456789abcdef',
  path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
  inline: [lookAround],
  sessionName: 'alice@example.com',
};
export const runnerArn = 'arn:aws:iam::111122223333:role/ops/Runner';
