import { parseArn, parseAssumedRoleArn } from '../arn';
import { quoteBash } from '../../render/quote-bash';
import type { Correction } from '../check';

/** The policy that lets the caller call AssumeRole on one role, and on nothing else. */
export function callerPolicy(roleArn: string): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn }],
    },
    null,
    2,
  );
}

/**
 * That policy as a change of the caller's, with the line of the AWS CLI that makes it. An Identity Center role's policies
 * are its permission set's: there is no line for it (aws-reference §4).
 */
export function callerCorrection(
  callerArn: string,
  roleArn: string,
): { readonly correction: Correction; readonly command?: string } | undefined {
  const session = parseAssumedRoleArn(callerArn);
  const user = /^user\/(?:.*\/)?([^/]+)$/.exec(parseArn(callerArn)?.resource ?? '')?.[1];
  const owner = session?.roleName ?? user;
  if (owner === undefined) return undefined;
  const after = callerPolicy(roleArn);
  const policyName = `Assume-${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`.slice(0, 128);
  const kind = session === undefined ? 'user' : 'role';
  return {
    correction: { of: 'caller-policy', owner, before: '', after },
    ...(owner.startsWith('AWSReservedSSO_')
      ? {}
      : {
          command: `aws iam put-${kind}-policy --${kind}-name ${quoteBash(owner)} --policy-name ${quoteBash(policyName)} --policy-document ${quoteBash(JSON.stringify(JSON.parse(after)))}`,
        }),
  };
}
