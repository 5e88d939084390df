import { consoleAddress } from '../domain/console-destinations';
import type { RoleArn } from '../domain/arn';
import { partitionById } from '../domain/partitions';
import { denyOlderSessionsPolicyName } from '../domain/revocation';
import {
  closedTrustPolicy,
  denyAllPolicy,
  denyAllPolicyName,
  denyAssumePolicy,
  denyAssumePolicyName,
  roleScp,
  wayFacts,
  type Measure,
} from '../domain/revocation-ways';
import type { ConsoleStep } from './console-steps';
import { revocationActs, type RevocationGround } from './revocation-acts';

/** A guided step, with the address of the page where it is done; absent in partitions without a public console. */
export type RevocationClick = ConsoleStep & { readonly address?: string };

/**
 * The way as clicks in the AWS console, in the order of its measures; policies are pasted whole. None where something that
 * the way needs is not known (`whyNoRevocationScript`). Names of buttons are the console's, as its guides have them.
 */
export function revocationClicks(ground: RevocationGround): readonly RevocationClick[] {
  const acts = revocationActs(ground);
  if (typeof acts === 'string') return [];
  const { accountId, role, whose } = acts;
  return [
    {
      id: 'sign-in',
      title: `Sign in to ${whose}`,
      text: 'As somebody who may change roles there. Compare the account ID at the top of the console.',
      copies: accountId === undefined ? [] : [{ label: 'account ID', value: accountId }],
    },
    ...wayFacts[ground.way].measures.flatMap((measure) => clicksOf(measure, role, ground)),
  ];
}

function pageOf(role: RoleArn, section: string): Pick<RevocationClick, 'address' | 'linkId' | 'roleName'> {
  const host = partitionById(role.partition)?.consoleHost;
  return {
    linkId: 'iam-role-page',
    roleName: role.roleName,
    ...(host === undefined
      ? {}
      : { address: `https://${host}/iam/home#/roles/details/${encodeURIComponent(role.roleName)}?section=${section}` }),
  };
}

const inlineText =
  'Add permissions, Create inline policy, JSON. Replace everything, press Next, give it the name, create it.';

function clicksOf(measure: Measure, role: RoleArn, ground: RevocationGround): readonly RevocationClick[] {
  const { accountId, arn, roleName } = role;
  switch (measure) {
    case 'close-trust':
      return [
        {
          id: measure,
          title: `Close the trust of ${roleName}`,
          text: 'On the role’s page: Trust relationships, Edit trust policy. Keep the old text, replace everything, then Update policy.',
          copies: [{ label: 'trust policy', value: closedTrustPolicy() }],
          ...pageOf(role, 'trust_relationships'),
        },
      ];
    case 'deny-older-sessions':
      return [
        {
          id: measure,
          title: 'Deny the sessions that are open',
          text: `On the role’s page: Revoke sessions, Revoke active sessions. The console puts the policy ${denyOlderSessionsPolicyName} with the time of that moment.`,
          copies: [],
          ...pageOf(role, 'revoke_sessions'),
        },
      ];
    case 'detach-permissions':
      return [
        {
          id: measure,
          title: `Take the permissions of ${roleName}`,
          text: 'On the role’s page: Permissions. Copy the text of each inline policy, it cannot be read again; then tick all policies and Remove.',
          copies: [],
          ...pageOf(role, 'permissions'),
        },
      ];
    case 'deny-all':
      return [
        {
          id: measure,
          title: `Deny everything to ${roleName}`,
          text: inlineText,
          copies: [
            { label: 'policy', value: denyAllPolicy() },
            { label: 'policy name', value: denyAllPolicyName },
          ],
          ...pageOf(role, 'permissions'),
        },
      ];
    case 'set-boundary':
      return [
        {
          id: measure,
          title: 'Set AWSDenyAll as permissions boundary',
          text: 'On the role’s page: Permissions, Permissions boundary, Set or Change. Note the one that is there, search for the name, tick it.',
          copies: [{ label: 'boundary name', value: 'AWSDenyAll' }],
          ...pageOf(role, 'permissions'),
        },
      ];
    case 'deny-by-scp':
      return scpClicks(role);
    case 'deny-caller': {
      const { kind = 'user', name = '' } = ground.caller ?? {};
      const host = partitionById(role.partition)?.consoleHost;
      const page = `${kind}s/details/${encodeURIComponent(name)}?section=permissions`;
      return [
        {
          id: measure,
          title: `Deny the ${kind} ${name} the assuming of the role`,
          text: inlineText,
          copies: [
            { label: 'policy', value: denyAssumePolicy(arn) },
            { label: 'policy name', value: denyAssumePolicyName(accountId, roleName) },
          ],
          ...(kind === 'user' ? { linkId: 'iam-users' } : { linkId: 'iam-role-page', roleName: name }),
          ...(host === undefined ? {} : { address: `https://${host}/iam/home#/${page}` }),
        },
      ];
    }
    case 'prove':
      return [
        {
          id: measure,
          title: 'Let whoever asked see that it is shut',
          text: 'They ask AWS with what they hold until it refuses twice. AWS may need a few minutes to spread the change.',
          copies: [],
        },
      ];
    case 'delete-role':
      return [
        {
          id: measure,
          title: `Delete the role ${roleName}`,
          text: 'On the role’s page: Delete, at the top. The console removes its policies and instance profiles with it. It asks for the name.',
          copies: [{ label: 'role name', value: roleName }],
          ...pageOf(role, 'permissions'),
        },
      ];
    case 'delete-stack':
      return stackClicks(role, ground);
  }
}

function scpClicks(role: RoleArn): readonly RevocationClick[] {
  const host = partitionById(role.partition)?.consoleHost;
  const page =
    host === undefined ? {} : { address: `https://${host}/organizations/v2/home/policies/service-control-policy` };
  const name = `Sallyport-${role.accountId}-${role.roleName}`;
  return [
    {
      id: 'make-scp',
      title: 'Make a service control policy for this one role',
      text: 'In AWS Organizations: Policies, Service control policies, Create policy. Replace everything in the editor.',
      copies: [
        { label: 'policy', value: roleScp(role.arn) },
        { label: 'policy name', value: name },
      ],
      ...page,
    },
    {
      id: 'attach-scp',
      title: `Attach it to account ${role.accountId}`,
      text: 'On the policy’s page: Targets, Attach. Tick the account and nothing else.',
      copies: [{ label: 'account ID', value: role.accountId }],
      ...page,
    },
  ];
}

function stackClicks(role: RoleArn, { stack }: RevocationGround): readonly RevocationClick[] {
  const { name = '', region = '' } = stack ?? {};
  const stacks = consoleAddress('cloudformation', role.partition, region);
  return [
    {
      id: 'delete-stack',
      title: `Delete the stack ${name}`,
      text: `In CloudFormation, in the Region ${region}: choose it, look at Resources for what else goes with it, then Delete.`,
      copies: [{ label: 'stack name', value: name }],
      ...(stacks === undefined ? {} : { address: `${stacks}#/stacks` }),
    },
  ];
}
