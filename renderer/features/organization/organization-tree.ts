import { grouped } from '../../../core/grouped';
import type { MemberAccount, OrganizationView } from '../../../core/contract/organization';

export type ManagementView = Extract<OrganizationView, { kind: 'management' }>;

/** A unit, or the root, with what is in it: units first, each kind by name. */
export interface UnitNode {
  readonly kind: 'unit';
  readonly id: string;
  readonly name: string;
  readonly isRoot: boolean;
  /** Of all depths, as the organization has them, whatever is searched for. */
  readonly accountCount: number;
  readonly children: readonly TreeNode[];
}

export interface AccountNode {
  readonly kind: 'account';
  readonly id: string;
  readonly account: MemberAccount;
}

/** One for all: thousands of names are compared. */
const byName = new Intl.Collator(undefined, { numeric: true });

export type TreeNode = UnitNode | AccountNode;

/** A place that an account can be in. */
export interface UnitPlace {
  readonly id: string;
  readonly name: string;
  /** From the root down, with this one: “Root / Workloads / Test”. */
  readonly path: string;
}

/**
 * The organization as a tree from its root. With `search`, only accounts and units that match by name, e-mail or ID, and the
 * units on the way to them.
 */
export function treeOf(view: ManagementView, search = ''): UnitNode {
  const wanted = wantedOf(search);
  const units = grouped(view.units, ({ parentId }) => parentId);
  const accounts = grouped(view.accounts, ({ parentId }) => parentId);
  const unitNode = (id: string, name: string, isRoot: boolean, isShown: boolean): UnitNode => {
    const inner = (units.get(id) ?? []).map((unit) => ({
      node: unitNode(unit.id, unit.name, false, isShown || matches(wanted, unit.name, unit.id)),
      matches: isShown || matches(wanted, unit.name, unit.id),
    }));
    const own = accounts.get(id) ?? [];
    const shown = isShown ? own : own.filter((account) => matches(wanted, account.name, account.email, account.id));
    return {
      kind: 'unit',
      id,
      name,
      isRoot,
      accountCount: own.length + inner.reduce((sum, { node }) => sum + node.accountCount, 0),
      children: [
        ...inner
          .filter((one) => one.matches || one.node.children.length > 0)
          .map(({ node }) => node)
          .sort((a, b) => byName.compare(a.name, b.name)),
        ...shown
          .map((account): AccountNode => ({ kind: 'account', id: account.id, account }))
          .sort((a, b) => byName.compare(a.account.name, b.account.name)),
      ],
    };
  };
  return unitNode(view.rootId, view.rootName, true, wanted === '');
}

/** The root and all units, in the order of the tree. */
export function placesOf(view: ManagementView): readonly UnitPlace[] {
  const units = grouped(view.units, ({ parentId }) => parentId);
  const below = (id: string, name: string, path: string): UnitPlace[] => [
    { id, name, path },
    ...[...(units.get(id) ?? [])]
      .sort((a, b) => byName.compare(a.name, b.name))
      .flatMap((unit) => below(unit.id, unit.name, `${path} / ${unit.name}`)),
  ];
  return below(view.rootId, view.rootName, view.rootName);
}

/** IDs of the units of a tree that can be opened. */
export function unitIdsOf(root: UnitNode): readonly string[] {
  return [root.id, ...root.children.flatMap((child) => (child.kind === 'unit' ? unitIdsOf(child) : []))];
}

function wantedOf(search: string): string {
  return search
    .trim()
    .toLowerCase()
    .replaceAll(/(?<=\d)\s(?=\d)/g, '');
}

function matches(wanted: string, ...words: readonly string[]): boolean {
  return words.some((word) => word.toLowerCase().includes(wanted));
}
