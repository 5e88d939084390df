import { policyText } from './resource-steps';
import { noConditions } from './trust-conditions';
import type { OptionsAnswers, Trusted } from './wizard';

export type TrustInput = {
  /** the account that owns the role */
  readonly accountId: string;
  readonly trusted: Trusted;
  readonly options: OptionsAnswers;
  readonly externalId: string;
};

/** One value stands alone, several as a list, as IAM gives them back. */
function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first, ...more] = values;
  return first !== undefined && more.length === 0 ? first : values;
}

/**
 * The ARNs that `aws:PrincipalArn` may be when the trusted identity calls. It is the role's ARN for a role session, never
 * the session's, and an assumed-role ARN has lost the role's path, so both possible forms are admitted (aws-reference §2, §0.12).
 */
function identityArns({ arn, partition }: Trusted): readonly string[] {
  const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  if (session === null) return [arn];
  const prefix = `arn:${partition}:iam::${session[1] ?? ''}:role/`;
  const name = session[2] ?? '';
  return [`${prefix}${name}`, `${prefix}*/${name}`];
}

/** The condition that admits some identities of the trusted account only; none where all of them may enter. */
function principalCondition({ trusted, options }: TrustInput): Record<string, unknown> {
  const own = options.onlyThisIdentity ? identityArns(trusted) : [];
  const arns = [...new Set([...own, ...(options.conditions ?? noConditions).principalArns])];
  if (arns.length === 0) return {};
  const operator = arns.some((arn) => arn.includes('*')) ? 'ArnLike' : 'ArnEquals';
  return { [operator]: { 'aws:PrincipalArn': oneOrMany(arns) } };
}

function conditionOf(input: TrustInput): Record<string, unknown> {
  const { options, externalId } = input;
  const { mfa, organizationIds, sourceRanges } = options.conditions ?? noConditions;
  const equals = {
    ...(options.useExternalId ? { 'sts:ExternalId': externalId } : {}),
    ...(organizationIds.length > 0 ? { 'aws:PrincipalOrgID': oneOrMany(organizationIds) } : {}),
  };
  return {
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
    ...principalCondition(input),
    ...(mfa ? { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } : {}),
    ...(sourceRanges.length > 0 ? { IpAddress: { 'aws:SourceIp': oneOrMany(sourceRanges) } } : {}),
  };
}

/**
 * The trust policy: the person's own, or the trusted account as a whole, narrowed by conditions, and the AWS services
 * that may enter beside it. Naming the account and conditioning on the principal survives the deletion and re-creation
 * of the deployer's role; a role named in `Principal` would not (aws-reference §2).
 */
export function trustPolicy(input: TrustInput): string {
  const { accountId, trusted, options } = input;
  if (options.ownTrust !== undefined) return options.ownTrust;
  const condition = conditionOf(input);
  const { services } = options;
  return policyText({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SallyportAssumeRole',
        Effect: 'Allow',
        Principal: { AWS: `arn:${trusted.partition}:iam::${trusted.accountId}:root` },
        Action: 'sts:AssumeRole',
        ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
      },
      ...(services === undefined
        ? []
        : [
            {
              Sid: 'SallyportServices',
              Effect: 'Allow',
              Principal: { Service: oneOrMany(services.names) },
              Action: 'sts:AssumeRole',
              ...(services.onlyThisAccount ? { Condition: { StringEquals: { 'aws:SourceAccount': accountId } } } : {}),
            },
          ]),
    ],
  });
}
