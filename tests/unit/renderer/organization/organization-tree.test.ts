import { describe, expect, it } from 'vitest';
import type { MemberAccount } from '../../../../core/contract/organization';
import {
  placesOf,
  treeOf,
  unitIdsOf,
  type ManagementView,
  type TreeNode,
} from '../../../../renderer/features/organization/organization-tree';

const account = (id: string, name: string, parentId: string): MemberAccount => ({
  ...{ id, name, parentId, email: `aws+${id}@example.com`, state: 'ACTIVE' },
  ...{ isManagement: name === 'Management', joinedAt: 0, connectionIds: [] },
});

const view: ManagementView = {
  ...{ kind: 'management', accountId: '333344445555', organizationId: 'o-tidewater1', allFeatures: true },
  ...{ rootId: 'r-abcd', rootName: 'Root', serviceControlPolicies: true, readAt: 0 },
  units: [
    { id: 'ou-abcd-test', name: 'Test', parentId: 'ou-abcd-work' },
    { id: 'ou-abcd-work', name: 'Workloads', parentId: 'r-abcd' },
    { id: 'ou-abcd-empty', name: 'Empty', parentId: 'r-abcd' },
  ],
  accounts: [
    account('333344445555', 'Management', 'r-abcd'),
    account('111122223333', 'Osprey 10', 'ou-abcd-test'),
    account('222233334444', 'Osprey 9', 'ou-abcd-test'),
    account('444455556666', 'Brightline', 'ou-abcd-work'),
  ],
};

/** As it would be read aloud: each with its depth. */
function lines(node: TreeNode, depth = 0): string[] {
  const name = node.kind === 'unit' ? `${node.name} (${String(node.accountCount)})` : node.account.name;
  return [
    `${'  '.repeat(depth)}${name}`,
    ...(node.kind === 'unit' ? node.children.flatMap((child) => lines(child, depth + 1)) : []),
  ];
}

describe('the organization as a tree', () => {
  it('has units before accounts, each by name with numbers as numbers, and counts of all depths', () => {
    expect(lines(treeOf(view))).toEqual([
      'Root (4)',
      '  Empty (0)',
      '  Workloads (3)',
      '    Test (2)',
      '      Osprey 9',
      '      Osprey 10',
      '    Brightline',
      '  Management',
    ]);
  });

  it('shows what matches with the units above it, and counts what the organization has', () => {
    const osprey10 = ['Root (4)', '  Workloads (3)', '    Test (2)', '      Osprey 10'];
    expect(lines(treeOf(view, 'osprey 10'))).toEqual(osprey10);
    expect(lines(treeOf(view, ' 1111 2222 3333 '))).toEqual(osprey10);
    expect(lines(treeOf(view, 'AWS+111122223333@'))).toEqual(osprey10);
    expect(treeOf(view, 'nobody').children).toEqual([]);
  });

  it('shows a unit that matches with everything in it, and one that is empty', () => {
    expect(lines(treeOf(view, 'ou-abcd-test'))).toEqual([
      'Root (4)',
      '  Workloads (3)',
      '    Test (2)',
      '      Osprey 9',
      '      Osprey 10',
    ]);
    expect(lines(treeOf(view, 'empty'))).toEqual(['Root (4)', '  Empty (0)']);
  });

  it('names every unit, to open all and to move to', () => {
    expect(unitIdsOf(treeOf(view))).toEqual(['r-abcd', 'ou-abcd-empty', 'ou-abcd-work', 'ou-abcd-test']);
    expect(placesOf(view).map(({ path }) => path)).toEqual([
      'Root',
      'Root / Empty',
      'Root / Workloads',
      'Root / Workloads / Test',
    ]);
  });
});
