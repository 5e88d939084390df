import { expect, test } from 'vitest';
import type { SubAccount } from '../../../core/domain/sub-account';
import { contract } from '../../../core/contract/contract';
import { ok } from '../../../core/result';
import { accountListsDocument } from '../../../main/organization/account-list-records';
import { AccountLists } from '../../../main/organization/account-lists';
import { fitsInMessage } from '../../../main/ipc/message-bounds';
import { managedWorld, managementAccount, managementSource } from '../../support/sub-account-world';
import { must } from '../../support/workspace-world';

const text = Array.from(
  { length: 500 },
  (_one, index) =>
    `"Account number ${String(index)} of the many","deployments+number-${String(index)}@example.com","Root / Workloads / Team ${String(index % 7)}",`,
).join('\n');

/** Accounts that take ten seconds each, a hundred times faster than through AWS's layer. */
function fakeSubAccounts(now: () => number) {
  const records = new Map<string, SubAccount>();
  let most = 0;
  const list = () =>
    [...records.values()].map((one): SubAccount => (now() < one.startedAt + 10_000 ? one : { ...one, state: 'ready' }));
  const making = () => list().filter(({ state }) => state === 'making').length;
  return {
    most: () => most,
    list,
    resume: () => Promise.resolve(ok({})),
    create: (sourceId: string, wish: SubAccount['wish'], id = '') => {
      expect(records.has(id)).toBe(false);
      records.set(id, {
        ...{ id, wish, sourceId, managementAccountId: managementAccount, state: 'making' },
        ...{ startedAt: now(), events: [] },
      });
      most = Math.max(most, making());
      return Promise.resolve(ok({ subAccountId: id }));
    },
  };
}

/** Without looking at each of its values at each change, which takes longer than the rest. */
function plainDocument() {
  let kept = accountListsDocument.empty;
  return {
    read: () => kept,
    update: (change: (current: typeof kept) => typeof kept) => {
      kept = change(kept);
      return ok(undefined);
    },
  };
}

test('500 lines fit in a message, are planned, and made five at a time, each once', { timeout: 60_000 }, async () => {
  const world = await managedWorld();
  must(await world.workspace.organization.create(managementSource));
  const { largest } = contract.accountLists.plan;
  expect(fitsInMessage({ sourceId: managementSource, text }, largest)).toBe(true);
  const document = plainDocument();
  const subAccounts = fakeSubAccounts(() => world.clock.now());
  const lists = new AccountLists({
    ...{ clock: world.clock, files: world.files, document, subAccounts },
    ...{ newId: () => crypto.randomUUID(), audit: () => ok(undefined) },
    ...{ publisher: { revision: 0, changed: () => undefined, send: () => undefined } },
    ...{ sources: world.workspace.sources, organization: world.workspace.organization },
  });
  const plan = contract.accountLists.plan.output.parse(must(await lists.plan(managementSource, text)));
  if (plan.kind === 'fault') throw new Error(plan.message);
  expect(plan.lines.every(({ verdict }) => verdict === 'make')).toBe(true);
  expect(plan.newUnits).toHaveLength(8);
  const { listId } = must(await lists.start(plan.planId));
  const deadline = performance.now() + 55_000;
  const began = world.clock.monotonic();
  for (let turn = 0; document.read().lists[0]?.state === 'running'; turn += 1) {
    if (performance.now() > deadline) throw new Error('It is not done');
    if (turn % 10 === 9) world.clock.advance(1000);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  const { results } = contract.accountLists.get.output.parse(must(lists.view(listId)));
  expect(results.filter(({ state }) => state === 'ready')).toHaveLength(500);
  expect(new Set(results.map(({ subAccountId }) => subAccountId)).size).toBe(500);
  expect(subAccounts.most()).toBe(5);
  // a hundred rounds of ten seconds: no place stands empty for long
  expect(world.clock.monotonic() - began).toBeLessThan(1_600_000);
});
