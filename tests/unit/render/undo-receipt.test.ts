import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../core/domain/connection';
import { toReceipt, type Plan } from '../../../core/domain/plan';
import { accountParts } from '../../../core/render/account-parts';
import { callsOf } from '../../../core/render/aws-calls';
import { documentMarkdown } from '../../../core/render/document-markdown';
import { undoReceipt } from '../../../core/render/undo-receipt';
import { hostilePlan, onboardingId } from './plans';

const at = Date.UTC(2026, 10, 22, 7, 30, 15);

function connectionOf(plan: Plan): Connection {
  return {
    id: onboardingId,
    name: 'Tidewater',
    roleArn: plan.roleArn,
    roleName: plan.roleArn.slice(plan.roleArn.lastIndexOf('/') + 1),
    accountId: plan.accountId,
    partition: plan.partition,
    region: 'eu-west-1',
    recipeId: 'custom',
    sourceId: 'owner',
    madeBy: 'automatic',
    createdAt: at,
    maxSessionDuration: 3600,
    status: 'working',
    receipt: toReceipt(
      plan,
      plan.steps.map(({ id }) => ({ stepId: id, state: 'done', at })),
    ),
  };
}

function scriptsIn(plan: Plan): readonly { readonly name: string; readonly text: string }[] {
  return undoReceipt({ connection: connectionOf(plan), plan, now: at })
    .sections.flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'code' ? [{ name: block.fileName ?? '', text: block.text }] : []));
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-undo-'));
  // Stands for the AWS CLI: everything is there and is ours, and it writes down what it is asked to change.
  writeFileSync(
    join(folder, 'aws'),
    `#!/bin/sh
operation=$2
case $operation in
  get-caller-identity) echo "$ACCOUNT" ;;
  get-group) echo "/sallyport/${onboardingId}/" ;;
  list-*) echo one ;;
  get-bucket-policy) echo '' ;;
  get-*) echo '${onboardingId}' ;;
  *) echo "$operation" >>"$LOG" ;;
esac
`,
  );
  chmodSync(join(folder, 'aws'), 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(text: string, accountId: string) {
  const inside = mkdtempSync(join(folder, 'run-'));
  const log = join(inside, 'log');
  writeFileSync(log, '');
  writeFileSync(join(inside, 'undo.sh'), text);
  const { status, stderr, stdout } = spawnSync('bash', ['undo.sh'], {
    cwd: inside,
    encoding: 'utf8',
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      HOME: inside,
      LC_ALL: 'C.UTF-8',
      ACCOUNT: accountId,
      LOG: log,
    },
  });
  return { status, stderr, stdout, asked: readFileSync(log, 'utf8').split('\n').slice(0, -1) };
}

describe('the undo receipt', () => {
  it('names everything in the order in which it goes, with account and times', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const connection = connectionOf(plan);
        const text = documentMarkdown(undoReceipt({ connection, plan, now: at }));
        expect(text).toContain('`444455556666`');
        expect(text).toContain('made 2026-11-22 07:30:15 UTC');
        const [, listed = ''] = text.split('in the order in which it goes');
        const numbers = [...listed.split('\n## ')[0]!.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
        expect(numbers).toEqual(connection.receipt.map((_entry, index) => index + 1));
      }),
      { numRuns: 10 },
    );
  });

  it('S-26 has scripts that take back and never make, in each account its own', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const parts = accountParts(plan);
        const scripts = scriptsIn(plan);
        expect(scripts).toHaveLength(parts.length);
        parts.forEach(({ accountId }, index) => expect(scripts[index]?.name).toMatch(`${accountId}-undo.sh`));
        parts.forEach((part, index) => {
          const { asked, status, stderr } = run(scripts[index]?.text ?? '', part.accountId);
          const made = part.steps.flatMap((step) => callsOf(step, part).make.map(({ operation }) => operation));
          expect(asked.filter((operation) => made.includes(operation))).toEqual([]);
          const undone = [...part.steps]
            .reverse()
            .map((step) => callsOf(step, part))
            .filter(({ makes }) => makes !== 'policy')
            .flatMap(({ undo, undoEach }) => [
              ...(undoEach === undefined ? [] : [undoEach.operation]),
              ...undo.map(({ operation }) => operation),
            ]);
          expect({ asked, stderr }).toEqual({ asked: undone, stderr: expect.any(String) as string });
          // a bucket's policy that is another one by now stays, and the script says so
          expect(status === 0 || /Something stays/.test(stderr)).toBe(true);
        });
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it('changes nothing with credentials of another account', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const { asked, status, stderr } = run(scriptsIn(plan)[0]?.text ?? '', '999999999999');
        expect({ asked, status }).toEqual({ asked: [], status: 1 });
        expect(stderr).toContain('belong to account 999999999999');
      }),
      { numRuns: 2 },
    );
  });

  it('says so where there is no script, and afterwards what went', () => {
    fc.assert(
      fc.property(hostilePlan, (plan) => {
        const connection = connectionOf(plan);
        const without = documentMarkdown(undoReceipt({ connection, plan: undefined, now: at }));
        expect(without).toContain('There is no script for it.');
        const { receipt } = connection;
        const gone = undoReceipt({
          connection: { ...connection, receipt: [], undone: { at, entries: receipt } },
          plan: undefined,
          now: at,
        });
        const text = documentMarkdown(gone);
        expect(text).toContain('What was taken back, in this order');
        expect(text).toContain('looked for again and gone');
        expect(text).not.toContain('script for');
      }),
      { numRuns: 3 },
    );
  });
});
