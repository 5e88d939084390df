import { formatAccountId } from '../domain/account-id';
import { formatHours } from '../domain/duration';
import type { ProofEntry, Revocation, RevocationStep } from '../domain/revocation';
import { wayFacts } from '../domain/revocation-ways';
import {
  answerInWords,
  basisInWords,
  caveats,
  notObserved,
  outerClock,
  performerInWords,
  proofInWords,
  stateOf,
} from './revocation-facts';
import { isDone, typed, type ReportMeta } from './revocation-report-json';
import { measuresInWords, waysInWords } from './revocation-words';
import { list, paragraph, type Block, type Section, type TextDocument, type Words } from './text-document';
import { utcMinute, utcSecond } from '../utc';

export type ReportPageMeta = ReportMeta & {
  /** ms since 1970, UTC */
  readonly now: number;
  /** SHA-256 of the JSON report's text, in hexadecimal */
  readonly digest: string;
};

type Fact = { readonly term: string; readonly value: Words };

/**
 * The report of one revocation, to be read, printed and signed: who did what when, both clocks and how they are known, every
 * request ID, and what was not seen. Pure; all times are AWS's, in UTC.
 */
export function revocationReport(record: Revocation, meta: ReportPageMeta): TextDocument {
  const { digest, now, version, workspace } = meta;
  const where = workspace === 'practice' ? 'Practice sandbox, not AWS. ' : '';
  return {
    title: `Report: taking back the role ${record.roleName} of account ${formatAccountId(record.accountId)}`,
    lead: [`${where}${stateOf(record)} Written by Sallyport ${version} on ${utcMinute(now)}. It holds no secret.`],
    sections: [
      subject(record),
      clocks(record),
      { title: 'What was done, in this order', blocks: stepBlocks(done(record)) },
      proof(record),
      { title: 'What was wiped on this computer', blocks: wiped(record) },
      ...undo(record),
      { title: 'What was not observed', blocks: notSeen(record) },
      { title: 'What to read it with', blocks: list(caveats(record, workspace).map((line) => [line])) },
      signOff(record),
      fingerprint(record, digest),
    ],
    foot: ['Times are AWS’s own where AWS answered, in UTC. Request IDs can be found in CloudTrail of the account.'],
  };
}

function subject(record: Revocation): Section {
  const { accountId, connectionName, doneBy, error, maxSessionDuration, performer, roleArn, stack, startedAt, way } =
    record;
  const label = doneBy === '' ? [] : [`${typed(doneBy)}, by `];
  const facts: readonly Fact[] = [
    { term: 'Connection', value: [typed(connectionName)] },
    { term: 'Role', value: [{ code: roleArn }] },
    { term: 'Account', value: [{ code: accountId }] },
    ...(stack === undefined ? [] : [{ term: 'Stack', value: [{ code: stack.name }, `, ${stack.region}`] }]),
    { term: 'What', value: [waysInWords[way].ask] },
    {
      term: 'Measures',
      value: [
        wayFacts[way].measures
          .map(
            (measure) =>
              `${measuresInWords[measure]}: ${isDone(record, measure) ? 'done' : record.performer.kind === 'owner' ? 'not done here' : 'not done'}`,
          )
          .join(' · '),
      ],
    },
    { term: 'Done by', value: [...label, performerInWords(performer)] },
    { term: 'Begun', value: [utcSecond(startedAt)] },
    { term: 'Longest session', value: [`${formatHours(maxSessionDuration)}, the role’s own maximum`] },
    ...(error === undefined ? [] : [{ term: 'Stopped at', value: [error.message, ...codesOf(error)] }]),
  ];
  return { title: 'The role', blocks: [{ kind: 'facts', facts }] };
}

function codesOf({ code, requestId }: NonNullable<Revocation['error']>): Words {
  return [
    ...(code === undefined ? [] : [' ', { code }]),
    ...(requestId === undefined ? [] : [', request ', { code: requestId }]),
  ];
}

function clocks(record: Revocation): Section {
  const { cutoff, deadBy, narrowed, ownSessions, refusedSince, state } = record;
  const untilUndone = state === 'undone' ? ', until it was taken back' : '';
  const { provedAt, reason, since } = outerClock(record);
  const last = ownSessions.map(({ expiresAt }) => utcSecond(expiresAt));
  const facts: readonly Fact[] = [
    {
      term: 'New sessions',
      value: [since === undefined ? reason : { strong: `Blocked since ${utcSecond(since)}${untilUndone}.` }],
    },
    ...(since === undefined ? [] : [{ term: 'How it is known', value: [reason] }]),
    ...(provedAt === undefined ? [] : [{ term: 'Proved', value: [utcSecond(provedAt)] }]),
    {
      term: 'Last credential',
      value: [
        deadBy === undefined
          ? 'Not known.'
          : { strong: `Dead by ${utcSecond(deadBy.at)} at the latest${untilUndone}.` },
      ],
    },
    ...(deadBy === undefined
      ? []
      : [{ term: 'How it is known', value: [`${basisInWords[deadBy.basis]}. ${deadBy.reason}`] }]),
    ...(cutoff === undefined ? [] : [{ term: 'Denied', value: [`Sessions issued before ${utcSecond(cutoff)}.`] }]),
    ...(refusedSince === undefined
      ? []
      : [{ term: 'Old credential', value: [`Refused since ${utcSecond(refusedSince)}.`] }]),
    ...(last.length === 0 ? [] : [{ term: 'Sessions of this app', value: [`Ended or to end: ${last.join(', ')}.`] }]),
    ...(narrowed === undefined
      ? []
      : [
          {
            term: 'CloudTrail',
            value: [
              `Looked at on ${utcSecond(narrowed.at)}: ${String(narrowed.sessions)} sessions in ${String(narrowed.events)} events. ${narrowed.note}`,
            ],
          },
        ]),
  ];
  return { title: 'Two clocks', blocks: [{ kind: 'facts', facts }] };
}

