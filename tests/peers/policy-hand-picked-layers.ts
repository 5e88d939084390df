import {
  allow,
  anna,
  bob,
  deny,
  deployRole,
  deploySession,
  handPicked,
  policy,
  root,
  sessionContext,
  type HandPicked,
} from './policy-hand-picked';
import { home, other, type Document, type Statement } from './policy-oracle-support';

const everything = policy(allow());
const onlyEc2 = policy(allow('ec2:*'));
const noS3 = policy(deny('s3:*'));
const objects = 'arn:aws:s3:::tidewater/*';
const bucket = (Principal: unknown, more: Statement = {}): Document =>
  policy(allow('s3:GetObject', objects, { Principal, ...more }));

const denials: readonly HandPicked[] = [
  handPicked('nothing said is an implicit denial', 'implicitDeny', {}),
  handPicked('an explicit denial beats an allowance in the same policy', 'explicitDeny', {
    identity: [policy(allow(), deny('s3:GetObject'))],
  }),
  handPicked('… in whatever order', 'explicitDeny', { identity: [policy(deny('s3:GetObject'), allow())] }),
  handPicked('… in another policy', 'explicitDeny', { identity: [everything, noS3] }),
  handPicked('… in the boundary', 'explicitDeny', { identity: [everything], boundary: policy(allow(), deny('s3:*')) }),
  handPicked('… in the session policy', 'explicitDeny', {
    principal: deploySession,
    context: sessionContext,
    identity: [everything],
    session: policy(allow(), deny('s3:*')),
  }),
  handPicked('… in a service control policy', 'explicitDeny', {
    identity: [everything],
    serviceControl: [[everything, noS3]],
  }),
  handPicked('… in the resource’s policy', 'explicitDeny', {
    identity: [everything],
    resourcePolicy: policy(deny('s3:*', objects, { Principal: '*' })),
  }),
  handPicked('… to the caller’s whole account', 'explicitDeny', {
    identity: [everything],
    resourcePolicy: policy(deny('s3:*', objects, { Principal: { AWS: root } })),
  }),
  handPicked('a denial to somebody else is none', 'allowed', {
    identity: [everything],
    resourcePolicy: policy(deny('s3:*', objects, { Principal: { AWS: bob } })),
  }),
];

const sameAccount: readonly HandPicked[] = [
  handPicked('in one account the resource’s policy alone is enough', 'allowed', {
    resourcePolicy: bucket({ AWS: anna }),
  }),
  handPicked('in one account the identity’s policy alone is enough', 'allowed', {
    identity: [everything],
    resourcePolicy: bucket({ AWS: bob }),
  }),
  handPicked('the account as a principal delegates: the identity’s policy decides', 'implicitDeny', {
    resourcePolicy: bucket({ AWS: root }),
  }),
  handPicked('twelve digits are the account too', 'implicitDeny', { resourcePolicy: bucket({ AWS: home }) }),
  handPicked('Principal * is everybody, the caller too', 'allowed', { resourcePolicy: bucket('*') }),
  handPicked('Principal {"AWS": "*"} is the same', 'allowed', { resourcePolicy: bucket({ AWS: '*' }) }),
  handPicked('Principal * under a condition that does not hold', 'implicitDeny', {
    resourcePolicy: bucket('*', { Condition: { ArnEquals: { 'aws:PrincipalArn': bob } } }),
    context: { 'aws:PrincipalArn': anna },
  }),
  handPicked('a principal’s name minds the case', 'implicitDeny', {
    resourcePolicy: bucket({ AWS: `arn:aws:iam::${home}:user/Anna` }),
  }),
  handPicked('one of several principals', 'allowed', { resourcePolicy: bucket({ AWS: [bob, anna] }) }),
  handPicked('a role as a principal is its sessions', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    resourcePolicy: bucket({ AWS: deployRole }),
  }),
  handPicked('a session as a principal is that one', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    resourcePolicy: bucket({ AWS: deploySession }),
  }),
  handPicked('… and not another of the same role', 'implicitDeny', {
    principal: `arn:aws:sts::${home}:assumed-role/Deploy/build-8`,
    context: sessionContext,
    resourcePolicy: bucket({ AWS: deploySession }),
  }),
  handPicked('aws:PrincipalArn of a session is its role', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    identity: [policy(allow('s3:*', '*', { Condition: { ArnEquals: { 'aws:PrincipalArn': deployRole } } }))],
  }),
  handPicked('… and not the session', 'implicitDeny', {
    principal: deploySession,
    context: sessionContext,
    identity: [policy(allow('s3:*', '*', { Condition: { ArnLike: { 'aws:PrincipalArn': deploySession } } }))],
  }),
];

