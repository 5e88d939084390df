/** The user or role behind an identity, in the source account. */
export type Caller = { readonly kind: 'user' | 'role'; readonly name: string };

/**
 * Who carries the right to call, by the ARN of GetCallerIdentity: the user, or the role of a session. Undefined for what
 * has no policies of its own that could be changed there: the root user, federated users, and the roles of Identity Center
 * (aws-reference §6.2).
 */
export function callerOf(arn: string): Caller | undefined {
  const [kind, ...rest] = arn.split(':').slice(5).join(':').split('/');
  const name = kind === 'assumed-role' ? rest[0] : rest.at(-1);
  if (name === undefined || name === '') return undefined;
  if (kind === 'user') return { kind, name };
  return kind === 'assumed-role' && !name.startsWith('AWSReservedSSO_') ? { kind: 'role', name } : undefined;
}
