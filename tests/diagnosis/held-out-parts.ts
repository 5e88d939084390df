import type { CauseId } from '../../core/domain/check';
import {
  deployer,
  externalId,
  policyOf,
  statement,
  type Broken,
  type CallerRole,
  type Json,
  type Labelled,
} from './broken';

export const roleArn = 'arn:aws:iam::222233334444:role/Deploy';
export const sound = { trust: policyOf(statement()) };
export const wrongId = { trust: policyOf(statement({ Condition: { StringEquals: { 'sts:ExternalId': 'acme-7' } } })) };
export const another = { trust: policyOf(statement({ Principal: { AWS: 'arn:aws:iam::555566667777:root' } })) };
export const byName = { trust: policyOf(statement({ Principal: { AWS: deployer } })) };
export const expired = {
  trust: policyOf(
    statement({
      Condition: {
        StringEquals: { 'sts:ExternalId': externalId },
        DateLessThan: { 'aws:CurrentTime': '2026-10-31T00:00:00Z' },
      },
    }),
  ),
};
export const simulate = { Effect: 'Allow', Action: 'iam:SimulatePrincipalPolicy', Resource: '*' };
export const assume = (change: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: '*',
  ...change,
});
export const denySts = (change: Json = {}): Json => ({
  Effect: 'Deny',
  Action: 'sts:AssumeRole',
  Resource: '*',
  ...change,
});

export const one = (name: string, cause: CauseId, broken: Broken): Labelled => ({ name, causes: [cause], broken });
export const robot: CallerRole = { name: 'Robot', path: '/build/', inline: [policyOf(assume(), simulate)] };

export const management = '333344445555';
export const organized = (document: Json, targets: readonly string[], target = false) => ({
  managementAccountId: management,
  units: [{ name: 'Workloads' }, { name: 'Tools', parent: 'Workloads' }],
  members: [
    { accountId: '111122223333', parent: 'Tools' },
    ...(target ? [{ accountId: '222233334444', parent: 'Root' }] : []),
  ],
  serviceControlPolicies: [{ name: 'Guard', document: { ...document }, targets: [...targets] }],
});

export const two = (first: CauseId, second: CauseId, broken: Broken): Labelled => ({
  name: `${first} and ${second}`,
  causes: [first, second],
  broken,
});