const closedBut = (...AWS: readonly string[]) => policy(deny('s3:*', objects, { NotPrincipal: { AWS } }));

const notPrincipals: readonly HandPicked[] = [
  handPicked('NotPrincipal with Deny leaves whom it names with the account', 'allowed', {
    identity: [everything],
    resourcePolicy: closedBut(anna, root),
  }),
  handPicked('NotPrincipal with Deny denies everybody else', 'explicitDeny', {
    identity: [everything],
    resourcePolicy: closedBut(bob, `arn:aws:iam::${other}:root`),
  }),
  handPicked('NotPrincipal leaves a session named with its role and account', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    identity: [everything],
    resourcePolicy: closedBut(deploySession, deployRole, root),
  }),
  handPicked('NotPrincipal with Deny meets whoever has a boundary, named or not', 'explicitDeny', {
    identity: [everything],
    boundary: everything,
    resourcePolicy: closedBut(anna, root),
  }),
  handPicked('ArnNotEquals on aws:PrincipalArn does not, as AWS advises', 'allowed', {
    identity: [everything],
    boundary: everything,
    context: { 'aws:PrincipalArn': anna },
    resourcePolicy: policy(
      deny('s3:*', objects, { Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': anna } } }),
    ),
  }),
];

const boundaries: readonly HandPicked[] = [
  handPicked('a boundary gives nothing', 'implicitDeny', { boundary: everything }),
  handPicked('a boundary cuts what the identity’s policy gives', 'implicitDeny', {
    identity: [everything],
    boundary: onlyEc2,
  }),
  handPicked('what both give is allowed', 'allowed', { identity: [everything], boundary: policy(allow('s3:Get*')) }),
  handPicked('a boundary does not cut what a resource’s policy gives the user itself', 'allowed', {
    boundary: onlyEc2,
    resourcePolicy: bucket({ AWS: anna }),
  }),
  handPicked('a boundary cuts what goes by way of the account', 'implicitDeny', {
    identity: [everything],
    boundary: onlyEc2,
    resourcePolicy: bucket({ AWS: root }),
  }),
  handPicked('a boundary cuts what a resource’s policy gives the role', 'implicitDeny', {
    principal: deploySession,
    context: sessionContext,
    boundary: onlyEc2,
    resourcePolicy: bucket({ AWS: deployRole }),
  }),
  handPicked('a boundary does not cut what a resource’s policy gives the session itself', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    boundary: onlyEc2,
    resourcePolicy: bucket({ AWS: deploySession }),
  }),
  handPicked('a boundary’s explicit denial cuts that too', 'explicitDeny', {
    boundary: noS3,
    resourcePolicy: bucket({ AWS: anna }),
  }),
  handPicked('across accounts a boundary cuts whatever the resource says', 'implicitDeny', {
    resourceAccountId: other,
    identity: [everything],
    boundary: onlyEc2,
    resourcePolicy: bucket({ AWS: anna }),
  }),
];

const sessions: readonly HandPicked[] = [
  handPicked('a session policy gives nothing', 'implicitDeny', {
    principal: deploySession,
    context: sessionContext,
    session: everything,
  }),
  handPicked('a session policy cuts what the role gives', 'implicitDeny', {
    principal: deploySession,
    context: sessionContext,
    identity: [everything],
    session: onlyEc2,
  }),
  handPicked('what role and session policy both give is allowed', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    identity: [policy(allow('s3:*'))],
    session: policy(allow('s3:GetObject', objects)),
  }),
  handPicked('a session policy cuts what a resource’s policy gives the role', 'implicitDeny', {
    principal: deploySession,
    context: sessionContext,
    session: onlyEc2,
    resourcePolicy: bucket({ AWS: deployRole }),
  }),
  handPicked('what a resource’s policy gives the role and the session policy too is allowed', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    session: policy(allow('s3:*')),
    resourcePolicy: bucket({ AWS: deployRole }),
  }),
  handPicked('a session policy does not cut what a resource’s policy gives the session itself', 'allowed', {
    principal: deploySession,
    context: sessionContext,
    session: onlyEc2,
    oracleDiffers:
      'It lets the session policy cut. IAM User Guide, “Policies and permissions”, session policies: a resource’s policy that names the session is not limited by them.',
    resourcePolicy: bucket({ AWS: deploySession }),
  }),
  handPicked('boundary and session policy must both give', 'implicitDeny', {
    principal: deploySession,
    context: sessionContext,
    identity: [everything],
    boundary: policy(allow('s3:*')),
    session: onlyEc2,
  }),
];

