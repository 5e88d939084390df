import { basename } from 'node:path';
import { formatCsv } from '../../core/domain/account-list-csv';
import type { Review, ReviewDecision } from '../../core/domain/review';
import { ok, type Result } from '../../core/result';
import { utcMinute } from '../../core/utc';
import type { PersonFiles } from '../platform/person-files';
import type { WorkspaceContext } from '../workspace-context';

type Ports = Pick<WorkspaceContext, 'audit'> & {
  readonly files: Pick<PersonFiles, 'saveFile'>;
  readonly now: number;
};

const head = [
  'Decided',
  'Decision',
  'What',
  'Name',
  'Account',
  'Role or user',
  'Reasons',
  'What was seen',
  'Until',
  'Decided by',
  'Note',
  'Taken back',
];

const decisions: Readonly<Record<ReviewDecision, string>> = {
  kept: 'Kept',
  snoozed: 'Snoozed',
  narrowed: 'Narrowed',
  revoked: 'Revoked',
};

/** Writes the decisions of a time as CSV, the oldest first. `path` is undefined where the person chose none. */
export async function saveReviews(
  { audit, files, now }: Ports,
  all: readonly Review[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Result<{ path?: string; count: number }>> {
  const chosen = all.filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
  const saved = await files.saveFile({
    name: `sallyport-reviews-${new Date(now).toISOString().slice(0, 10)}.csv`,
    text: formatCsv([head, ...chosen.map(rowOf)]),
  });
  if (!saved.ok) return saved;
  if (saved.value === undefined) return ok({ count: chosen.length });
  audit({ act: 'reviews.exported', subject: basename(saved.value), count: chosen.length });
  return ok({ path: saved.value, count: chosen.length });
}

function rowOf(review: Review): string[] {
  const { accountId, at, by = '', decision, doneAt, kind, name, note = '', of, reasons, subjectId, undoneAt } = review;
  const isUnderWay = decision === 'revoked' && doneAt === undefined;
  return [
    utcMinute(at),
    isUnderWay ? 'Revocation begun' : decisions[decision],
    kind === 'connection' ? 'Connection' : `Access key ${subjectId}`,
    name,
    accountId,
    of,
    reasons.map((one) => one.kind).join(', '),
    reasons.map(({ seen }) => seen).join(' '),
    untilOf(review),
    by,
    note,
    undoneAt === undefined ? '' : utcMinute(undoneAt),
  ];
}

function untilOf({ decision, doneAt, until }: Review): string {
  if (decision === 'revoked') return doneAt === undefined ? '' : `closed ${utcMinute(doneAt)}`;
  return until === undefined ? '' : utcMinute(until);
}
