import { parseRoleArn } from '../../../core/domain/arn';
import { parsePolicyDocument } from '../../../core/domain/policy-document';
import { callerArn, callerUserId } from '../caller';
import { decide, denialReason, notAuthorized, type Call } from '../call';
import { accessDenied, malformedPolicy, validationError } from '../http';
import { tagContext } from '../parameters';
import type { SessionRecord } from '../snapshot';
import { roleToAssume, visibleTrust } from '../spreading';
import { xmlTime, type XmlFields } from '../xml';
import type { Operations } from './operation';
import { checkRegion, mfaGiven, stsSessionOperations } from './sts-session';
import { longestToken, packContent, sessionContent } from './sts-session-content';

/** Seconds: the most when the caller is a role's session itself (aws-reference §3.1). */
const chainedMaximum = 3600;

const sessionNameRule = { min: 2, max: 64, pattern: { test: /^[\w+=,.@-]*$/, shown: '[\\w+=,.@-]*' } };
const externalIdRule = { min: 2, max: 1224, pattern: { test: /^[\w+=,.@:/-]*$/, shown: '[\\w+=,.@:\\/-]*' } };

export const stsOperations: Operations = {
  // Needs no permission: it works even under an explicit deny (aws-reference §0.3).
  GetCallerIdentity: ({ caller }) => ({
    Arn: callerArn(caller),
    UserId: callerUserId(caller),
    Account: caller.account.id,
  }),
  AssumeRole: assumeRole,
  ...stsSessionOperations,
};

type Asked = {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly externalId: string | undefined;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  readonly sourceIdentity: string | undefined;
  readonly tags: { key: string; value: string }[];
  readonly transitiveTagKeys: readonly string[];
  readonly minimumTokenSize: number;
  /** A good code of one of the caller's devices came with the request. */
  readonly mfa: boolean;
};

function readInput(call: Call): Asked {
  const { parameters } = call;
  const roleArn = parameters.text('RoleArn', { min: 20, max: 2048 });
  const sessionName = parameters.text('RoleSessionName', sessionNameRule);
  const durationSeconds = parameters.optionalInteger('DurationSeconds', 900, 43_200) ?? 3600;
  const externalId = parameters.optionalText('ExternalId', externalIdRule);
  const policy = parameters.optionalText('Policy', { min: 1 });
  const policyArns = parameters.list('PolicyArns', 'arn');
  const sourceIdentity = parameters.optionalText('SourceIdentity', sessionNameRule);
  if (sourceIdentity?.toLowerCase().startsWith('aws:') === true)
    throw validationError('SourceIdentity must not begin with aws:');
  if (policyArns.length > 10) {
    throw validationError(
      "1 validation error detected: Value '[policyArns]' at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10",
    );
  }
  if (parseRoleArn(roleArn) === undefined) throw validationError(`${roleArn} is invalid`);
  return {
    roleArn,
    sessionName,
    durationSeconds,
    externalId,
    policy,
    policyArns,
    sourceIdentity,
    tags: parameters.tags('Tags', 'InvalidParameterValue'),
    transitiveTagKeys: parameters.list('TransitiveTagKeys'),
    minimumTokenSize: parameters.optionalInteger('MinimumSessionTokenSize', 0, longestToken) ?? 0,
    mfa: mfaGiven(call),
  };
}

/**
 * One decision for `sts:AssumeRole` and its companions. What lacks on the role's side is never told apart: a missing
 * role, a trust that names somebody else and a wrong external ID get the same words (aws-reference §3.4).
 */
