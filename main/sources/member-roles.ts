import type { AppError } from '../../core/app-error';
import type { SourceView } from '../../core/contract/sources';
import { formatRoleArn } from '../../core/domain/arn';
import { identityOf, type Identity, type Source } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { AwsEnvironment, CredentialsProvider, StsApi } from '../aws/aws-api';
import { renewed } from '../aws/renewed-credentials';
import { appError, notFound, type WorkspaceContext } from '../workspace-context';
import { notCancelled } from './not-cancelled';

export type MemberRoleSource = Extract<Source, { kind: 'member-role' }>;
export type NewMemberRole = Omit<MemberRoleSource, 'id' | 'kind'>;

type Place = { readonly partition: string; readonly accountId: string; readonly roleName: string };

/**
 * Credentials of an organization's access role, of an hour: a chain may have no more (aws-reference §3.1). Made anew
 * shortly before they end, and kept in memory alone. `through` is asked each time, for its source may be gone.
 */
export function memberRoleProvider(
  clock: WorkspaceContext['clock'],
  through: () => Result<Pick<StsApi, 'assumeRole'>>,
  { accountId, partition, roleName }: Place,
  sessionName: string,
): CredentialsProvider {
  const roleArn = formatRoleArn(partition, accountId, '/', roleName);
  return renewed(clock, async () => {
    const sts = through();
    if (!sts.ok) return sts;
    const assumed = await sts.value.assumeRole({ roleArn, sessionName, durationSeconds: 3600 });
    return assumed.ok ? ok(assumed.value.value.credentials) : err(notCancelled(assumed.error));
  });
}

/** The partition that calls of this environment go to; the sandbox has one. */
export function partitionOf(environment: AwsEnvironment): string {
  return environment.kind === 'aws' ? environment.partition : 'aws';
}

export type MemberRolesPorts = Pick<WorkspaceContext, 'newId'> & {
  readonly sources: () => readonly Source[];
  /** adds it without choosing it to work with */
  readonly add: (source: Source) => Promise<Result<SourceView>>;
  readonly view: (source: Source) => SourceView;
  /** asked of AWS now */
  readonly identify: (sourceId: string) => Promise<Result<Identity>>;
  /** for a source that is not among the others yet */
  readonly sts: (source: MemberRoleSource) => StsApi;
  readonly forget: (sourceId: string) => void;
};

/** Sources that enter an account of the organization by its access role. */
export class MemberRoles {
  readonly #ports: MemberRolesPorts;

  constructor(ports: MemberRolesPorts) {
    this.#ports = ports;
  }

  /**
   * Adds the role once AWS has let it in and said that it is in the account; the one that is there already where it is the
   * same, and AWS still lets it in. Fails, and adds nothing, where `throughId` is unknown or such a role itself, and where AWS refuses.
   */
  async add(role: NewMemberRole): Promise<Result<SourceView>> {
    const through = this.#ports.sources().find(({ id }) => id === role.throughId);
    if (through === undefined) return err(notFound('The source identity in the management account'));
    if (through.kind === 'member-role') return err(chained(through.label));
    const known = this.#same(role);
    if (known !== undefined) return await this.#stillIn(known, through.label, role);
    const source: MemberRoleSource = { kind: 'member-role', id: this.#ports.newId(), ...role };
    const answer = await this.#ports.sts(source).getCallerIdentity();
    const refusal = answer.ok
      ? wrongAccount(identityOf(answer.value.value, answer.value.at).accountId, role)
      : notLetIn(notCancelled(answer.error), through.label, role);
    // two may ask at the same moment
    const meanwhile = this.#same(role);
    const added =
      refusal !== undefined
        ? err(refusal)
        : meanwhile !== undefined
          ? ok(this.#ports.view(meanwhile))
          : await this.#ports.add(source);
    if (!added.ok || meanwhile !== undefined) this.#ports.forget(source.id);
    return added;
  }

  async #stillIn(known: MemberRoleSource, throughLabel: string, role: NewMemberRole): Promise<Result<SourceView>> {
    const identity = await this.#ports.identify(known.id);
    const refusal = identity.ok
      ? wrongAccount(identity.value.accountId, role)
      : notLetIn(identity.error, throughLabel, role);
    return refusal === undefined ? ok(this.#ports.view(known)) : err(refusal);
  }

  /** What goes by this source, and would be lost with it. */
  through(sourceId: string): readonly MemberRoleSource[] {
    return this.#ports
      .sources()
      .filter((source): source is MemberRoleSource => source.kind === 'member-role' && source.throughId === sourceId);
  }

  #same({ accountId, roleName, throughId }: NewMemberRole): MemberRoleSource | undefined {
    return this.through(throughId).find((one) => one.accountId === accountId && one.roleName === roleName);
  }
}

/** Why a source stays: others go by it. */
export function stillNeeded(label: string, goBy: readonly MemberRoleSource[]): AppError {
  const names = goBy.map((one) => `“${one.label}”`).join(', ');
  return appError('not-possible', `Other source identities go by “${label}”: ${names}.`.slice(0, 400), {
    whatToDo: 'Remove those first, then this one.',
  });
}

function chained(label: string): AppError {
  return appError('not-possible', `“${label}” is the access role of an organization account itself.`, {
    whatDidNotChange: 'No source identity was added.',
    whatToDo: 'Choose a source identity of the management account. One such role is not entered through another.',
    remedies: [{ kind: 'choose-source' }],
  });
}

function wrongAccount(found: string, { accountId, roleName }: NewMemberRole): AppError | undefined {
  if (found === accountId) return undefined;
  return appError('not-possible', `AWS says that ${roleName} is in account ${found}, and not in ${accountId}.`, {
    whatDidNotChange: 'No source identity was added.',
    whatToDo: 'Look at the account’s ID in the organization.',
  });
}

function notLetIn(error: AppError, label: string, { accountId, roleName }: NewMemberRole): AppError {
  const rest = { ...error, whatDidNotChange: 'No source identity was added.' };
  if (error.kind !== 'access-denied') return rest;
  return {
    ...rest,
    message: `The role ${roleName} of account ${accountId} does not let “${label}” in.`,
    whatToDo:
      'A new account takes some minutes. One that was invited has no such role, and only the management account may use it.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
  };
}
