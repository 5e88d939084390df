import { isPrivateRange } from './policy-ip';
import { trustLength, usualTrustLength } from './trust-check';
import { noConditions, type TrustConditions } from './trust-conditions';
import { trustDemands } from './trust-demands';
import type { OptionsAnswers, Trusted } from './wizard';

/** A condition of the trust, as the trust diagram draws it. */
export type TrustMark = { readonly state: 'set' | 'unset' | 'risky'; readonly text: string };

/** `user/deployer`; of a role session the role. */
export function identityName(arn: string): string {
  return arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^assumed-role\/([^/]+)\/.*$/, 'role/$1');
}

function quantity(count: number, one: string, many: string): string {
  return count === 1 ? one : `${String(count)} ${many}`;
}

/** “a”, “a or b”, “a, b or c”; of a long list the first ones and how many more. */
function anyOf(values: readonly string[], most = 3): string {
  const shown = values.length > most ? [...values.slice(0, most - 1), `${values.length - most + 1} more`] : values;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} or ${last}`;
}

/** Who of the trusted account may enter: “Only user/deployer and 2 more”. */
export function whoMayEnter(
  options: OptionsAnswers,
  trusted: Trusted,
): { readonly few: boolean; readonly text: string } {
  const own = options.onlyThisIdentity ? [identityName(trusted.arn)] : [];
  const more = (options.conditions ?? noConditions).principalArns.map(identityName);
  const [first, ...others] = [...own, ...more];
  if (first === undefined) return { few: false, text: 'Anyone the account allows' };
  return {
    few: true,
    text: `Only ${first}${others.length === 0 ? '' : ` and ${quantity(others.length, 'one more', 'more')}`}`,
  };
}

function conditionMarks({ mfa, organizationIds, sourceRanges }: TrustConditions): readonly TrustMark[] {
  return [
    mfa ? { state: 'set', text: 'Only with MFA' } : { state: 'unset', text: 'No MFA asked' },
    ...(organizationIds.length === 0
      ? []
      : [{ state: 'set' as const, text: `Only of organization ${anyOf(organizationIds, 1)}` }]),
    ...(sourceRanges.length === 0 ? [] : [{ state: 'set' as const, text: `Only from ${anyOf(sourceRanges, 2)}` }]),
  ];
}

/** What the outer door asks, and what it does not. `trustText` is the policy as it will be made. */
export function trustMarks(options: OptionsAnswers, trusted: Trusted, trustText: string): readonly TrustMark[] {
  const externalId: TrustMark = options.useExternalId
    ? { state: 'set', text: 'External ID required' }
    : { state: 'risky', text: 'No external ID asked' };
  if (options.ownTrust !== undefined) {
    const demands = trustDemands(trustText);
    return [
      externalId,
      { state: 'unset', text: 'Trust policy of your own' },
      ...conditionMarks({
        mfa: demands?.mfa ?? false,
        organizationIds: [...(demands?.organizations ?? [])],
        sourceRanges: [...(demands?.sourceRanges ?? [])],
        principalArns: [],
      }),
    ];
  }
  const who = whoMayEnter(options, trusted);
  return [
    externalId,
    { state: who.few ? 'set' : 'unset', text: who.text },
    ...conditionMarks(options.conditions ?? noConditions),
    ...(options.services === undefined
      ? []
      : [{ state: 'unset' as const, text: `Also ${anyOf(options.services.names, 2)}` }]),
  ];
}

/** What the trust refuses, as ends of the sentence “They cannot …”. */
export function trustRefusals(options: OptionsAnswers, trustText: string): readonly string[] {
  const demands = trustDemands(trustText);
  if (demands === undefined) return [];
  return [
    ...(options.useExternalId ? ['Enter without the external ID'] : []),
    ...(demands.mfa ? ['Enter without MFA'] : []),
    ...(demands.organizations.length > 0 ? [`Enter from outside organization ${anyOf(demands.organizations)}`] : []),
    ...(demands.sourceRanges.length > 0 ? [`Enter from another address than ${anyOf(demands.sourceRanges)}`] : []),
  ];
}

/** What somebody should know before they live with this trust. */
export function trustWarnings(options: OptionsAnswers, trusted: Trusted, trustText: string): readonly string[] {
  const demands = trustDemands(trustText);
  const ranges = demands?.sourceRanges ?? [];
  const { ownTrust, services, useExternalId } = options;
  return [
    ...(useExternalId ? [] : ['No external ID is asked for: whoever may act in the trusted account may enter.']),
    ...(demands?.mfa === true
      ? ['A code is typed for each session: nothing can renew it unattended, and what runs by itself cannot enter.']
      : []),
    ...(demands !== undefined && demands.organizations.length > 0
      ? [
          'The organization counts only while the caller’s account is a member. An account that leaves is refused at once.',
        ]
      : []),
    ...(ranges.length > 0
      ? [
          'The address is AWS’s view of the caller: it breaks when the network, VPN or provider changes, through a VPC endpoint, and when an AWS service calls for them.',
        ]
      : []),
    ...(ranges.length > 0 && ranges.every(isPrivateRange)
      ? ['Only private addresses are let in. AWS sees public ones, so outside of practice nobody can enter.']
      : []),
    ...(services !== undefined && !services.onlyThisAccount
      ? [`${anyOf(services.names)} may enter for whoever can tell it to: who may pass this role decides.`]
      : []),
    ...(ownTrust !== undefined && !ownTrust.includes(trusted.accountId)
      ? [`It does not name account ${trusted.accountId}, so the connection’s test will be refused.`]
      : []),
    ...(trustLength(trustText) > usualTrustLength
      ? [
          `The trust policy has ${trustLength(trustText)} characters. AWS takes ${usualTrustLength} until the account’s quota is raised.`,
        ]
      : []),
  ];
}
