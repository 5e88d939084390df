import { authorize, type Call } from '../call';
import type { XmlFields } from '../xml';
import { iamQuotas } from './iam-quotas';
import type { Operations } from './operation';

function summary({ caller: { account } }: Call): ReadonlyMap<string, number> {
  const policies = [...account.policies.values()];
  const devices = [...account.mfaDevices.values()];
  const versionsInUse = policies.reduce((sum, policy) => sum + policy.versions.length, 0);
  return new Map([
    ...Object.entries(iamQuotas),
    ['AccountAccessKeysPresent', account.rootAccessKeys.length > 0 ? 1 : 0],
    ['AccountMFAEnabled', 0],
    ['AccountPasswordPresent', 1],
    ['AccountSigningCertificatesPresent', 0],
    ['GlobalEndpointTokenVersion', 1],
    ['Groups', account.groups.size],
    ['InstanceProfiles', account.instanceProfiles.size],
    ['MFADevices', devices.length],
    ['MFADevicesInUse', devices.filter((device) => device.enabledFor !== undefined).length],
    ['Policies', policies.length],
    ['PolicyVersionsInUse', versionsInUse],
    ['Providers', 0],
    ['Roles', account.roles.size],
    ['ServerCertificates', 0],
    ['Users', account.users.size],
  ]);
}

export const iamSummaryOperations: Operations = {
  GetAccountSummary: (call): XmlFields => {
    authorize(call, 'iam:GetAccountSummary', '*');
    return { SummaryMap: summary(call) };
  },
};
