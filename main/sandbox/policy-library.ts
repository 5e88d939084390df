import { parsePolicyDocument, type PolicyUse } from '../../core/domain/policy-document';
import { compilePolicy, type CompiledPolicy } from '../../core/domain/policy-evaluation';
import { malformedPolicy } from './http';
import type { PolicyRecord } from './snapshot';
import type { SandboxState } from './state';

/** A policy of AWS's own. `document` is JSON text. */
export type ManagedPolicy = {
  readonly name: string;
  readonly arn: string;
  readonly versionId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly document: string;
};

/** AWS's managed policies by ARN, read once and only when first needed. */
export type ManagedPolicies = ReadonlyMap<string, ManagedPolicy>;

let managedPolicies: Promise<ManagedPolicies> | undefined;

export function loadManagedPolicies(): Promise<ManagedPolicies> {
  managedPolicies ??= import('./managed-policies.json', { with: { type: 'json' } }).then(
    (file) => new Map(file.default.map((policy): [string, ManagedPolicy] => [policy.arn, policy])),
  );
  return managedPolicies;
}

const maximumCompiled = 4_000;

/** Compiles each document once, however many roles carry it. */
export class PolicyLibrary {
  private readonly compiled = new Map<string, CompiledPolicy>();

  constructor(
    private readonly state: SandboxState,
    private readonly managed: ManagedPolicies,
  ) {}

  /** Throws MalformedPolicyDocument as IAM does; stored documents were checked when they came in. */
  compile(label: string, document: string, use: PolicyUse): CompiledPolicy {
    const key = `${use}\n${label}\n${document}`;
    let policy = this.compiled.get(key);
    if (policy === undefined) {
      const read = parsePolicyDocument(document, use);
      if (!read.ok) throw malformedPolicy(read.message);
      policy = compilePolicy(label, read.document);
      if (this.compiled.size >= maximumCompiled) this.compiled.clear();
      this.compiled.set(key, policy);
    }
    return policy;
  }

  managedPolicy(arn: string): ManagedPolicy | undefined {
    return this.managed.get(arn);
  }

  customerPolicy(arn: string): PolicyRecord | undefined {
    const accountId = arn.split(':')[4] ?? '';
    return this.state.accounts.get(accountId)?.policies.get(arn);
  }

  allManaged(): readonly ManagedPolicy[] {
    return [...this.managed.values()];
  }

  /** The document in force behind a policy's ARN, AWS's or the customer's own. */
  document(arn: string): string | undefined {
    const own = this.customerPolicy(arn);
    if (own !== undefined) return own.versions.find((version) => version.id === own.defaultVersionId)?.document;
    return this.managed.get(arn)?.document;
  }

  exists(arn: string, accountId: string): boolean {
    return this.managed.has(arn) || this.state.accounts.get(accountId)?.policies.has(arn) === true;
  }

  /** Attached and inline policies of a user or role, ready to decide. */
  identityPolicies(of: {
    readonly inline: readonly { name: string; document: string }[];
    readonly attached: readonly string[];
  }): readonly CompiledPolicy[] {
    return [
      ...of.inline.map((policy) => this.compile(policy.name, policy.document, 'identity')),
      ...of.attached.flatMap((arn) => {
        const document = this.document(arn);
        return document === undefined ? [] : [this.compile(arn, document, 'identity')];
      }),
    ];
  }
}
