import { parseRoleArn } from './arn';

/** Keys below which a role's ARN is somebody else's: who is trusted, what limits it, what used it. */
const foreignKeys = new Set([
  'assumerolepolicydocument',
  'policydocument',
  'assume_role_policy',
  'permissionsboundary',
  'permissions_boundary',
  'principal',
  'condition',
  'policy',
  'inline_policy',
]);

/** The role ARNs that a JSON text is about, in order: `aws iam create-role`, stack outputs, Terraform outputs. None for text that is not JSON. */
export function roleArnsInJson(text: string): readonly string[] {
  const trimmed = text.replace(/[\u200b-\u200f\ufeff]/g, '').trim();
  const start = trimmed.search(/[{[]/);
  const end = Math.max(trimmed.lastIndexOf('}'), trimmed.lastIndexOf(']'));
  if (start === -1 || end <= start) return [];
  let value: unknown;
  try {
    value = JSON.parse(trimmed.slice(start, end + 1));
  } catch {
    return [];
  }
  const arns: string[] = [];
  collect(value, arns, 0);
  return arns;
}

function collect(value: unknown, arns: string[], depth: number): void {
  if (depth > 20) return;
  if (typeof value === 'string') {
    if (parseRoleArn(value.trim()) !== undefined) arns.push(value.trim());
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (!foreignKeys.has(key.toLowerCase())) collect(child, arns, depth + 1);
  }
}
