import { managedPolicyName } from '../plan-step';
import type { ManagedPolicyState, RoleState } from './agreement';
import { comparePermissions } from './compare-permissions';
import { compareTrust } from './compare-trust';
import { longestShown, type Difference, type DriftKind, type DriftPart, type RoleUse } from './difference';
import { judgePolicy } from './policy-words';
import { meaningOf, tidyPolicy } from './tidy-policy';

/** Texts of managed policies that could be read, by `documentKey`. */
export type PolicyTexts = ReadonlyMap<string, string>;

export function documentKey(arn: string, versionId: string): string {
  return `${arn} ${versionId}`;
}

/** What AWS has now: `undefined` where there is no such role. */
export type RoleNow = {
  readonly role: RoleState | undefined;
  readonly texts: PolicyTexts;
  /** what was not shown of it: IDs of parts, or `inline` and `managed` for all of a kind */
  readonly unseen?: ReadonlySet<string>;
  readonly use?: RoleUse;
};

type Bare = Omit<DriftPart, 'state' | 'differences'>;

/**
 * Every part of the role, those that are as agreed too, in the order in which a person reads them. Pure: the same
 * agreement and the same reading give the same parts.
 */
export function driftOf(agreed: RoleState, { role: now, texts, unseen = new Set() }: RoleNow): readonly DriftPart[] {
  if (now === undefined) {
    return [
      {
        ...{ id: 'role', of: 'role', title: 'The role', state: 'removed' },
        differences: [
          only(
            'role-gone',
            'narrowed',
            'There is no role of this name any more: nobody can enter by it, and its policies are gone.',
          ),
        ],
      },
    ];
  }
  return [
    ...rolePart(agreed, now),
    trustPart(agreed, now),
    ...inlineParts(agreed, now, unseen),
    ...managedParts(agreed, now, texts, unseen),
    ...boundaryParts(agreed, now, texts),
    sessionPart(agreed, now),
    ...tagsPart(agreed, now),
  ];
}

function only(kind: DriftKind, severity: Difference['severity'], message: string): Difference {
  return { kind, severity, message: message.slice(0, 400), pointer: '' };
}

function shown(before: string | undefined, after: string | undefined): Pick<DriftPart, 'before' | 'after'> {
  const fits = (text: string | undefined): text is string => text !== undefined && text.length <= longestShown;
  return { ...(fits(before) && { before }), ...(fits(after) && { after }) };
}

function changedIf(part: Bare, differences: readonly Difference[]): DriftPart {
  return { ...part, state: differences.length === 0 ? 'same' : 'changed', differences: differences.slice(0, 60) };
}

function rolePart(agreed: RoleState, now: RoleState): readonly DriftPart[] {
  if (agreed.roleId === undefined || now.roleId === undefined || agreed.roleId === now.roleId) return [];
  const message =
    'The role was deleted and made anew under the same name: it is another role, and what was promised of the first does not hold for it.';
  return [
    {
      ...{ id: 'role', of: 'role', title: 'The role', state: 'changed' },
      ...{ before: `Role ID ${agreed.roleId}`, after: `Role ID ${now.roleId}` },
      differences: [only('role-recreated', 'other', message)],
    },
  ];
}

function trustPart(agreed: RoleState, now: RoleState): DriftPart {
  const [before, after] = [tidyPolicy(agreed.trustPolicy), tidyPolicy(now.trustPolicy)];
  return changedIf(
    { id: 'trust', of: 'trust', title: 'Trust policy', ...shown(before, after) },
    compareTrust(before, after),
  );
}

/** Agreed, and the look did not show whether it still is so. */
function unseenPart(part: Bare, before: string | undefined): DriftPart {
  return { ...part, ...shown(before, undefined), state: 'unseen', differences: [] };
}

/** Where a kind was not shown there may be more of it than was agreed, also where none was. */
function othersOf(of: 'inline' | 'managed', title: string, unseen: ReadonlySet<string>): readonly DriftPart[] {
  return unseen.has(of) ? [unseenPart({ id: of, of, title }, undefined)] : [];
}

function inlineParts(agreed: RoleState, now: RoleState, unseen: ReadonlySet<string>): readonly DriftPart[] {
  const documents = (role: RoleState) => new Map(role.inline.map(({ document, name }) => [name, tidyPolicy(document)]));
  const [before, after] = [documents(agreed), documents(now)];
  const parts = [...new Set([...before.keys(), ...after.keys()])].map((name): DriftPart => {
    const [was, is] = [before.get(name), after.get(name)];
    const bare: Bare = { id: `inline ${name}`, of: 'inline', title: name.slice(0, 160) };
    if (was !== undefined && (unseen.has('inline') || unseen.has(bare.id))) return unseenPart(bare, was);
    const part = { ...bare, ...shown(was, is) };
    if (was !== undefined && is !== undefined && meaningOf(was) === meaningOf(is)) return changedIf(part, []);
    const judged = judgePolicy(comparePermissions(was, is), was, is);
    const kind = was === undefined ? 'inline-added' : is === undefined ? 'inline-removed' : 'inline-changed';
    return { ...part, state: stateOf(was, is), differences: [{ kind, ...judged, ...clipped(judged) }] };
  });
  return [...parts, ...othersOf('inline', 'Inline policies', unseen)];
}

