import { formatAccountId } from '../domain/account-id';
import type { Plan } from '../domain/plan';
import type { PlanPreview } from '../domain/plan-preview';
import { describeStep } from '../domain/plan-step';
import { identityName } from '../domain/trust-words';
import type { AccountAnswers, OptionsAnswers, Trusted } from '../domain/wizard';
import { consoleSteps } from './console-steps';
import { renderPlan } from './render-plan';
import type { RenderingForm } from './rendering';
import { list, paragraph, type Block, type Section, type TextDocument, type Words } from './text-document';
import { utcMinute } from '../utc';

export type RequestPageGround = {
  readonly plan: Plan;
  /** SHA-256 of the plan's policies, in hexadecimal */
  readonly planHash: string;
  readonly preview: PlanPreview;
  readonly recipeTitle: string;
  readonly account: AccountAnswers;
  readonly options: OptionsAnswers;
  readonly trusted: Trusted;
  readonly externalId: string;
  /** milliseconds since 1970, UTC */
  readonly createdAt: number;
};

/**
 * A request for an account owner who has no Sallyport: who asks, what for in words and to the byte, four ways to make it,
 * what to send back, and how to take it back. Pure; says the same as the review it is made in.
 */
export function requestPage(ground: RequestPageGround): TextDocument {
  const { account, createdAt, plan, trusted } = ground;
  return {
    title: `${identityName(trusted.arn)} asks to be let into account ${formatAccountId(plan.accountId)}`,
    lead: [
      `For the owner of ${account.name}. Made with Sallyport on ${utcMinute(createdAt)}. Nothing exists yet, and this page does nothing by itself: it says what is asked for, and has everything that you need to make it.`,
    ],
    sections: [
      who(ground),
      mayDo(ground),
      externalId(ground),
      whatIsMade(ground),
      { title: 'Make it, in one of four ways', blocks: [...waysWords, ...ways(ground)] },
      sendBack(ground),
      takeBack(ground),
    ],
    foot: [
      'This page holds no secret and no link, and loads nothing. Sign in to AWS the way you always do. Closed parts may stay closed on paper: open what you want to print.',
    ],
  };
}

function who({ account, options, plan, preview, recipeTitle, trusted }: RequestPageGround): Section {
  const { permissionsBoundaryArn: boundary, tags = [] } = options;
  return {
    title: 'Who asks',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { term: 'Identity', value: [{ code: trusted.arn }] },
          { term: 'Of account', value: [{ code: trusted.accountId }] },
          { term: 'Into', value: [`${account.name}, account `, { code: plan.accountId }] },
          { term: 'As', value: ['role ', { code: options.roleName }, `, for: ${recipeTitle}`] },
          {
            term: 'How long',
            value: [`${hours(options)} h at most in one session, again and again until you take it back`],
          },
          ...(boundary === undefined ? [] : [{ term: 'Boundary', value: [{ code: boundary }] }]),
          ...(tags.length === 0
            ? []
            : [{ term: 'Tags', value: [tags.map(({ key, value }) => `${key}: ${value}`).join(', ')] }]),
        ],
      },
      paragraph({ strong: 'Who may come in' }),
      ...list(preview.conditions.map(({ state, text }) => [state === 'risky' ? { strong: text } : text])),
      {
        kind: 'callout',
        title: 'A page says who it is from. It does not prove it.',
        words: [
          'Compare the account ID with the person who sent it, by another way than the one on which the page came.',
        ],
      },
    ],
  };
}

function mayDo({ preview }: RequestPageGround): Section {
  const toWatch = [...preview.watchOut, ...new Set(preview.findings.map(({ message }) => message))];
  return {
    title: 'What it lets them do',
    blocks: [
      paragraph({ strong: 'They can' }),
      ...list(preview.can.map((text) => [text])),
      paragraph({ strong: 'They cannot' }),
      ...list(preview.cannot.map((text) => [text])),
      ...toWatch.map((text): Block => ({ kind: 'callout', title: 'Watch out.', words: [text] })),
    ],
  };
}

function externalId({ externalId: id, options }: RequestPageGround): Section {
  return {
    title: 'The external ID',
    blocks: options.useExternalId
      ? [
          { kind: 'facts', facts: [{ term: 'External ID', value: [{ code: id }] }] },
          paragraph(
            'The role opens only to a caller who names it. It was made at random for this request, so nobody who works for several customers can be led into your account in the name of another. It is not a password: it may be seen, and must not be changed.',
          ),
        ]
      : [
          {
            kind: 'callout',
            title: 'None is asked for.',
            words: ['Whoever may act in the trusted account in that identity’s place may enter.'],
          },
        ],
  };
}