function authorizeAssume(call: Call, asked: Asked, action: string, trust: string | undefined): void {
  const generic = notAuthorized(call, action, asked.roleArn);
  const context = tagContext(asked.tags);
  context.set('sts:rolesessionname', [asked.sessionName]);
  context.set('sts:durationseconds', [String(asked.durationSeconds)]);
  if (asked.externalId !== undefined) context.set('sts:externalid', [asked.externalId]);
  if (asked.sourceIdentity !== undefined) context.set('sts:sourceidentity', [asked.sourceIdentity]);
  if (asked.transitiveTagKeys.length > 0) context.set('sts:transitivetagkeys', asked.transitiveTagKeys);
  if (asked.mfa) {
    context.set('aws:multifactorauthpresent', ['true']);
    context.set('aws:multifactorauthage', ['0']);
  }
  const resourceAccountId = asked.roleArn.split(':')[4] ?? '';
  const evaluation = decide(call, action, asked.roleArn, {
    context,
    resourceAccountId,
    // Without a role there is a trust that trusts nobody, so that the caller's side is judged the same way.
    resource: {
      type: 'trust-policy',
      policy: trust === undefined ? { label: 'none', statements: [] } : call.policies.compile('trust', trust, 'trust'),
    },
  });
  if (evaluation.decision === 'allowed') return;
  const { type } = evaluation.decidedBy;
  if (type === 'trust-policy' || type === 'resource-policy') throw accessDenied(generic);
  throw accessDenied(`${generic}${denialReason(action, evaluation)}`);
}

function checkSessionPolicies(call: Call, asked: Asked): void {
  if (asked.policy !== undefined) {
    const read = parsePolicyDocument(asked.policy, 'session');
    if (!read.ok) throw malformedPolicy(read.message);
  }
  const accountId = asked.roleArn.split(':')[4] ?? '';
  for (const arn of asked.policyArns) {
    if (!call.policies.exists(arn, accountId))
      throw malformedPolicy(`Policy ${arn} does not exist or is not attachable.`);
  }
}

function assumeRole(call: Call): XmlFields {
  const asked = readInput(call);
  const { caller, now, secrets, state } = call;
  if (caller.kind === 'root') throw accessDenied('Roles may not be assumed by root accounts.');
  const found = roleToAssume(state, asked.roleArn, now);
  const trust = found === undefined ? undefined : visibleTrust(found.role, now);
  const content = sessionContent(caller, asked, asked.roleArn);

  authorizeAssume(call, asked, 'sts:AssumeRole', trust);
  // Both are asked for in a chain too: what goes on from the session before is set anew in the next one.
  if (content.sourceIdentity !== undefined) authorizeAssume(call, asked, 'sts:SetSourceIdentity', trust);
  if (content.tags.length > 0) authorizeAssume(call, asked, 'sts:TagSession', trust);
  if (found === undefined) throw accessDenied(notAuthorized(call, 'sts:AssumeRole', asked.roleArn));

  const { account, role } = found;
  if (caller.kind === 'session' && asked.durationSeconds > chainedMaximum) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (asked.durationSeconds > role.maxSessionDuration) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  checkSessionPolicies(call, asked);
  checkRegion(call, account.id);
  const policies = [...(asked.policy === undefined ? [] : [asked.policy]), ...asked.policyArns];
  const { packedPercent, tokenSize } = packContent(policies, content.tags);

  const issuedAt = Math.floor(now / 1000) * 1000;
  const { sourceIdentity } = content;
  const session: SessionRecord = {
    accessKeyId: state.newId('ASIA'),
    accountId: account.id,
    roleId: role.id,
    roleName: role.name,
    roleArn: asked.roleArn,
    sessionName: asked.sessionName,
    issuedAt,
    chained: caller.kind === 'session',
    expiresAt: issuedAt + asked.durationSeconds * 1000,
    ...(asked.policy === undefined ? {} : { inlinePolicy: asked.policy }),
    ...(asked.policyArns.length === 0 ? {} : { policyArns: [...asked.policyArns] }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    tags: content.tags,
    transitiveTagKeys: content.transitiveTagKeys,
    tokenSize: Math.max(tokenSize, asked.minimumTokenSize),
  };
  state.addSession(session);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: secrets.secretAccessKey(session.accessKeyId),
      SessionToken: secrets.sessionToken(session.accessKeyId, session.tokenSize),
      Expiration: xmlTime(session.expiresAt),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${asked.sessionName}`,
      Arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${asked.sessionName}`,
    },
    SourceIdentity: sourceIdentity,
    PackedPolicySize: packedPercent,
    SessionTokenSize: session.tokenSize,
    SessionTokenUtilization: Math.round((session.tokenSize / longestToken) * 100),
  };
}
