import { formatAccountId } from '../domain/account-id';
import type { RevocationRequest } from '../domain/revocation-request';
import { wayFacts } from '../domain/revocation-ways';
import { whyNoRevocationScript, type RevocationFile, type RevocationGround } from './revocation-acts';
import { revocationClicks } from './revocation-clicks';
import { revocationScripts } from './revocation-script';
import { innerDoorWords, outerDoorWords, waysInWords } from './revocation-words';
import { list, paragraph, type Block, type Section, type TextDocument } from './text-document';
import { utcMinute } from '../utc';

export type RevocationPageGround = {
  readonly request: RevocationRequest;
  /** whose right is taken; needed for `caller` */
  readonly caller?: RevocationGround['caller'];
  /** the organization's, where it is known */
  readonly managementAccountId?: string;
};

/**
 * The request for an account owner who has no Sallyport: what is asked, what it does to both doors, who else is hit, clicks
 * for the console, and scripts. Pure. The page does nothing by itself, and holds no link.
 */
export function revocationRequestPage(page: RevocationPageGround): TextDocument {
  const { askedAt, askedBy, accountId, roleName } = page.request;
  return {
    title: `${askedBy} asks for the role ${roleName} to be taken back`,
    lead: [
      `For the owner of account ${formatAccountId(accountId)}. Made with Sallyport on ${utcMinute(askedAt)}. Nothing was changed yet, and this page does nothing by itself.`,
    ],
    sections: [asked(page), does(page), byHand(page), scripts(page), afterwards(page)],
    foot: [
      'This page holds no secret and no link, and loads nothing: addresses are there to be copied. Sign in to AWS the way you always do.',
    ],
  };
}

function groundOf({ caller, managementAccountId, request }: RevocationPageGround): RevocationGround {
  const { region, roleArn, stack, way } = request;
  return {
    ...{ region, roleArn, way },
    ...(stack === undefined ? {} : { stack }),
    ...(caller === undefined ? {} : { caller }),
    ...(managementAccountId === undefined ? {} : { managementAccountId }),
  };
}

function asked({ request }: RevocationPageGround): Section {
  const { accountId, askedAt, askedBy, roleArn, stack, way, why } = request;
  return {
    title: 'What is asked',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { term: 'To do', value: [{ strong: waysInWords[way].ask }] },
          { term: 'Role', value: [{ code: roleArn }] },
          { term: 'In account', value: [{ code: accountId }] },
          ...(stack === undefined ? [] : [{ term: 'Stack', value: [{ code: stack.name }, `, ${stack.region}`] }]),
          { term: 'Why', value: [why.trim() === '' ? 'Not said.' : why] },
          { term: 'Asked by', value: [askedBy] },
          { term: 'Asked on', value: [utcMinute(askedAt)] },
        ],
      },
      {
        kind: 'callout',
        title: 'A page says who it is from. It does not prove it.',
        words: [
          'Taking a role back stops whoever uses it. Ask the person, by another way than the one on which the page came.',
        ],
      },
    ],
  };
}

function does({ request: { way } }: RevocationPageGround): Section {
  const { canBeUndone, inner, outer } = wayFacts[way];
  const newSessions = way === 'caller' ? 'The caller can open none any more; others can.' : outerDoorWords[outer];
  return {
    title: 'What it does',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { term: 'New sessions', value: [newSessions] },
          { term: 'Open sessions', value: [innerDoorWords[inner]] },
          { term: 'Who is hit', value: [waysInWords[way].hits] },
          {
            term: 'Taking it back',
            value: [canBeUndone ? 'Possible: keep what stood there before.' : 'Not possible. What is deleted is gone.'],
          },
        ],
      },
    ],
  };
}

function byHand(page: RevocationPageGround): Section {
  const clicks = revocationClicks(groundOf(page));
  return {
    title: 'By hand in the AWS console',
    blocks:
      clicks.length === 0
        ? [paragraph(whyNoRevocationScript(groundOf(page)) ?? '', ' Ask whoever sent this page.')]
        : clicks.flatMap(({ address, copies, text, title }, index): readonly Block[] => [
            paragraph({ strong: `${String(index + 1)}. ${title}` }),
            paragraph(text),
            ...(address === undefined
              ? []
              : [{ kind: 'facts' as const, facts: [{ term: 'Page', value: [{ code: address }] }] }]),
            ...copies.map(({ label, value }): Block =>
              value.includes('\n')
                ? { kind: 'code', label, language: 'json', text: value }
                : { kind: 'facts', facts: [{ term: label, value: [{ code: value }] }] },
            ),
          ]),
  };
}

function scripts(page: RevocationPageGround): Section {
  const made = revocationScripts(groundOf(page));
  const fold = (title: string, language: string, file: RevocationFile): Block => ({
    kind: 'fold',
    title,
    blocks: [
      ...list(file.commands.map((command) => [{ code: command }])),
      { kind: 'code', label: file.name, language, text: file.text, fileName: file.name },
    ],
  });
  return {
    title: 'Or with a script',
    blocks:
      made === undefined
        ? [paragraph('There is none for this.')]
        : [
            paragraph(`With the AWS CLI and credentials of ${made.whose}. Each does the same.`),
            ...list(made.notes.map((note) => [note])),
            fold('Script for bash', 'bash', made.bash),
            fold('Script for PowerShell', 'powershell', made.powershell),
          ],
  };
}

function afterwards({ request }: RevocationPageGround): Section {
  return {
    title: 'Afterwards',
    blocks: [
      paragraph(
        `Tell ${request.askedBy} that it is done. Their Sallyport asks AWS until it refuses, and keeps the proof; there is nothing to send back.`,
      ),
      paragraph('Never send a password or an access key.'),
    ],
  };
}
