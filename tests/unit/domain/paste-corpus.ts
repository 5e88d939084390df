import type { RoleReferenceContext, RoleReferenceNote, SecretKind } from '../../../core/domain/role-reference';
import type { WrongKind } from '../../../core/domain/role-reference-wrong';

/** Who pastes: the deployer's account, in the ordinary partition. */
export const caller: RoleReferenceContext = { callerAccountId: '111122223333', callerPartition: 'aws' };

export const plain = 'arn:aws:iam::222233334444:role/Deploy';
export const withPath = 'arn:aws:iam::222233334444:role/deploy/SallyportCodeDeploy';

/** One text as somebody might paste it, and what must come of it. */
export type PasteEntry = {
  readonly name: string;
  readonly text: string;
  /** The caller of these tests where absent. */
  readonly context?: RoleReferenceContext;
  readonly gives:
    | {
        readonly kind: 'found';
        readonly arn: string;
        /** In words, as the interface says it; empty when all of it was the role. */
        readonly leftOut: string;
        readonly note?: RoleReferenceNote['kind'];
        /** The text needs its line breaks, which a field of one line does not keep. */
        readonly needsLineBreaks?: boolean;
      }
    | { readonly kind: 'needs-account-id'; readonly roleName: string; readonly accountAlias?: string }
    | { readonly kind: 'several'; readonly arns: readonly string[] }
    | { readonly kind: 'wrong'; readonly what: WrongKind; readonly says: string }
    | { readonly kind: 'secret'; readonly what: SecretKind }
    | { readonly kind: 'nothing' };
};

export function role(name: string, text: string, leftOut: string, arn = plain): PasteEntry {
  return { name, text, gives: { kind: 'found', arn, leftOut } };
}

/** A session or a page that leaves out the role's path. */
export function roleWithoutPath(name: string, text: string, leftOut: string, arn = plain): PasteEntry {
  return { name, text, gives: { kind: 'found', arn, leftOut, note: 'path-may-be-missing' } };
}

export function needsAccount(name: string, text: string, roleName = 'Deploy', accountAlias?: string): PasteEntry {
  return {
    name,
    text,
    gives: { kind: 'needs-account-id', roleName, ...(accountAlias === undefined ? {} : { accountAlias }) },
  };
}

export function wrongThing(name: string, text: string, what: WrongKind, says: string): PasteEntry {
  return { name, text, gives: { kind: 'wrong', what, says } };
}

export function secret(name: string, text: string, what: SecretKind): PasteEntry {
  return { name, text, gives: { kind: 'secret', what } };
}
