import type { AppError } from '../app-error';
import type { Cause, Diagnosis } from './check';

/** What credentials of the target account saw of the role. */
export type TargetEyes =
  | { readonly found: false; readonly readWith: string }
  | { readonly found: true; readonly readWith: string; readonly trustPolicy: string };

/** Everything known about one refused AssumeRole. */
export type Evidence = {
  readonly error: AppError;
  readonly check: 'assume-role' | 'external-id';
  readonly roleArn: string;
  readonly externalId: string | undefined;
  readonly callerArn: string | undefined;
  /** the trust policy that was agreed */
  readonly expectedTrust: string | undefined;
  readonly eyes: TargetEyes | undefined;
};

type Other = Diagnosis['others'][number];

/** Wordings of AWS that name the side at fault (aws-reference §3.3). Texts are not contractual: parsed loosely. */
function causeByWording(text: string): Cause | undefined {
  const says = (fragment: string) => text.includes(fragment);
  if (says('no identity-based policy allows')) {
    return {
      id: 'caller-not-allowed',
      title: 'The source identity may not call AssumeRole on this role',
      certainty: 'very-likely',
      reasoning: 'AWS says that no policy of the caller allows it. The role was not asked.',
      who: 'deployer',
    };
  }
  if (says('service control policy') || says('resource control policy')) {
    return {
      id: 'denied-by-organization',
      title: 'A policy of the organization denies it',
      certainty: 'very-likely',
      reasoning: 'AWS names a service or resource control policy. It names one policy type only; there may be more.',
      who: 'organization-admin',
    };
  }
  if (says('permissions boundary')) {
    return {
      id: 'denied-by-boundary',
      title: 'The permissions boundary of the source identity denies it',
      certainty: 'very-likely',
      reasoning: 'AWS names the boundary in its answer.',
      who: 'deployer',
    };
  }
  return undefined;
}

type TrustFacts = {
  readonly accounts: readonly string[];
  readonly staleIds: readonly string[];
  readonly externalIds: readonly string[];
};

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** What the Allow statements of a trust policy name. Unknown shapes are passed over: this only ranks causes. */
function readTrust(text: string): TrustFacts | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const statement = record(document)['Statement'];
  const statements = (Array.isArray(statement) ? statement : [statement]).map(record);
  const principals = statements
    .filter((one) => one['Effect'] === 'Allow')
    .flatMap((one) => strings(record(one['Principal'])['AWS']).concat(strings(one['Principal'])));
  const externalIds = statements.flatMap((one) =>
    strings(record(record(one['Condition'])['StringEquals'])['sts:ExternalId']),
  );
  return {
    accounts: principals.flatMap((principal) => /^(?:arn:[^:]+:iam::)?(\d{12})(?::|$)/.exec(principal)?.[1] ?? []),
    staleIds: principals.filter((principal) => /^A(?:ROA|IDA)[A-Z0-9]+$/.test(principal)),
    externalIds,
  };
}

function differingTail(a: string, b: string): string {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index < 8 ? `${a} instead of ${b}` : `${a.slice(8)} instead of ${b.slice(8)} at the end`;
}

