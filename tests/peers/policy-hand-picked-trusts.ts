import {
  allow,
  anna,
  bob,
  deployRole,
  deploySession,
  handPicked,
  policy,
  root,
  sessionContext,
  type HandPicked,
} from './policy-hand-picked';
import { home, other, type Document, type Statement } from './policy-oracle-support';

const innerRole = `arn:aws:iam::${home}:role/Inner`;
const farRole = `arn:aws:iam::${other}:role/Far`;
const trust = (Principal: unknown, more: Statement = {}): Document =>
  policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
const open = { action: 'sts:AssumeRole', resource: innerRole };
const openFar = { action: 'sts:AssumeRole', resource: farRole, resourceAccountId: other };
const mayAssume = [policy(allow('sts:AssumeRole'))];
const external = { Condition: { StringEquals: { 'sts:ExternalId': 'harbour-7' } } };

export const trustCases: readonly HandPicked[] = [
  handPicked('in one account a trust that names the user is enough', 'allowed', {
    ...open,
    resourcePolicy: trust({ AWS: anna }),
  }),
  handPicked('in one account a trust in :root wants the user’s policy too', 'implicitDeny', {
    ...open,
    resourcePolicy: trust({ AWS: root }),
  }),
  handPicked('… and is enough with it', 'allowed', {
    ...open,
    identity: mayAssume,
    resourcePolicy: trust({ AWS: root }),
  }),
  handPicked('in one account the user’s policy without the trust is not enough', 'implicitDeny', {
    ...open,
    identity: mayAssume,
    resourcePolicy: trust({ AWS: bob }),
  }),
  handPicked('in one account a trust that names the role lets its session in', 'allowed', {
    ...open,
    principal: deploySession,
    context: sessionContext,
    resourcePolicy: trust({ AWS: deployRole }),
  }),
  handPicked('across accounts a trust that names the user wants its policy too', 'implicitDeny', {
    ...openFar,
    resourcePolicy: trust({ AWS: anna }),
  }),
  handPicked('across accounts both together', 'allowed', {
    ...openFar,
    identity: mayAssume,
    resourcePolicy: trust({ AWS: anna }),
  }),
  handPicked('across accounts by :root', 'allowed', {
    ...openFar,
    identity: mayAssume,
    resourcePolicy: trust({ AWS: root }),
  }),
  handPicked('a trust that denies the account', 'explicitDeny', {
    ...openFar,
    identity: mayAssume,
    resourcePolicy: policy(
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
      { Effect: 'Deny', Principal: { AWS: home }, Action: 'sts:AssumeRole' },
    ),
  }),
  handPicked('the right external ID', 'allowed', {
    ...openFar,
    identity: mayAssume,
    context: { 'sts:ExternalId': 'harbour-7' },
    resourcePolicy: trust({ AWS: home }, external),
  }),
  handPicked('an external ID in other case', 'implicitDeny', {
    ...openFar,
    identity: mayAssume,
    context: { 'sts:ExternalId': 'Harbour-7' },
    resourcePolicy: trust({ AWS: home }, external),
  }),
  handPicked('no external ID', 'implicitDeny', {
    ...openFar,
    identity: mayAssume,
    resourcePolicy: trust({ AWS: home }, external),
  }),
  handPicked('a trust that wants MFA refuses long-term keys', 'implicitDeny', {
    ...openFar,
    identity: mayAssume,
    resourcePolicy: trust({ AWS: home }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  }),
  handPicked('a service comes in by its name', 'allowed', {
    ...open,
    principal: 'lambda.amazonaws.com',
    resourcePolicy: trust({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }),
  }),
  handPicked('… and not by another’s', 'implicitDeny', {
    ...open,
    principal: 'lambda.amazonaws.com',
    resourcePolicy: trust({ Service: 'ec2.amazonaws.com' }),
  }),
];