function clipped({ message, pointer }: Pick<Difference, 'message' | 'pointer'>) {
  return { message: message.slice(0, 400), pointer: pointer.slice(0, 400) };
}

function stateOf(was: unknown, is: unknown): DriftPart['state'] {
  return was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
}

function textOf(policy: ManagedPolicyState | undefined, texts: PolicyTexts): string | undefined {
  const text = policy?.versionId === undefined ? undefined : texts.get(documentKey(policy.arn, policy.versionId));
  return text === undefined ? undefined : tidyPolicy(text);
}

/** The same document in force, whatever its version is called. */
function isSameVersion(was: ManagedPolicyState, is: ManagedPolicyState): boolean {
  if (was.digest !== undefined && is.digest !== undefined) return was.digest === is.digest;
  return was.versionId === undefined || is.versionId === undefined || was.versionId === is.versionId;
}

/** What is in force was agreed, and nobody could read what is in force now. */
function isUnreadVersion(was: ManagedPolicyState, is: ManagedPolicyState): boolean {
  const isKnown = was.digest !== undefined || was.versionId !== undefined;
  return isKnown && is.digest === undefined && is.versionId === undefined;
}

function managedParts(
  agreed: RoleState,
  now: RoleState,
  texts: PolicyTexts,
  unseen: ReadonlySet<string>,
): readonly DriftPart[] {
  const byArn = (role: RoleState) => new Map(role.managed.map((policy) => [policy.arn, policy]));
  const [before, after] = [byArn(agreed), byArn(now)];
  const parts = [...new Set([...before.keys(), ...after.keys()])].map((arn): DriftPart => {
    const [was, is] = [before.get(arn), after.get(arn)];
    const part: Bare = { id: `managed ${arn}`, of: 'managed', title: managedPolicyName(arn).slice(0, 160) };
    if (was !== undefined && (unseen.has('managed') || (is !== undefined && isUnreadVersion(was, is)))) {
      return unseenPart(part, textOf(was, texts));
    }
    if (was !== undefined && is !== undefined) {
      if (isSameVersion(was, is)) return changedIf(part, []);
      return versionPart(part, was, is, texts);
    }
    const [wasText, isText] = [textOf(was, texts), textOf(is, texts)];
    const isUnread = (was === undefined ? isText : wasText) === undefined;
    const change = isUnread ? undefined : comparePermissions(wasText, isText);
    const judged = is === undefined && isUnread ? detachedUnread : judgePolicy(change, wasText, isText);
    return {
      ...part,
      ...shown(wasText, isText),
      state: stateOf(was, is),
      differences: [
        { kind: was === undefined ? 'policy-attached' : 'policy-detached', ...judged, ...clipped(judged) } as const,
      ],
    };
  });
  return [...parts, ...othersOf('managed', 'Managed policies', unseen)];
}

const detachedUnread = { severity: 'narrowed', message: 'What it allowed is allowed no more.', pointer: '' } as const;

function versionPart(part: Bare, was: ManagedPolicyState, is: ManagedPolicyState, texts: PolicyTexts): DriftPart {
  const [before, after] = [textOf(was, texts), textOf(is, texts)];
  const unread = before === undefined || after === undefined;
  const judged = judgePolicy(unread ? undefined : comparePermissions(before, after), before, after);
  const by = was.arn.includes(':iam::aws:policy/') ? 'AWS changed its own policy' : 'Another version of it is in force';
  const versions = `${was.versionId ?? 'the agreed one'} → ${is.versionId ?? 'another'}`;
  return {
    ...part,
    ...shown(before, after),
    state: 'changed',
    differences: [
      {
        kind: 'policy-version-changed',
        ...judged,
        ...clipped({ ...judged, message: `${by}, ${versions}. ${judged.message}` }),
      },
    ],
  };
}

const boundaryPart: Bare = { id: 'boundary', of: 'boundary', title: 'Permissions boundary' };

