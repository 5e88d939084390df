import { createHash } from 'node:crypto';
import type { AppError } from '../../core/app-error';
import type { ManagedPolicyState, RoleState } from '../../core/domain/drift/agreement';
import { documentKey, type RoleNow } from '../../core/domain/drift/drift-of';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { CallOptions, IamApi } from '../aws/aws-api';

/** SHA-256 in hex of a policy without its blanks: two that differ in them alone have the same. */
export function digestOfPolicy(document: string): string {
  let plain = document;
  try {
    plain = JSON.stringify(JSON.parse(document));
  } catch {
    // no JSON: as it is
  }
  return createHash('sha256').update(plain).digest('hex');
}

type Read<T> = Promise<Result<T, AppError | Cancelled>>;
type InForce = { readonly state: ManagedPolicyState; readonly text?: string };

/** Not allowed to see it, or not there; anything else is trouble on the way, and asking again may help. */
export function isAboutRights(error: AppError | Cancelled): boolean {
  return error.kind === 'access-denied' || error.kind === 'no-such-entity';
}

/** AWS's own policies are the same in every account: in a round each is read once. */
export class PolicyReader {
  readonly #known = new Map<string, Read<InForce>>();

  /** The version in force, with the first of these that may see it; where nobody may, only its ARN is known. */
  inForce(arn: string, readers: readonly IamApi[], options?: CallOptions): Read<InForce> {
    if (!arn.includes(':iam::aws:policy/')) return inForce(arn, readers, options);
    const asked = this.#known.get(arn) ?? inForce(arn, readers, options);
    this.#known.set(arn, asked);
    // trouble on the way says nothing of the policy
    void asked.then((answer) => {
      if (!answer.ok || answer.value.text === undefined) this.#known.delete(arn);
    });
    return asked;
  }
}

async function inForce(arn: string, readers: readonly IamApi[], options?: CallOptions): Read<InForce> {
  for (const iam of readers) {
    const policy = await iam.getPolicy(arn, options);
    const versionId = policy.ok ? policy.value.value.defaultVersionId : '';
    const text = policy.ok ? await iam.getPolicyVersion(arn, versionId, options) : policy;
    if (text.ok) {
      return ok({ state: { arn, versionId, digest: digestOfPolicy(text.value.value) }, text: text.value.value });
    }
    if (!isAboutRights(text.error)) return text;
  }
  return ok({ state: { arn } });
}

export type RoleReading = {
  readonly roleName: string;
  /** sees the role */
  readonly iam: IamApi;
  /** may see AWS's own policies where that one may not */
  readonly alsoForPolicies: readonly IamApi[];
  readonly policies: PolicyReader;
  /** what was agreed: of a policy whose version changed that version is read too */
  readonly agreed: RoleState | undefined;
  readonly options?: CallOptions;
};

/**
 * Reads everything of a role that can be agreed to, or nothing: where one answer is missing there is no reading, so that
 * a right that was lost on the way never looks like a policy that is gone. A role that is not there is a reading too.
 */
export async function readRole(reading: RoleReading): Read<RoleNow> {
  const { iam, options, roleName } = reading;
  const [role, inlineNames, attached] = await Promise.all([
    iam.getRole(roleName, options),
    iam.listRolePolicies(roleName, options),
    iam.listAttachedRolePolicies(roleName, options),
  ]);
  if (!role.ok) return role.error.kind === 'no-such-entity' ? ok({ role: undefined, texts: new Map() }) : role;
  if (!inlineNames.ok) return inlineNames;
  if (!attached.ok) return attached;
  const inline: { name: string; document: string }[] = [];
  for (const name of inlineNames.value.value) {
    const text = await iam.getRolePolicy(roleName, name, options);
    if (!text.ok) return text;
    inline.push({ name, document: text.value.value });
  }
  const texts = new Map<string, string>();
  const { createdAt, lastUsedAt, maxSessionDuration, path, permissionsBoundaryArn, roleId, tags, trustPolicy } =
    role.value.value;
  const managed: ManagedPolicyState[] = [];
  for (const { arn } of attached.value.value) {
    const policy = await readManaged(reading, arn, texts);
    if (!policy.ok) return policy;
    managed.push(policy.value);
  }
  const boundary =
    permissionsBoundaryArn === undefined ? undefined : await readManaged(reading, permissionsBoundaryArn, texts);
  if (boundary?.ok === false) return boundary;
  const gone = await readDetached(reading, managed, texts);
  if (gone !== undefined) return err(gone);
  return ok({
    role: {
      ...{ roleId, path, trustPolicy, maxSessionDuration, managed, inline },
      ...(boundary && { boundary: boundary.value }),
      tags: [...tags],
    },
    texts,
    use: { createdAt, ...(lastUsedAt !== undefined && { lastUsedAt }) },
  });
}

/** The version in force, and the agreed one beside it where that is another. */
async function readManaged(reading: RoleReading, arn: string, texts: Map<string, string>): Read<ManagedPolicyState> {
  const { agreed, alsoForPolicies, iam, options, policies } = reading;
  const read = await policies.inForce(arn, [iam, ...alsoForPolicies], options);
  if (!read.ok) return read;
  const { state, text } = read.value;
  if (text !== undefined && state.versionId !== undefined) texts.set(documentKey(arn, state.versionId), text);
  const was = [...(agreed?.managed ?? []), ...(agreed?.boundary ? [agreed.boundary] : [])].find(
    (one) => one.arn === arn,
  );
  if (was?.versionId !== undefined && was.versionId !== state.versionId) {
    const before = await iam.getPolicyVersion(arn, was.versionId, options);
    if (before.ok) texts.set(documentKey(arn, was.versionId), before.value.value);
    else if (!isAboutRights(before.error)) return before;
  }
  return ok(state);
}

/** The texts of policies that were agreed and are not attached any more: what went with them. */
async function readDetached(
  { agreed, alsoForPolicies, iam, options, policies }: RoleReading,
  managed: readonly ManagedPolicyState[],
  texts: Map<string, string>,
): Promise<AppError | Cancelled | undefined> {
  for (const was of agreed?.managed ?? []) {
    if (was.versionId === undefined || managed.some(({ arn }) => arn === was.arn)) continue;
    const read = await policies.inForce(was.arn, [iam, ...alsoForPolicies], options);
    if (!read.ok) return read.error;
    // the agreed version, where that is still the one in force
    if (read.value.text !== undefined && read.value.state.versionId === was.versionId) {
      texts.set(documentKey(was.arn, was.versionId), read.value.text);
    }
  }
  return undefined;
}
