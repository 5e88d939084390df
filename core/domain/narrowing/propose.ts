import type { ServiceActions } from '../permissions/action-levels';
import type { RoleState } from '../drift/agreement';
import { managedPolicyName } from '../plan-step';
import { cutOf, isUnused, type Cut } from './cut';
import { narrowPolicy } from './narrow-policy';
import type { NarrowingChoice, ServiceUsage } from './usage';

/** Characters of all inline policies of a role together, blanks not counted (IAM User Guide, "IAM and STS quotas"). */
export const mostInlineCharacters = 10_240;

/** One policy before and after. `after` absent: it goes whole. */
export type PolicyChange = {
  readonly title: string;
  readonly kind: 'inline' | 'managed';
  readonly before: string;
  readonly after?: string;
  /** of a managed one: the inline policy that takes its place */
  readonly replacedBy?: string;
};

/** What could go: a whole service, or one action of a service that stays. */
export type Unused = {
  /** `s3`, or `s3:PutBucketPolicy` */
  readonly id: string;
  readonly namespace: string;
  readonly service: string;
  readonly action?: string;
  /** ms since the epoch; absent: not in the days that AWS tells of */
  readonly lastAt?: number;
  /** a person wants it to stay */
  readonly isKept: boolean;
};

export type Proposal = {
  /** The role as it would be. */
  readonly to: RoleState;
  /** Parts of it that change, as drift calls them. */
  readonly partIds: readonly string[];
  readonly changes: readonly PolicyChange[];
  readonly unused: readonly Unused[];
  /** titles of policies that could not be read, and stay as they are */
  readonly unread: readonly string[];
  /** of all inline policies after it */
  readonly inlineCharacters: number;
};

/**
 * A smaller role: what its policies allow without what was not used. A managed policy that gets smaller is replaced by an
 * inline one, for it is not this role’s alone. `textOf`: a managed policy’s document in force. Pure.
 */
export function proposeNarrowing(
  role: RoleState,
  textOf: (policyArn: string) => string | undefined,
  {
    choice,
    now,
    services,
    usage,
  }: {
    readonly choice: NarrowingChoice;
    /** ms since the epoch */
    readonly now: number;
    readonly services: readonly ServiceActions[];
    readonly usage: readonly ServiceUsage[];
  },
): Proposal {
  const cut = cutOf(usage, services, choice, now);
  const changes: PolicyChange[] = [];
  const partIds: string[] = [];
  const unread: string[] = [];
  const inline: { name: string; document: string }[] = [];
  for (const { document, name } of role.inline) {
    const narrowed = narrowPolicy(document, cut);
    if (narrowed.kind === 'unread') unread.push(name);
    if (narrowed.kind === 'same' || narrowed.kind === 'unread') {
      inline.push({ name, document });
      continue;
    }
    partIds.push(`inline ${name}`);
    const after = narrowed.kind === 'smaller' ? narrowed.document : undefined;
    if (after !== undefined) inline.push({ name, document: after });
    changes.push({ title: name, kind: 'inline', before: document, ...(after !== undefined && { after }) });
  }
  const managed = role.managed.filter((policy) => {
    const title = managedPolicyName(policy.arn);
    const before = textOf(policy.arn);
    const narrowed = before === undefined ? ({ kind: 'unread' } as const) : narrowPolicy(before, cut);
    if (narrowed.kind === 'unread') unread.push(title);
    if (before === undefined || narrowed.kind === 'same' || narrowed.kind === 'unread') return true;
    partIds.push(`managed ${policy.arn}`);
    if (narrowed.kind === 'nothing') {
      changes.push({ title, kind: 'managed', before });
      return false;
    }
    // also of those that go: a part is either written or deleted
    const name = nameBeside(
      title,
      [...role.inline, ...inline].map((one) => one.name),
    );
    inline.push({ name, document: narrowed.document });
    partIds.push(`inline ${name}`);
    changes.push({ title, kind: 'managed', before, after: narrowed.document, replacedBy: name });
    return false;
  });
  return {
    to: { ...role, inline, managed },
    ...{ partIds, changes, unread },
    unused: unusedOf(usage, choice, now, cut),
    inlineCharacters: inline.reduce((sum, { document }) => sum + document.replaceAll(/\s/g, '').length, 0),
  };
}

function nameBeside(title: string, taken: readonly string[]): string {
  const base = `${title.slice(0, 110)}-narrowed`;
  let name = base;
  for (let count = 2; taken.includes(name); count += 1) name = `${base}-${String(count)}`;
  return name;
}

/** What was used once comes first: taking it away is what somebody would notice. */
function unusedOf(usage: readonly ServiceUsage[], choice: NarrowingChoice, now: number, cut: Cut): readonly Unused[] {
  const keep = new Set(choice.keep);
  const unused = usage.flatMap(({ actions, lastAt, name, namespace }): Unused[] => {
    const one = { id: namespace, namespace, service: name, isKept: keep.has(namespace) };
    if (isUnused(lastAt, choice, now)) return [{ ...one, ...(lastAt !== undefined && { lastAt }) }];
    if (choice.level === 'services' || !cut.kept.has(namespace)) return [];
    return actions
      .filter((action) => isUnused(action.lastAt, choice, now))
      .map((action): Unused => {
        const id = `${namespace}:${action.name}`;
        const last = action.lastAt === undefined ? {} : { lastAt: action.lastAt };
        return { ...one, id, action: action.name, ...last, isKept: keep.has(id) };
      });
  });
  return unused.sort((one, other) => (other.lastAt ?? 0) - (one.lastAt ?? 0) || (one.id < other.id ? -1 : 1));
}
