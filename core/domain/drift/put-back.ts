import { z } from '../../zod';
import { appErrorSchema } from '../../app-error';
import { quoteBash } from '../../render/quote-bash';
import { managedPolicyName } from '../plan-step';
import { arnSchema, idSchema, instantSchema, maxSessionDurationSchema, policyTextSchema, tagSchema } from '../limits';
import { roleStateSchema, type ManagedPolicyState, type RoleState } from './agreement';

/** One call that changes the role, or what is attached to it. */
export const roleActSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set-trust'), document: policyTextSchema }),
  z.strictObject({ kind: z.literal('put-inline'), name: z.string().max(128), document: policyTextSchema }),
  z.strictObject({ kind: z.literal('delete-inline'), name: z.string().max(128) }),
  z.strictObject({ kind: z.literal('attach'), arn: arnSchema }),
  z.strictObject({ kind: z.literal('detach'), arn: arnSchema }),
  z.strictObject({ kind: z.literal('set-version'), arn: arnSchema, versionId: z.string().max(64) }),
  z.strictObject({ kind: z.literal('put-boundary'), arn: arnSchema }),
  z.strictObject({ kind: z.literal('delete-boundary') }),
  z.strictObject({ kind: z.literal('set-session'), seconds: maxSessionDurationSchema }),
  z.strictObject({ kind: z.literal('tag'), tags: z.array(tagSchema).min(1).max(50) }),
  z.strictObject({ kind: z.literal('untag'), keys: z.array(tagSchema.shape.key).min(1).max(50) }),
]);
export type RoleAct = Readonly<z.infer<typeof roleActSchema>>;

/** What is done to make parts of a role what they were, and which parts cannot be put back, why. */
export type PutBackPlan = {
  readonly acts: readonly RoleAct[];
  readonly cannot: readonly { readonly partId: string; readonly why: string }[];
};

export const putBackStepSchema = z.strictObject({
  act: roleActSchema,
  state: z.enum(['waiting', 'started', 'done', 'failed']),
  at: instantSchema.optional(),
  requestId: z.string().max(128).optional(),
});

/**
 * The journal of one change of a role: back to what was agreed, or to less than it may. A step is `started` on disk before
 * the call.
 */
export const putBackSchema = z.strictObject({
  id: idSchema,
  /** absent: back to what was agreed. `narrow`: to less; what AWS has then is what is agreed */
  purpose: z.literal('narrow').optional(),
  connectionId: idSchema,
  roleName: z.string().max(64),
  /** what it is done with */
  sourceId: z.string().max(64),
  startedAt: instantSchema,
  finishedAt: instantSchema.optional(),
  state: z.enum(['running', 'done', 'failed', 'undoing', 'undone']),
  partIds: z.array(z.string().max(2100)).min(1).max(300),
  /** as AWS had it, of the tags those that are agreed to, and as it is to be: the way there, and back */
  from: roleStateSchema,
  to: roleStateSchema,
  steps: z.array(putBackStepSchema).max(400),
  error: appErrorSchema.optional(),
});
export type PutBack = Readonly<z.infer<typeof putBackSchema>>;

type Planned = { readonly acts: readonly RoleAct[] } | { readonly why: string };

/** What takes away comes before what gives, so that nothing is wider on the way than at either end. */
const order: readonly RoleAct['kind'][] = [
  ...(['set-trust', 'put-boundary', 'set-session', 'detach', 'delete-inline', 'put-inline'] as const),
  ...(['set-version', 'attach', 'delete-boundary', 'untag', 'tag'] as const),
];

/** What gives comes before what takes away, so that whoever goes on working has at each moment what they have at both ends. */
const givingFirst: readonly RoleAct['kind'][] = ['put-inline', 'attach', 'detach', 'delete-inline'];

/**
 * The calls that make these parts of a role go from one state to another. The way back is the same with both exchanged.
 * Of a narrowing one end holds the other: in between there is never more than at the wider one.
 */
export function planPutBack(
  from: RoleState,
  to: RoleState,
  partIds: readonly string[],
  purpose?: PutBack['purpose'],
): PutBackPlan {
  const acts: RoleAct[] = [];
  const cannot: { partId: string; why: string }[] = [];
  for (const partId of partIds) {
    const planned = planPart(from, to, partId);
    if ('why' in planned) cannot.push({ partId, why: planned.why });
    else acts.push(...planned.acts);
  }
  const inOrder = purpose === 'narrow' ? givingFirst : order;
  acts.sort((one, other) => inOrder.indexOf(one.kind) - inOrder.indexOf(other.kind));
  return { acts, cannot };
}

function planPart(from: RoleState, to: RoleState, partId: string): Planned {
  if (partId === 'trust') return { acts: [{ kind: 'set-trust', document: to.trustPolicy }] };
  if (partId === 'session') return { acts: [{ kind: 'set-session', seconds: to.maxSessionDuration }] };
  if (partId === 'tags') return { acts: planTags(from, to) };
  if (partId === 'boundary') return planBoundary(from.boundary, to.boundary);
  if (partId.startsWith('inline ')) {
    const name = partId.slice('inline '.length);
    const wanted = to.inline.find((one) => one.name === name);
    return {
      acts: [wanted === undefined ? { kind: 'delete-inline', name } : { kind: 'put-inline', ...wanted }],
    };
  }
  if (partId.startsWith('managed ')) {
    const arn = partId.slice('managed '.length);
    const isIt = (one: ManagedPolicyState) => one.arn === arn;
    const [was, wanted] = [from.managed.find(isIt), to.managed.find(isIt)];
    if (wanted === undefined) return { acts: [{ kind: 'detach', arn }] };
    if (was === undefined) return { acts: [{ kind: 'attach', arn }] };
    return planVersion(wanted);
  }
  return {
    why: 'A role that was deleted cannot be brought back: one made anew has another ID, and policies that name the old one do not name it.',
  };
}

