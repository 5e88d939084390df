import { clip } from '../../clip';
import { lintPermissions } from '../risk/lint-permissions';
import type { PermissionChange, Reached } from './compare-permissions';
import type { DriftSeverity } from './difference';

/** The one sentence about a policy, and the line that causes it. */
export type PolicyJudgement = {
  readonly severity: DriftSeverity;
  readonly message: string;
  readonly pointer: string;
  readonly line?: number;
};

function named({ action, resource }: Reached): string {
  const what = action === '*' ? 'every action' : action;
  if (resource === '*') return `${what} on everything`;
  return `${what} on ${clip(resource, 80)}`;
}

function list(reached: readonly Reached[]): string {
  const [first, second] = reached;
  if (first === undefined) return '';
  const rest = reached.length - 1;
  if (second === undefined) return named(first);
  return rest === 1 ? `${named(first)} and ${named(second)}` : `${named(first)} and ${rest} more`;
}

/**
 * Judges what changed from one text of a policy to another, each laid out in lines. `change` is `undefined` where one of
 * them could not be read: then the worst is supposed.
 */
export function judgePolicy(
  change: PermissionChange | undefined,
  before: string | undefined,
  after: string | undefined,
): PolicyJudgement {
  if (change === undefined) {
    return { severity: 'widened', message: 'What it allows could not be read, so it may be more.', pointer: '' };
  }
  const { isWhole, less, more } = change;
  if (more.length > 0) {
    const finding = newDanger(before, after);
    const words = `It may now also do ${list(more)}.`;
    const loses = less.length > 0 ? ` It lost ${list(less)}.` : '';
    return {
      severity: 'widened',
      message: `${words}${loses}${finding === undefined ? '' : ` ${finding.message}`}`,
      pointer: finding?.pointer ?? '',
      ...(finding !== undefined && { line: finding.line }),
    };
  }
  if (!isWhole) {
    const loses = less.length > 0 ? `It lost ${list(less)}. ` : '';
    return {
      severity: 'widened',
      message: `${loses}The two are too large to be compared whole, so it may allow more.`,
      pointer: '',
    };
  }
  if (less.length > 0) {
    return { severity: 'narrowed', message: `It may no longer do ${list(less)}.`, pointer: '' };
  }
  return {
    severity: 'other',
    message: 'What it allows was not found to be more or less than was agreed.',
    pointer: '',
  };
}

/** What the lint of policies says now and did not say before, danger first. */
function newDanger(before: string | undefined, after: string | undefined) {
  const lint = (text: string | undefined) => (text === undefined ? [] : lintPermissions([{ id: 'policy', text }]));
  const known = new Set(lint(before).map(({ id, message }) => `${id} ${message}`));
  const fresh = lint(after).filter(({ id, message }) => !known.has(`${id} ${message}`));
  return fresh.find(({ severity }) => severity === 'danger') ?? fresh[0];
}
