import type { Cause, CauseId } from '../check';

type Words = { readonly title: string; readonly who: Cause['who']; readonly remedy: string };

/** What each cause is called, whose hands change it, and what they do. `{…}` are filled where a cause is stated. */
export const causeWords: Readonly<Record<CauseId, Words>> = {
  'source-credentials-missing': {
    title: 'The source credentials could not be loaded',
    who: 'deployer',
    remedy: 'Sign in to that profile again, or choose another source.',
  },
  'source-session-expired': {
    title: 'The source’s own session has expired',
    who: 'deployer',
    remedy: 'Sign in to the source again. The role was not asked.',
  },
  'access-key-unknown': {
    title: 'AWS does not know the source’s access key, or it was switched off',
    who: 'deployer',
    remedy: 'Look at the key in IAM: it may be deleted, inactive, or of another partition. Then enter a live one.',
  },
  'secret-wrong': {
    title: 'The secret does not belong to the source’s access key',
    who: 'deployer',
    remedy: 'Enter the key again, or choose another source.',
  },
  'clock-wrong': {
    title: 'This computer’s clock is wrong',
    who: 'deployer',
    remedy: 'Switch on automatic time. AWS refuses what is signed more than five minutes off.',
  },
  'root-user': {
    title: 'The source is a root user, and those cannot assume roles',
    who: 'deployer',
    remedy: 'Choose an IAM user or a role as the source.',
  },
  network: {
    title: 'AWS could not be reached from this computer',
    who: 'deployer',
    remedy: 'Look at the connection, the proxy and its certificates, then test again.',
  },
  throttled: { title: 'AWS asks to slow down', who: 'nobody', remedy: 'Wait a minute, then test again.' },
  'aws-trouble': {
    title: 'AWS could not answer: the trouble is on its side',
    who: 'nobody',
    remedy: 'Test again in a minute.',
  },
  'region-disabled': {
    title: 'STS is switched off in this Region for the target account',
    who: 'account-owner',
    remedy: 'Use us-east-1 for this source, or have the Region switched on in the target account.',
  },
  'caller-not-allowed': {
    title: 'The source identity may not call AssumeRole on this role',
    who: 'deployer',
    remedy: 'Give the source identity a policy that allows sts:AssumeRole on this role.',
  },
  'caller-denied': {
    title: 'A policy of the source identity denies AssumeRole',
    who: 'deployer',
    remedy: 'Take the denial out of the source identity’s policies, or choose another source.',
  },
  'denied-by-boundary': {
    title: 'The permissions boundary of the source identity does not allow it',
    who: 'deployer',
    remedy: 'The boundary itself has to allow sts:AssumeRole on this role.',
  },
  'denied-by-session-policy': {
    title: 'The source’s session was opened with a policy that does not allow it',
    who: 'deployer',
    remedy: 'Open the source’s session without that policy.',
  },
  'denied-by-organization': {
    title: 'A service control policy of the source’s organization forbids it',
    who: 'organization-admin',
    remedy: 'Show this to whoever administers the organization of the source account.',
  },
  'denied-by-resource-control-policy': {
    title: 'A resource control policy of the target’s organization forbids it',
    who: 'organization-admin',
    remedy: 'Show this to whoever administers the organization of the target account.',
  },
  'denied-by-network-policy': {
    title: 'The policy of a VPC endpoint on the way does not allow it',
    who: 'deployer',
    remedy: 'Have the endpoint’s policy allow sts:AssumeRole on this role, or call from elsewhere.',
  },
  'not-a-role': {
    title: 'What is tested is not the ARN of a role',
    who: 'deployer',
    remedy: 'Paste the role’s ARN: it begins with arn: and has :role/ in it.',
  },
  'other-partition': {
    title: 'The role is in another partition of AWS than the source',
    who: 'deployer',
    remedy: 'Choose a source in the role’s partition. No role can be assumed across.',
  },
  'duration-above-maximum': {
    title: 'The role does not allow sessions that long',
    who: 'account-owner',
    remedy: 'Ask for less, or have the role’s maximum session duration raised.',
  },
  'duration-above-chaining-limit': {
    title: 'The source is itself a role’s session, and then one hour is the most',
    who: 'deployer',
    remedy: 'Ask for one hour, or use a source that is not a role.',
  },
  'duration-condition': {
    title: 'A condition of the role refuses sessions that long',
    who: 'account-owner',
    remedy: 'Ask for less, or have the condition changed.',
  },
  'mfa-code-wrong': {
    title: 'The MFA code was wrong, or was used before',
    who: 'deployer',
    remedy: 'Wait for the next code of the device, and enter that one.',
  },
  'session-tags-not-allowed': {
    title: 'Session tags are not allowed here',
    who: 'account-owner',
    remedy: 'Leave the tags out, or have sts:TagSession allowed in the trust policy and for the source.',
  },
  'source-identity-not-allowed': {
    title: 'Setting a SourceIdentity is not allowed here',
    who: 'account-owner',
    remedy: 'Leave it out, or have sts:SetSourceIdentity allowed in the trust policy and for the source.',
  },
  'session-policy-refused': {
    title: 'AWS did not accept the session policy',
    who: 'deployer',
    remedy: 'Correct or shorten the policy of the session, or open it without one.',
  },
  'value-refused': {
    title: 'AWS did not accept a value of the request',
    who: 'deployer',
    remedy: 'The detail says which one, and what AWS expects.',
  },
  'role-missing': {
    title: 'There is no such role in that account',
    who: 'account-owner',
    remedy: 'Create the role, or paste the ARN of the one that is there.',
  },
  'role-name-differs': {
    title: 'The role has nearly the same name',
    who: 'deployer',
    remedy: 'Correct the ARN. Names are case-sensitive when a role is assumed.',
  },
  'role-path-differs': {
    title: 'The role is there, under another path',
    who: 'deployer',
    remedy: 'Correct the ARN: the path belongs to it.',
  },
  'still-spreading': {
    title: 'AWS is still spreading the change',
    who: 'nobody',
    remedy: 'Wait a minute and test again. Roles answer within 30 seconds as a rule.',
  },
  'trusts-another-account': {
    title: 'The role trusts another account',
    who: 'account-owner',
    remedy: 'Correct the account in the role’s trust policy.',
  },
  'trusts-another-identity': {
    title: 'The role trusts another identity of this account',
    who: 'account-owner',
    remedy: 'Add the source identity to the role’s trust policy, or use the identity that it names.',
  },
  'trusted-principal-deleted': {
    title: 'The role trusts an identity that was deleted',
    who: 'account-owner',
    remedy: 'Name the account and a condition instead of the identity, so that it survives being made anew.',
  },
  'trusts-only-services': {
    title: 'The role trusts AWS services only',
    who: 'account-owner',
    remedy: 'This may be the wrong role. If it is the right one, its trust policy has to name the source account.',
  },
  'trusts-only-federation': {
    title: 'The role is for sign-in through an identity provider',
    who: 'account-owner',
    remedy: 'This may be the wrong role. If it is the right one, its trust policy has to name the source account.',
  },
  'trusts-nobody': {
    title: 'The role’s trust policy lets nobody in',
    who: 'account-owner',
    remedy: 'Access may have been taken back on purpose. Ask the account owner.',
  },
  'trust-denies': {
    title: 'The role’s trust policy denies it',
    who: 'account-owner',
    remedy: 'Access may have been taken back on purpose. Ask the account owner.',
  },
  'trust-action-missing': {
    title: 'The trust policy names the account, but not sts:AssumeRole',
    who: 'account-owner',
    remedy: 'Allow the action sts:AssumeRole in the statement that names the account.',
  },
  'trust-unreadable': {
    title: 'What was read is not a trust policy that AWS would keep',
    who: 'account-owner',
    remedy: 'Copy the whole output of the command, from the first { to the last }.',
  },
  'external-id-differs': {
    title: 'The role asks for a different external ID',
    who: 'account-owner',
    remedy: 'Put the external ID of this connection into the condition.',
  },
  'external-id-needed': {
    title: 'The role asks for an external ID, and this connection has none',
    who: 'deployer',
    remedy: 'Make the connection with the external ID that the account owner names.',
  },
  'external-id-not-enforced': {
    title: 'The trust policy does not insist on the external ID',
    who: 'account-owner',
    remedy: 'Add the condition to every statement that lets this account in.',
  },
  'mfa-needed': {
    title: 'The role asks for MFA, and the source’s credentials have none',
    who: 'deployer',
    remedy: 'Sign in with MFA, or give the code when the session is opened.',
  },
  'organization-differs': {
    title: 'The role admits one organization, and the source is not in it',
    who: 'account-owner',
    remedy: 'Use a source in that organization, or have its ID corrected.',
  },
  'network-condition': {
    title: 'The role admits calls from certain networks only',
    who: 'account-owner',
    remedy: 'Call from one of those networks, or have this one added.',
  },
  'time-condition': {
    title: 'The role admits nobody at this time',
    who: 'account-owner',
    remedy: 'Have the date in the condition changed.',
  },
  'session-name-condition': {
    title: 'The role asks for a certain session name',
    who: 'account-owner',
    remedy: 'Have the condition on sts:RoleSessionName admit the names that begin with sallyport-.',
  },
  'source-identity-needed': {
    title: 'The role asks for a SourceIdentity',
    who: 'account-owner',
    remedy: 'Have the condition removed, or open the session with the SourceIdentity that it asks for.',
  },
  'session-tags-needed': {
    title: 'The role asks for session tags',
    who: 'account-owner',
    remedy: 'Have the condition removed, or open the session with the tags that it asks for.',
  },
  'condition-not-met': {
    title: 'A condition of the role is not met',
    who: 'account-owner',
    remedy: 'The condition is named beside. Its owner knows what it is for.',
  },
  'role-lacks-permission': {
    title: 'The role may not do what was agreed',
    who: 'account-owner',
    remedy: 'Attach the policies that were agreed.',
  },
  'role-denied-by-boundary': {
    title: 'The role’s permissions boundary does not allow what was agreed',
    who: 'account-owner',
    remedy: 'The boundary itself has to allow it.',
  },
  'role-denied-by-organization': {
    title: 'A policy of the target’s organization forbids what was agreed',
    who: 'organization-admin',
    remedy: 'Show this to whoever administers the organization of the target account.',
  },
  'role-denied': {
    title: 'A policy of the role denies what was agreed',
    who: 'account-owner',
    remedy: 'Take the denial out of the role’s policies, if it is not there on purpose.',
  },
  'unexpected-identity': {
    title: 'AWS says that the credentials belong to somebody else',
    who: 'deployer',
    remedy: 'Check the role’s ARN, and the endpoint that is called.',
  },
};