const serviceControl: readonly HandPicked[] = [
  handPicked('service control policies give nothing', 'implicitDeny', { serviceControl: [[everything], [everything]] }),
  handPicked('every level allows', 'allowed', {
    identity: [everything],
    serviceControl: [[everything], [everything], [everything]],
  }),
  handPicked('the root does not allow', 'implicitDeny', {
    identity: [everything],
    serviceControl: [[onlyEc2], [everything]],
  }),
  handPicked('a level between does not allow', 'implicitDeny', {
    identity: [everything],
    serviceControl: [[everything], [onlyEc2], [everything]],
  }),
  handPicked('the account’s own level does not allow', 'implicitDeny', {
    identity: [everything],
    serviceControl: [[everything], [onlyEc2]],
  }),
  handPicked('within a level one policy is enough', 'allowed', {
    identity: [everything],
    serviceControl: [[onlyEc2, policy(allow('s3:*'))]],
  }),
  handPicked('a level without a policy allows nothing', 'implicitDeny', {
    identity: [everything],
    serviceControl: [[everything], []],
  }),
  handPicked('they cut what a resource’s policy gives', 'implicitDeny', {
    resourcePolicy: bucket({ AWS: anna }),
    serviceControl: [[onlyEc2]],
  }),
  handPicked('they cut sessions as well', 'explicitDeny', {
    principal: deploySession,
    context: sessionContext,
    identity: [everything],
    serviceControl: [[everything], [everything, noS3]],
  }),
  handPicked('the root user of a member account is cut by them', 'explicitDeny', {
    principal: root,
    serviceControl: [[everything], [everything, noS3]],
  }),
  handPicked('the management account has no level, so nothing of them reaches it', 'allowed', {
    identity: [everything],
    serviceControl: [],
  }),
  handPicked('the root user needs no policy', 'allowed', {
    principal: root,
    oracleDiffers:
      'It does not know the root user (a remark in its DefaultServiceAuthorizer says so). IAM User Guide, “AWS account root user”: complete access to all services and resources in the account.',
  }),
];

const across: readonly HandPicked[] = [
  handPicked('across accounts the identity’s policy alone is not enough', 'implicitDeny', {
    resourceAccountId: other,
    identity: [everything],
  }),
  handPicked('across accounts the resource’s policy alone is not enough', 'implicitDeny', {
    resourceAccountId: other,
    resourcePolicy: bucket({ AWS: anna }),
  }),
  handPicked('across accounts both together are', 'allowed', {
    resourceAccountId: other,
    identity: [everything],
    resourcePolicy: bucket({ AWS: anna }),
  }),
  handPicked('across accounts the resource may trust the caller’s whole account', 'allowed', {
    resourceAccountId: other,
    identity: [everything],
    resourcePolicy: bucket({ AWS: home }),
  }),
  handPicked('across accounts trust in a third account is none', 'implicitDeny', {
    resourceAccountId: other,
    identity: [everything],
    resourcePolicy: bucket({ AWS: '999988887777' }),
  }),
  handPicked('across accounts, to everybody in the organization', 'allowed', {
    resourceAccountId: other,
    identity: [everything],
    context: { 'aws:PrincipalOrgID': 'o-abcdefghij' },
    resourcePolicy: bucket('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
  }),
  handPicked('… and to nobody of another one', 'implicitDeny', {
    resourceAccountId: other,
    identity: [everything],
    context: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' },
    resourcePolicy: bucket('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
  }),
  handPicked('across accounts the session needs its role’s policy, also when named itself', 'implicitDeny', {
    principal: deploySession,
    context: sessionContext,
    resourceAccountId: other,
    resourcePolicy: bucket({ AWS: deploySession }),
  }),
];

export const layerCases: readonly HandPicked[] = [
  ...denials,
  ...sameAccount,
  ...notPrincipals,
  ...boundaries,
  ...sessions,
  ...serviceControl,
  ...across,
];