const stepStates: Readonly<Record<RevocationStep['state'], string>> = {
  started: 'begun, no answer seen',
  done: 'done',
  failed: 'failed',
};

function done({ steps, undo }: Revocation): readonly RevocationStep[] {
  return undo === undefined ? steps : steps.slice(0, undo.afterSteps);
}

function stepBlocks(steps: readonly RevocationStep[]): readonly Block[] {
  if (steps.length === 0) return [paragraph('No call was made by this app.')];
  return list(
    steps.map(({ at, call, requestId, state, title }): Words => [
      `${utcSecond(at)} · `,
      { strong: title },
      ' · ',
      { code: call },
      ` · ${stepStates[state]}`,
      ...(requestId === undefined ? [' · no request ID'] : [' · request ', { code: requestId }]),
    ]),
    true,
  );
}

const asWords: Readonly<Record<ProofEntry['as'], string>> = {
  'old-session': 'an old session',
  deployer: 'the identity that came in',
  target: 'the account of the role',
};

function proof({ proof: entries, proofNote, proofState }: Revocation): Section {
  const table = list(
    entries.map(({ answer, as, asLabel, at, call, code, requestId }): Words => [
      `${utcSecond(at)} · `,
      { code: call },
      ` as ${asWords[as]} (${typed(asLabel)}) · `,
      { strong: answerInWords[answer] },
      ...(code === '' ? [] : [' ', { code }]),
      ...(requestId === '' ? [' · no request ID'] : [' · request ', { code: requestId }]),
    ]),
    true,
  );
  const isProved = proofState === 'complete';
  return {
    title: 'The proof',
    blocks: [
      isProved
        ? paragraph(proofInWords.complete)
        : { kind: 'callout', title: 'Not proved.', words: [proofInWords[proofState]] },
      ...(proofNote === undefined ? [] : [paragraph(proofNote)]),
      ...(entries.length === 0 ? [paragraph('AWS was asked nothing.')] : table),
    ],
  };
}

function wiped({ wiped: things }: Revocation): readonly Block[] {
  if (things.length === 0) return [paragraph('Nothing was wiped here.')];
  return list(
    things.map(({ at, title, verified }): Words => [
      `${utcSecond(at)} · ${typed(title)} · ${verified ? 'looked for again and gone' : 'removed, not looked for again'}`,
    ]),
  );
}

function undo({ cleanedUpAt, steps, undo: back }: Revocation): readonly Section[] {
  return [
    ...(back === undefined
      ? []
      : [
          {
            title: 'It was taken back',
            blocks: [
              paragraph(`Begun on ${utcSecond(back.at)}. What is denied above may be allowed again.`),
              ...(back.error === undefined ? [] : [paragraph(`It stopped: ${back.error.message}`)]),
              ...stepBlocks(steps.slice(back.afterSteps)),
            ],
          },
        ]),
    ...(cleanedUpAt === undefined
      ? []
      : [
          {
            title: 'Cleaned up',
            blocks: [paragraph(`The deny of older sessions, inert by then, was deleted on ${utcSecond(cleanedUpAt)}.`)],
          },
        ]),
  ];
}

function notSeen(record: Revocation): readonly Block[] {
  const lines = notObserved(record);
  return lines.length === 0
    ? [paragraph('Nothing that this way shuts was left without a look.')]
    : list(lines.map((line) => [line]));
}

function signOff({ signOff: signed }: Revocation): Section {
  const line = '______________________________';
  const facts: readonly Fact[] =
    signed === undefined
      ? [
          { term: 'Name', value: [line] },
          { term: 'Date', value: [line] },
          { term: 'Note', value: [line] },
        ]
      : [
          { term: 'Name', value: [typed(signed.by)] },
          { term: 'Date', value: [utcSecond(signed.at)] },
          { term: 'Note', value: [signed.note === '' ? 'None.' : typed(signed.note)] },
          { term: 'Signature', value: [line] },
        ];
  return {
    title: 'Sign-off',
    blocks: [
      paragraph(
        signed === undefined
          ? 'Nobody has signed it off in the app. On paper:'
          : 'The name was typed into the app by whoever sat there. It is no electronic signature.',
      ),
      { kind: 'facts', facts },
    ],
  };
}

function fingerprint(record: Revocation, digest: string): Section {
  return {
    title: 'The same as data',
    blocks: [
      paragraph(
        'The JSON report has each time to the millisecond. This page was written with the one of this fingerprint:',
      ),
      {
        kind: 'facts',
        facts: [
          { term: 'SHA-256', value: [{ code: digest }] },
          { term: 'Record', value: [{ code: record.id }] },
        ],
      },
    ],
  };
}