function planTags(from: RoleState, to: RoleState): readonly RoleAct[] {
  const added = from.tags.map(({ key }) => key).filter((key) => tagOf(to, key) === undefined);
  const acts: RoleAct[] = [];
  if (added.length > 0) acts.push({ kind: 'untag', keys: added });
  if (to.tags.length > 0) acts.push({ kind: 'tag', tags: [...to.tags] });
  return acts;
}

/** IAM tells tag keys apart by their letters alone, not by their case (IAM User Guide, "Tagging IAM resources"). */
function tagOf({ tags }: RoleState, key: string): string | undefined {
  return tags.find((tag) => tag.key.toLowerCase() === key.toLowerCase())?.value;
}

/** What AWS has, without the tags that nobody agreed to: they are others’, and stay on the way there and back. */
export function withinAgreed(seen: RoleState, agreed: RoleState): RoleState {
  return { ...seen, tags: seen.tags.filter(({ key }) => tagOf(agreed, key) !== undefined) };
}

/** Whether the tags that either of two states speaks of are now as in the first. */
export function hasTagsOf(state: RoleState, other: RoleState, now: RoleState): boolean {
  return [...state.tags, ...other.tags].every(({ key }) => tagOf(now, key) === tagOf(state, key));
}

function planBoundary(was: ManagedPolicyState | undefined, wanted: ManagedPolicyState | undefined): Planned {
  if (wanted === undefined) return { acts: [{ kind: 'delete-boundary' }] };
  return was?.arn === wanted.arn ? planVersion(wanted) : { acts: [{ kind: 'put-boundary', arn: wanted.arn }] };
}

function planVersion({ arn, versionId }: ManagedPolicyState): Planned {
  if (arn.includes(':iam::aws:policy/'))
    return { why: 'AWS changes its own policies itself; nobody can put one back.' };
  if (versionId === undefined)
    return { why: 'Which version was in force is not known, only that it said something else.' };
  return { acts: [{ kind: 'set-version', arn, versionId }] };
}

/** In words, with the name of the call. */
export function describeAct(act: RoleAct): { readonly title: string; readonly call: string } {
  switch (act.kind) {
    case 'set-trust':
      return { title: 'Write the trust policy', call: 'iam:UpdateAssumeRolePolicy' };
    case 'put-inline':
      return { title: `Write the inline policy ${act.name}`, call: 'iam:PutRolePolicy' };
    case 'delete-inline':
      return { title: `Delete the inline policy ${act.name}`, call: 'iam:DeleteRolePolicy' };
    case 'attach':
      return { title: `Attach ${managedPolicyName(act.arn)}`, call: 'iam:AttachRolePolicy' };
    case 'detach':
      return { title: `Detach ${managedPolicyName(act.arn)}`, call: 'iam:DetachRolePolicy' };
    case 'set-version':
      return {
        title: `Make ${act.versionId} the version of ${managedPolicyName(act.arn)} in force, wherever it is attached`,
        call: 'iam:SetDefaultPolicyVersion',
      };
    case 'put-boundary':
      return { title: `Set the boundary ${managedPolicyName(act.arn)}`, call: 'iam:PutRolePermissionsBoundary' };
    case 'delete-boundary':
      return { title: 'Take the boundary away', call: 'iam:DeleteRolePermissionsBoundary' };
    case 'set-session':
      return { title: `Set the longest session to ${act.seconds / 3600} h`, call: 'iam:UpdateRole' };
    case 'tag':
      return { title: `Write the tags ${act.tags.map(({ key }) => key).join(', ')}`, call: 'iam:TagRole' };
    case 'untag':
      return { title: `Take the tags ${act.keys.join(', ')} away`, call: 'iam:UntagRole' };
  }
}

/** The same for the owner's shell: one command a line, for the AWS CLI. */
export function putBackScript(roleName: string, acts: readonly RoleAct[]): string {
  const role = `--role-name ${quoteBash(roleName)}`;
  const lines = acts.map((act): string => {
    switch (act.kind) {
      case 'set-trust':
        return `aws iam update-assume-role-policy ${role} --policy-document ${quoteBash(act.document)}`;
      case 'put-inline':
        return `aws iam put-role-policy ${role} --policy-name ${quoteBash(act.name)} --policy-document ${quoteBash(act.document)}`;
      case 'delete-inline':
        return `aws iam delete-role-policy ${role} --policy-name ${quoteBash(act.name)}`;
      case 'attach':
        return `aws iam attach-role-policy ${role} --policy-arn ${quoteBash(act.arn)}`;
      case 'detach':
        return `aws iam detach-role-policy ${role} --policy-arn ${quoteBash(act.arn)}`;
      case 'set-version':
        return `aws iam set-default-policy-version --policy-arn ${quoteBash(act.arn)} --version-id ${quoteBash(act.versionId)}`;
      case 'put-boundary':
        return `aws iam put-role-permissions-boundary ${role} --permissions-boundary ${quoteBash(act.arn)}`;
      case 'delete-boundary':
        return `aws iam delete-role-permissions-boundary ${role}`;
      case 'set-session':
        return `aws iam update-role ${role} --max-session-duration ${String(act.seconds)}`;
      case 'tag':
        return `aws iam tag-role ${role} --tags ${quoteBash(JSON.stringify(act.tags.map(({ key, value }) => ({ Key: key, Value: value }))))}`;
      case 'untag':
        return `aws iam untag-role ${role} --tag-keys ${act.keys.map((key) => quoteBash(key)).join(' ')}`;
    }
  });
  return ['set -eu', ...lines].join('\n');
}