function boundaryParts(agreed: RoleState, now: RoleState, texts: PolicyTexts): readonly DriftPart[] {
  const [was, is] = [agreed.boundary, now.boundary];
  if (was === undefined && is === undefined) return [];
  const part = { ...boundaryPart, ...shown(was?.arn, is?.arn) };
  if (is === undefined) {
    const message = 'There is no permissions boundary any more: nothing cuts what the policies of the role give.';
    return [{ ...part, state: 'removed', differences: [only('boundary-removed', 'widened', message)] }];
  }
  if (was === undefined) {
    const message = `${managedPolicyName(is.arn)} cuts now what the policies of the role give.`;
    return [{ ...part, state: 'added', differences: [only('boundary-added', 'narrowed', message)] }];
  }
  if (was.arn === is.arn && isUnreadVersion(was, is)) return [unseenPart(boundaryPart, was.arn)];
  if (was.arn === is.arn && isSameVersion(was, is)) return [changedIf(part, [])];
  const [before, after] = [textOf(was, texts), textOf(is, texts)];
  const unread = before === undefined || after === undefined;
  const judged = judgePolicy(
    unread ? undefined : comparePermissions(before, after, { asBoundary: true }),
    before,
    after,
  );
  const words = was.arn === is.arn ? 'Another version of it is in force.' : `It is ${managedPolicyName(is.arn)} now.`;
  return [
    {
      ...part,
      ...(was.arn === is.arn && shown(before, after)),
      state: 'changed',
      differences: [
        { kind: 'boundary-changed', ...judged, ...clipped({ ...judged, message: `${words} ${judged.message}` }) },
      ],
    },
  ];
}

function sessionPart({ maxSessionDuration: was }: RoleState, { maxSessionDuration: is }: RoleState): DriftPart {
  const hours = (seconds: number) => `${String(Number((seconds / 3600).toFixed(2)))} h`;
  const part: Bare = {
    ...{ id: 'session', of: 'session', title: 'Longest session' },
    ...{ before: hours(was), after: hours(is) },
  };
  if (was === is) return changedIf(part, []);
  return changedIf(part, [
    is > was
      ? only('session-raised', 'widened', `A session may last ${hours(is)} now, and so long a stolen one stays good.`)
      : only('session-lowered', 'narrowed', `A session may last ${hours(is)} at most now: longer ones are refused.`),
  ]);
}

/** Only that tags of ours are missing or changed: what others write beside them is theirs. */
function tagsPart(agreed: RoleState, now: RoleState): readonly DriftPart[] {
  if (agreed.tags.length === 0) return [];
  const current = new Map(now.tags.map(({ key, value }) => [key.toLowerCase(), value]));
  const wrong = agreed.tags.filter(({ key, value }) => current.get(key.toLowerCase()) !== value);
  const lines = (tags: readonly { key: string; value: string | undefined }[]) =>
    tags.flatMap(({ key, value }) => (value === undefined ? [] : [`${key} = ${value}`])).join('\n');
  const part: Bare = {
    ...{ id: 'tags', of: 'tags', title: 'Tags' },
    before: lines(agreed.tags),
    after: lines(agreed.tags.map(({ key }) => ({ key, value: current.get(key.toLowerCase()) }))),
  };
  if (wrong.length === 0) return [changedIf(part, [])];
  const names = wrong.map(({ key }) => key).join(', ');
  const message = `Gone or changed: ${names}. By them Sallyport knows what it made, and takes back nothing else.`;
  return [changedIf(part, [only('tags-removed', 'other', message)])];
}

/** The agreement with these parts as AWS has them now. `now` is `undefined` where the role is gone: then nothing is taken over. */
export function withAccepted(agreed: RoleState, now: RoleState, partIds: readonly string[]): RoleState {
  let next = agreed;
  for (const id of partIds) {
    if (id === 'trust') next = { ...next, trustPolicy: now.trustPolicy };
    else if (id === 'session') next = { ...next, maxSessionDuration: now.maxSessionDuration };
    else if (id === 'role') next = { ...next, ...(now.roleId !== undefined && { roleId: now.roleId }), path: now.path };
    else if (id === 'boundary') {
      const { boundary: _before, ...rest } = next;
      next = { ...rest, ...(now.boundary && { boundary: now.boundary }) };
    } else if (id === 'tags') {
      const current = new Map(now.tags.map((tag) => [tag.key.toLowerCase(), tag]));
      next = { ...next, tags: next.tags.flatMap(({ key }) => current.get(key.toLowerCase()) ?? []) };
    } else if (id.startsWith('inline ')) {
      const name = id.slice('inline '.length);
      next = { ...next, inline: replaced(next.inline, now.inline, (one) => one.name === name) };
    } else if (id.startsWith('managed ')) {
      const arn = id.slice('managed '.length);
      next = { ...next, managed: replaced(next.managed, now.managed, (one) => one.arn === arn) };
    }
  }
  return next;
}

function replaced<T>(list: readonly T[], from: readonly T[], isIt: (one: T) => boolean): T[] {
  const fresh = from.find(isIt);
  const at = list.findIndex(isIt);
  if (fresh === undefined) return list.filter((one) => !isIt(one));
  return at === -1 ? [...list, fresh] : list.map((one, index) => (index === at ? fresh : one));
}
