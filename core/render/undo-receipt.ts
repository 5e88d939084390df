import type { Connection } from '../domain/connection';
import type { Plan } from '../domain/plan';
import { renderBashUndo } from './bash';
import { list, paragraph, type Block, type Section, type TextDocument, type Words } from './text-document';
import { utcMinute, utcSecond } from '../utc';
import { whyNotRendered } from './why-not';

export type ReceiptGround = {
  readonly connection: Connection;
  /** What of the plan is made and not taken back yet; a receipt of an older version has none. */
  readonly plan: Plan | undefined;
  /** milliseconds since 1970, UTC */
  readonly now: number;
};

/**
 * The undo receipt of one connection, to keep outside of Sallyport: what was made, in the order in which it goes, and a
 * script that takes it back without the app. Pure.
 */
export function undoReceipt({ connection, now, plan }: ReceiptGround): TextDocument {
  const { accountId, createdAt, name, receipt, roleArn, undone } = connection;
  return {
    title: `Undo receipt: ${name}`,
    lead: [
      `What Sallyport made in account ${accountId}, and how it goes. Written on ${utcMinute(now)}. It holds no secret.`,
    ],
    sections: [
      {
        title: 'The connection',
        blocks: [
          {
            kind: 'facts',
            facts: [
              { term: 'Account', value: [{ code: accountId }] },
              { term: 'Role', value: [{ code: roleArn }] },
              { term: 'Connected', value: [utcMinute(createdAt)] },
              ...(undone === undefined
                ? []
                : [{ term: 'Taken back', value: [`${utcSecond(undone.at)}, looked for again and gone`] }]),
            ],
          },
        ],
      },
      undone === undefined ? toGo(receipt) : gone(undone.entries),
      ...(undone === undefined ? [script(plan)] : []),
    ],
    foot: ['Made with Sallyport. Only what carries the connection’s own OnboardingId tag is ever deleted.'],
  };
}

function toGo(receipt: Connection['receipt']): Section {
  return {
    title: 'What was made, in the order in which it goes',
    blocks: list(
      receipt.map(({ at, detail, title }): Words => [
        { strong: title },
        ', ',
        { code: detail },
        `, made ${utcSecond(at)}`,
      ]),
      true,
    ),
  };
}

function gone(entries: Connection['receipt']): Section {
  return {
    title: 'What was taken back, in this order',
    blocks: list(
      entries.map(({ at, detail, title }): Words => [
        { strong: title },
        ', ',
        { code: detail },
        `, gone ${utcSecond(at)}`,
      ]),
      true,
    ),
  };
}

function script(plan: Plan | undefined): Section {
  const files = plan === undefined || whyNotRendered(plan) !== undefined ? [] : renderBashUndo(plan);
  return {
    title: 'Take it back without Sallyport',
    blocks:
      files.length === 0
        ? [paragraph('There is no script for it. Delete the things above in the AWS console, in their order.')]
        : [
            paragraph(
              'A script for bash and the AWS CLI. It says what it removes, leaves what does not carry the tag, and can be run again.',
            ),
            ...files.flatMap(({ accountId, commands, name, text }): readonly Block[] => [
              paragraph(`With credentials of account ${accountId}:`),
              ...list(commands.map((command) => [{ code: command }])),
              { kind: 'code', label: name, language: 'bash', text, fileName: name },
            ]),
          ],
  };
}