function whatIsMade({ plan, planHash, preview }: RequestPageGround): Section {
  return {
    title: 'What will be made',
    blocks: [
      paragraph(`${preview.sentence}, in this order:`),
      ...list(
        plan.steps.map((step): Words => {
          const { detail, title } = describeStep(step);
          const elsewhere =
            step.accountId === undefined || step.accountId === plan.accountId ? '' : `, in account ${step.accountId}`;
          return [{ strong: title }, ` (${detail}${elsewhere})`];
        }),
        true,
      ),
      ...preview.documents.map(({ text, title }): Block => ({
        kind: 'fold',
        title: `${title}, in full`,
        blocks: [{ kind: 'code', label: title, language: 'json', text }],
      })),
      ...(preview.attachments.length === 0
        ? []
        : [
            paragraph('Policies that AWS keeps, and changes when services change. They are attached, not copied:'),
            ...list(preview.attachments.map(({ arn }) => [{ code: arn }])),
          ]),
      paragraph('The same policies, to the byte, are in every way below. Their fingerprint: ', {
        code: `sha256 ${planHash}`,
      }),
    ],
  };
}

const waysWords = [
  paragraph(
    'Each makes the same. Whoever does it has to be allowed to make roles in the account. In another account the scripts stop before they change something.',
  ),
];

const forms: readonly { readonly form: RenderingForm; readonly title: string; readonly language: string }[] = [
  { form: 'bash', title: 'With a script for bash', language: 'bash' },
  { form: 'powershell', title: 'With a script for PowerShell', language: 'powershell' },
  { form: 'cloudformation', title: 'With a CloudFormation template', language: 'json' },
];

function ways({ plan, trusted }: RequestPageGround): readonly Block[] {
  const byTool = forms.map(({ form, language, title }): Block => {
    const { files, notes } = renderPlan(plan, form);
    return {
      kind: 'fold',
      title,
      blocks: [
        ...list(notes.map((note) => [note])),
        ...files.flatMap(({ accountId, commands, name, text }): readonly Block[] => [
          ...(commands.length === 0
            ? []
            : [
                paragraph(`With credentials of account ${accountId}:`),
                ...list(commands.map((command) => [{ code: command }])),
              ]),
          { kind: 'code', label: name, language, text, fileName: name },
        ]),
      ],
    };
  });
  const clicks = consoleSteps(plan, trusted).filter(({ id }) => id !== 'arn');
  return [
    ...byTool,
    {
      kind: 'fold',
      title: 'By hand in the AWS console',
      blocks: clicks.flatMap(({ copies, text, title }, index): readonly Block[] => [
        paragraph({ strong: `${String(index + 1)}. ${title}` }),
        paragraph(text),
        ...copies.map(({ label, value }): Block =>
          value.includes('\n')
            ? { kind: 'code', label, language: 'json', text: value }
            : { kind: 'facts', facts: [{ term: label, value: [{ code: value }] }] },
        ),
      ]),
    },
  ];
}

function sendBack({ plan }: RequestPageGround): Section {
  return {
    title: 'What to send back',
    blocks: [
      paragraph(
        `The ARN of the role. It stands at the top of the role’s page, and the scripts print it. Made as written here it is:`,
      ),
      { kind: 'facts', facts: [{ term: 'Role ARN', value: [{ code: plan.roleArn }] }] },
      paragraph(
        `It is no secret: without being whom the role trusts, nobody can do anything with it. Never send a password or an access key. They test the role at their end; if something is wrong, they learn what, and who has to change it.`,
      ),
    ],
  };
}

function takeBack({ options, plan }: RequestPageGround): Section {
  const undone = [...plan.steps].reverse().map((step) => describeStep(step).title);
  return {
    title: 'To take it back later',
    blocks: [
      paragraph('At any time, without asking anybody. The way that made it takes it back:'),
      ...list([
        ['A script: run it again with ', { code: '--undo' }, ' (bash) or ', { code: '-Undo' }, ' (PowerShell).'],
        ['A stack: delete the stack.'],
        ['By hand: delete these, in this order. AWS asks before it deletes a role.'],
      ]),
      ...list(
        undone.map((title) => [title]),
        true,
      ),
      paragraph(
        `With the role its permissions are gone. Reckon with ${hours(options)} h until the last credentials that were given out before are dead for certain: they cannot be called back one by one.`,
      ),
    ],
  };
}

function hours({ maxSessionDuration }: OptionsAnswers): string {
  return String(maxSessionDuration / 3600);
}
