import type { Watched } from '../../core/contract/permissions';
import { lintPermissions } from '../../core/domain/risk/lint-permissions';
import { lintTrust } from '../../core/domain/risk/lint-trust';
import type { RolePolicies } from './role-policies';

const mostFindings = 100;

/** IAM shows a policy in lines, also one that was sent as one. */
function inLines(text: string): string {
  try {
    return text.includes('\n') ? text : JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What to look at in a role's trust and policies, danger first. */
export function watchRole({ maxSessionDuration, policies, trust }: RolePolicies): readonly Watched[] {
  const titles = new Map(policies.map(({ id, title }) => [id, title]));
  const ofTrust = lintTrust({ text: inLines(trust), maxSessionDuration }).map((one) => ({
    ...one,
    documentId: 'trust',
  }));
  const ofPolicies = lintPermissions(policies.map(({ id, text }) => ({ id, text: inLines(text) })));
  return [...ofTrust, ...ofPolicies]
    .map(({ documentId, id, line, message, narrow, pointer, severity }): Watched => ({
      id: `${documentId} ${id} ${pointer}`.slice(0, 400),
      severity,
      document: titles.get(documentId) ?? 'Trust policy',
      line,
      message: message.slice(0, 400),
      narrow: narrow.slice(0, 400),
    }))
    .sort((one, other) => Number(other.severity === 'danger') - Number(one.severity === 'danger'))
    .slice(0, mostFindings);
}
