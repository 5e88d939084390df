import {
  theirs,
  another,
  deletedRole,
  withId,
  mfa,
  allow,
  named,
  id,
  and,
  andEqual,
  denyAll,
  trusted,
  older,
} from './held-out-trust-parts';
import { externalId, type Labelled } from './broken';

const shapes: readonly Labelled[] = [
  trusted(
    'a statement for each of two customers, ours with the ID of the other',
    'external-id-differs',
    allow({ ...named(another), ...id(externalId) }),
    allow(id('customer-b')),
  ),
  trusted(
    'people with MFA, and machines with last year’s external ID',
    'external-id-differs',
    allow({ Condition: mfa }),
    allow(id('acme-2025')),
  ),
  trusted('its own account only', 'trusts-another-account', allow(named(theirs))),
  trusted('its own account and a vendor', 'trusts-another-account', allow(named([theirs, another]))),
  trusted(
    'anybody, on condition of another account',
    'trusts-another-account',
    allow({ ...named('*'), ...andEqual('aws:PrincipalAccount', '555566667777') }),
  ),
  trusted(
    'anybody, on condition of an organization',
    'organization-differs',
    allow({ ...named('*'), ...andEqual('aws:PrincipalOrgID', ['o-a1b2c3d4e5', 'o-ffffeeee11']) }),
  ),
  trusted(
    'an organizational unit',
    'organization-differs',
    allow(and('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*')),
  ),
  trusted(
    'our account for tags and identities only',
    'trust-action-missing',
    allow({ Action: ['sts:TagSession', 'sts:SetSourceIdentity'] }),
  ),
  trusted('our account for SAML only', 'trust-action-missing', allow({ Action: 'sts:AssumeRoleWithSAML' })),
  trusted('a deleted role beside a vendor', 'trusted-principal-deleted', allow(named([deletedRole, another]))),
  trusted('GitHub', 'trusts-only-federation', {
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::222233334444:oidc-provider/token.actions.githubusercontent.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } },
  }),
  trusted('two services, one confirmed by its account', 'trusts-only-services', {
    Effect: 'Allow',
    Principal: { Service: ['lambda.amazonaws.com', 'codedeploy.amazonaws.com'] },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': '222233334444' } },
  }),
  trusted(
    'a Deny of all names but one pattern',
    'trust-denies',
    allow({}),
    denyAll({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ops/*' } }),
  ),
  trusted(
    'a Deny without MFA',
    'mfa-needed',
    allow({}),
    denyAll({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
  ),
  trusted(
    'a Deny from other networks',
    'network-condition',
    allow({}),
    denyAll({ NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '203.0.113.7/32'] } }),
  ),
  trusted(
    'a Deny from other organizations',
    'organization-differs',
    allow({}),
    denyAll({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
  ),
  trusted(
    'a Deny from a day on',
    'time-condition',
    allow({}),
    denyAll({ DateGreaterThan: { 'aws:CurrentTime': '2026-06-30T23:59:59Z' } }),
  ),
];

const conditions: readonly Labelled[] = [
  trusted('a Unix time', 'time-condition', allow(and('NumericLessThan', 'aws:EpochTime', '1767225600'))),
  trusted(
    'a window of maintenance',
    'time-condition',
    allow({
      Condition: {
        StringEquals: withId,
        DateGreaterThan: { 'aws:CurrentTime': '2026-03-01T00:00:00Z' },
        DateLessThan: { 'aws:CurrentTime': '2026-03-08T00:00:00Z' },
      },
    }),
  ),
  trusted(
    'StringEquals with a star',
    'trusts-another-identity',
    allow(andEqual('aws:PrincipalArn', 'arn:aws:iam::111122223333:user/*')),
  ),
  trusted(
    'StringLike on users under a path',
    'trusts-another-identity',
    allow(and('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/machines/*')),
  ),
  trusted('a user name', 'trusts-another-identity', allow(andEqual('aws:username', 'ci-bot'))),
  trusted(
    'a unique ID and any session',
    'trusts-another-identity',
    allow(and('StringLike', 'aws:userid', ['AROAEXAMPLEID0123456:*', 'AIDAEXAMPLEID01234567'])),
  ),
  older(
    'a variable in the older language, for the session name',
    'session-name-condition',
    allow(andEqual('sts:RoleSessionName', '${aws:username}')),
  ),
  older(
    'a variable in the older language, for the identity',
    'trusts-another-identity',
    allow(and('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::${aws:PrincipalAccount}:user/practice-deployer')),
  ),
  trusted(
    'a pattern of session names',
    'session-name-condition',
    allow(and('StringLike', 'sts:RoleSessionName', 'ci-*')),
  ),
  trusted('any SourceIdentity', 'source-identity-needed', allow(and('Null', 'sts:SourceIdentity', 'false'))),
  trusted(
    'a key among the session tags',
    'session-tags-needed',
    allow(and('ForAnyValue:StringEquals', 'aws:TagKeys', 'cost')),
  ),
  trusted('the presence of MFA’s age', 'mfa-needed', allow(and('Null', 'aws:MultiFactorAuthAge', 'false'))),
  trusted('a Region', 'condition-not-met', allow(andEqual('aws:RequestedRegion', 'us-east-1'))),
  trusted('by way of a service', 'condition-not-met', allow(and('Bool', 'aws:ViaAWSService', 'true'))),
  trusted(
    'a source account, which only services send',
    'condition-not-met',
    allow(andEqual('aws:SourceAccount', '111122223333')),
  ),
  trusted('temporary credentials', 'condition-not-met', allow(and('Null', 'aws:TokenIssueTime', 'false'))),
  trusted(
    'the role’s tag as a variable',
    'condition-not-met',
    allow(andEqual('aws:PrincipalTag/team', '${aws:ResourceTag/team}')),
  ),
  trusted('a VPC endpoint', 'network-condition', allow(andEqual('aws:SourceVpce', 'vpce-0a1b2c3d4e5f'))),
  trusted('an address of a VPC', 'network-condition', allow(and('IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8'))),
];

const externalIds: readonly Labelled[] = [
  trusted('a blank at its end', 'external-id-differs', allow(id(`${externalId} `))),
  trusted('a line end at its end', 'external-id-differs', allow(id(`${externalId}\n`))),
  trusted('quotes around it', 'external-id-differs', allow(id(`"${externalId}"`))),
  trusted('the placeholder was left', 'external-id-differs', allow(id('<YOUR-EXTERNAL-ID>'))),
  trusted('a zero for an o, as a list of one', 'external-id-differs', allow(id([externalId.replace('f0b', 'fob')]))),
  trusted(
    'a pattern that ours does not fit',
    'external-id-differs',
    allow({ Condition: { StringLike: { 'sts:ExternalId': 'acme-*' } } }),
  ),
  trusted(
    'the key in other letters, and another ID',
    'external-id-differs',
    allow({ Condition: { StringEqualsIgnoreCase: { 'STS:EXTERNALID': 'Acme-Production' } } }),
  ),
  trusted('a variable', 'external-id-differs', allow(id('${aws:PrincipalAccount}'))),
  trusted(
    'a misspelt key that no request has',
    'condition-not-met',
    allow({ Condition: { StringEquals: { 'aws:ExternalId': externalId } } }),
  ),
  trusted(
    'ForAllValues, which is met without the key',
    'external-id-not-enforced',
    allow({ Condition: { 'ForAllValues:StringEquals': withId } }),
  ),
  trusted(
    'any, if only there is one',
    'external-id-not-enforced',
    allow({ Condition: { Null: { 'sts:ExternalId': 'false' } } }),
  ),
  trusted('a second statement that names the user', 'external-id-not-enforced', allow({}), {
    Effect: 'Allow',
    ...named('arn:aws:iam::111122223333:user/practice-deployer'),
    Action: 'sts:AssumeRole',
  }),
];

export const heldOutTrusts: Readonly<Record<string, readonly Labelled[]>> = {
  'Statements of many shapes': shapes,
  Conditions: conditions,
  'External IDs': externalIds,
};