function causeByEyes(evidence: Evidence, eyes: TargetEyes): { cause: Cause | undefined; others: Other[] } {
  const roleName = evidence.roleArn.slice(evidence.roleArn.lastIndexOf('/') + 1);
  if (!eyes.found) {
    return {
      cause: {
        id: 'role-missing',
        title: `There is no role ${roleName} in that account`,
        certainty: 'certain',
        reasoning: 'AWS says so to credentials of the target account. Names are case-sensitive when a role is assumed.',
        who: 'account-owner',
      },
      others: [],
    };
  }
  const others: Other[] = [{ title: 'The role does not exist', verdict: 'Ruled out: it was read', ruledOut: true }];
  const trust = readTrust(eyes.trustPolicy);
  const caller = evidence.callerArn?.split(':')[4];
  if (trust === undefined || caller === undefined) return { cause: undefined, others };
  const correction =
    evidence.expectedTrust === undefined
      ? {}
      : { correction: { before: eyes.trustPolicy, after: evidence.expectedTrust } };
  if (trust.staleIds.length > 0 && !trust.accounts.includes(caller)) {
    return {
      cause: {
        id: 'trusted-principal-deleted',
        title: `The role trusts ${trust.staleIds[0] ?? ''}, an identity that was deleted`,
        certainty: 'certain',
        reasoning:
          'IAM stores a named user or role by its unique ID. One of the same name that is made later is another one.',
        who: 'account-owner',
        ...correction,
      },
      others,
    };
  }
  const [trusted] = trust.accounts;
  if (trusted !== undefined && !trust.accounts.includes(caller)) {
    return {
      cause: {
        id: 'trusts-another-account',
        title: `The role trusts another account: ${differingTail(trusted, caller)}`,
        certainty: 'certain',
        reasoning: 'The trust policy was read from the role itself.',
        who: 'account-owner',
        ...correction,
      },
      others,
    };
  }
  others.push({ title: 'It trusts another account', verdict: 'Ruled out: it names the caller’s', ruledOut: true });
  const [wanted] = trust.externalIds;
  if (wanted !== undefined && wanted !== evidence.externalId) {
    return {
      cause: {
        id: 'external-id-differs',
        title: 'The role asks for a different external ID',
        certainty: 'certain',
        reasoning: 'The condition on sts:ExternalId in the role is not the external ID of this connection.',
        who: 'account-owner',
        ...correction,
      },
      others,
    };
  }
  others.push({ title: 'The external ID differs', verdict: 'Ruled out: it matches', ruledOut: true });
  return { cause: undefined, others };
}

/**
 * Ranks what may be behind a refusal. AWS answers a missing role, a wrong trust and a wrong external ID with the same
 * sentence (aws-reference §3.4), so without eyes in the target account nothing here is called certain.
 */
export function diagnose(evidence: Evidence): Diagnosis | undefined {
  if (evidence.check === 'external-id') {
    const correction =
      evidence.eyes?.found === true && evidence.expectedTrust !== undefined
        ? { correction: { before: evidence.eyes.trustPolicy, after: evidence.expectedTrust } }
        : {};
    return {
      likeliest: {
        id: 'external-id-not-enforced',
        title: 'The trust policy does not insist on the external ID',
        certainty: 'certain',
        reasoning: 'AssumeRole succeeded where it must be refused.',
        who: 'account-owner',
        ...correction,
      },
      others: [],
      evidence: 'Seen by trying it.',
    };
  }
  if (evidence.error.kind !== 'access-denied') return undefined;
  const worded = causeByWording(evidence.error.detail ?? '');
  if (worded !== undefined) {
    return {
      likeliest: worded,
      others: [{ title: 'The role refuses', verdict: 'Unlikely: AWS names the other side', ruledOut: false }],
      evidence: 'Read from the answer of AWS.',
    };
  }
  if (evidence.eyes !== undefined) {
    const { cause, others } = causeByEyes(evidence, evidence.eyes);
    const read = `Read from the role itself with ${evidence.eyes.readWith}.`;
    if (cause !== undefined) return { likeliest: cause, others, evidence: read };
    return {
      likeliest: {
        id: 'condition-not-met',
        title: 'A condition of the role, or a policy of the caller, is not met',
        certainty: 'likely',
        reasoning:
          'The role exists and trusts the account. What is left are its other conditions and the caller’s own policies.',
        who: 'account-owner',
      },
      others,
      evidence: read,
    };
  }
  return {
    likeliest: {
      id: 'cannot-tell',
      title: 'The role is missing, does not trust this account, or asks for another external ID',
      certainty: 'guess',
      reasoning:
        'AWS answers all three with the same sentence. Somebody with access to the target account can tell which it is.',
      who: 'account-owner',
    },
    others: [
      { title: 'The source identity may not call AssumeRole', verdict: 'Possible: AWS did not say', ruledOut: false },
    ],
    evidence: 'From this side it cannot be told apart.',
  };
}
