/** What one of AWS's access-denied sentences says. Texts are not contractual: read loosely (aws-reference §3.3). */
export type AccessDeniedReading = {
  /** `service:Operation`, where the text names one. */
  readonly action?: string;
  readonly resource?: string;
  readonly explicit: boolean;
  readonly policy?:
    | 'identity-based policy'
    | 'role trust policy'
    | 'resource-based policy'
    | 'permissions boundary'
    | 'session policy'
    | 'service control policy'
    | 'resource control policy'
    | 'VPC endpoint policy';
  readonly reason: 'root' | 'mfa' | 'policy' | 'not-said';
};

const policies = [
  'service control policy',
  'resource control policy',
  'permissions boundary',
  'session policy',
  'identity-based policy',
  'role trust policy',
  'resource-based policy',
  'VPC endpoint policy',
] as const;

export function readAccessDenied(text: string): AccessDeniedReading {
  const action = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(text)?.[1];
  const resource = /on resource: (\S+)/.exec(text)?.[1];
  const lower = text.toLowerCase();
  const policy = policies.find((name) => lower.includes(name.toLowerCase()));
  // A name in an ARN says nothing: a role may well be called after MFA.
  const plain = text.replace(/\barn:\S+/g, '');
  const reason = /may not be assumed by root/i.test(plain)
    ? 'root'
    : /multifactorauthentication|mfa/i.test(plain)
      ? 'mfa'
      : policy === undefined
        ? 'not-said'
        : 'policy';
  return {
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
    explicit: /explicit deny/i.test(text),
    ...(policy === undefined ? {} : { policy }),
    reason,
  };
}
