import type { MemberAccount } from '../../../core/contract/organization';
import { treeOf, type AccountNode, type ManagementView, type UnitNode } from './organization-tree';

/** The root, a unit or an account, where it is, and what is in it. */
export type OrganizationPlace =
  | { readonly kind: 'unit'; readonly node: UnitNode; readonly above: readonly UnitNode[] }
  | { readonly kind: 'account'; readonly account: MemberAccount; readonly above: readonly UnitNode[] };

/** Looks for the place with this ID from the root down. `above`: the root first. Undefined: it is not there. */
export function placeOf(view: ManagementView, targetId: string): OrganizationPlace | undefined {
  const seek = (node: UnitNode, above: readonly UnitNode[]): OrganizationPlace | undefined => {
    if (node.id === targetId) return { kind: 'unit', node, above };
    for (const child of node.children) {
      if (child.kind === 'account') {
        if (child.id === targetId) return { kind: 'account', account: child.account, above: [...above, node] };
        continue;
      }
      const found = seek(child, [...above, node]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return seek(treeOf(view), []);
}

/** Every account in a unit and in the units below it. */
export function accountsBelow(node: UnitNode): readonly AccountNode[] {
  return node.children.flatMap((child) => (child.kind === 'account' ? [child] : accountsBelow(child)));
}

/** The page of a place, seen by the same source. */
export function placePath(targetId: string, sourceId: string): string {
  return `/organization/places/${targetId}?source=${encodeURIComponent(sourceId)}`;
}
