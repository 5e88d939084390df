import type { ProofEntry, Revocation, RevocationStep } from '../../../core/domain/revocation';
import { toIso } from '../../ui/format';
import { wayWords } from './way-words';

/** Calls that close a door. */
const closingCalls: ReadonlySet<string> = new Set([
  'iam:DeleteRole',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutUserPolicy',
  'organizations:AttachPolicy',
]);

/** What AWS carried out has the time of its Date header, in whole seconds; a refusal has milliseconds. */
const headerResolutionMs = 1000;

/**
 * The log that an auditor reads: what closed the door stands first, since everything after it is measured against it. A
 * role that was deleted once the proof was there stands where it was deleted.
 */
export function proofEntries(revocation: Revocation): ProofEntry[] {
  const { doneBy, proof, steps, undo } = revocation;
  const closing = steps
    .slice(0, undo?.afterSteps)
    .filter(({ state, call }) => state === 'done' && closingCalls.has(call));
  const firstAsked = proof[0]?.at ?? Infinity;
  const closed = closing.findLast(({ at }) => at <= firstAsked) ?? closing[0];
  const deleted = closing.find((step) => step !== closed && step.call === 'iam:DeleteRole' && step.at > firstAsked);
  const entry = ({ at, call, requestId }: RevocationStep): ProofEntry => ({
    ...{ at, call, as: 'target', asLabel: doneBy, answer: 'done', code: 'Done', requestId: requestId ?? '' },
  });
  const isBefore = ({ at }: ProofEntry) => deleted === undefined || at < deleted.at + headerResolutionMs;
  return [
    ...(closed === undefined ? [] : [entry(closed)]),
    ...proof.filter(isBefore),
    ...(deleted === undefined ? [] : [entry(deleted), ...proof.filter((one) => !isBefore(one))]),
  ];
}

/** The record in plain text, for a ticket or a letter. */
export function recordText(revocation: Revocation): string {
  const { blockedSince, deadBy, doneBy, proof, roleArn, signOff, steps, unobserved, way } = revocation;
  return [
    `Revocation of ${roleArn}`,
    `How: ${wayWords[way].name}, with ${doneBy}`,
    `New sessions blocked since: ${blockedSince === undefined ? 'still possible' : toIso(blockedSince)}`,
    `Last credential dead by: ${deadBy === undefined ? 'not known' : `${toIso(deadBy.at)} (${deadBy.reason})`}`,
    '',
    'Done:',
    ...steps.map(({ at, title, state, requestId }) => `${toIso(at)}  ${title}  ${state}  ${requestId ?? ''}`),
    '',
    'Proof:',
    ...proof.map(
      ({ at, call, asLabel, code, requestId }) => `${toIso(at)}  ${call}  as ${asLabel}  ${code}  ${requestId}`,
    ),
    ...(unobserved.length === 0 ? [] : ['', 'Not observed:', ...unobserved]),
    ...(signOff === undefined ? [] : ['', `Signed off by ${signOff.by}, ${toIso(signOff.at)}. ${signOff.note}`.trim()]),
  ].join('\n');
}
