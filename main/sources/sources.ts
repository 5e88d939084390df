import type { Profile, SourceView } from '../../core/contract/sources';
import type { AppError } from '../../core/app-error';
import { err, ok, type Result } from '../../core/result';
import { keyHintOf, type Identity, type Source } from '../../core/domain/source';
import type {
  AwsCredentials,
  AwsEnvironment,
  CredentialsProvider,
  IamApi,
  OrganizationsApi,
  S3Api,
  StsApi,
} from '../aws/aws-api';
import type { Vault } from '../secrets/secret-vault';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { environmentKeys, type Variables } from './environment-keys';
import { judgeIdentity } from './judge-identity';
import { KeptKeys } from './kept-keys';
import { memberRoleProvider, MemberRoles, partitionOf, stillNeeded, type NewMemberRole } from './member-roles';
import { notCancelled } from './not-cancelled';
import { PortalSources } from './portal-sources';
import type { SignIns } from './sign-ins';
import { mostSources, type SourcesDocument } from './sources-document';
import { TypedKeys } from './typed-keys';

export { notCancelled };

export type NewAccessKey = {
  readonly label: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
  readonly mfaSerial?: string | undefined;
  readonly keep: boolean;
  /** the id of the access key whose place it takes */
  readonly replaces?: string | undefined;
};

export type SourcesPorts = WorkspaceContext & {
  readonly document: StoredDocument<SourcesDocument>;
  readonly vault: Vault;
  /** the profiles of the shared AWS files, without their secrets */
  readonly listProfiles: () => Promise<Result<readonly Profile[]>>;
  readonly profileProvider: (profileName: string, region: string) => CredentialsProvider;
  /** sign-ins to IAM Identity Center; undefined in practice */
  readonly signIns?: SignIns;
  /** the app's own environment; undefined in practice */
  readonly variables?: Variables;
  /** the practice sandbox's identities; undefined in the AWS workspace */
  readonly sandboxProvider?: (identity: 'deployer' | 'owner' | 'management') => CredentialsProvider;
};

/** A source that is an access key, with the key: a secret that never leaves main. */
export type KeptSource = {
  readonly source: Extract<Source, { kind: 'access-key' }>;
  readonly key: AwsCredentials;
};

/** How a source reaches AWS: the clients already bound to its credentials and Region. */
export type SourceClients = {
  readonly source: Source;
  readonly environment: AwsEnvironment;
  readonly sts: StsApi;
  readonly iam: IamApi;
  readonly organizations: OrganizationsApi;
  /** Buckets are asked for in their own Region. */
  readonly s3: (region: string) => S3Api;
};

/** The app's own source credentials: which there are, who AWS says they are, and clients that use them. */
export class Sources {
  readonly #ports: SourcesPorts;
  /** what AWS last said of each; asked again after every change and on demand, never stored */
  readonly #identities = new Map<string, Result<Identity>>();
  /** one for each source for as long as it lives: the AWS layer keeps its clients by their provider */
  readonly #providers = new Map<string, CredentialsProvider>();
  readonly #keys: KeptKeys;
  /** typed for one act: never listed, selected or written */
  readonly typed: TypedKeys;
  readonly portal: PortalSources;
  readonly #memberRoles: MemberRoles;

  constructor(ports: SourcesPorts) {
    this.#ports = ports;
    this.#keys = new KeptKeys(ports.vault);
    this.typed = new TypedKeys({
      ...ports,
      identify: (id) => this.identify(id),
      onForgotten: (id) => this.#forget(id),
    });
    this.portal = new PortalSources({
      signIns: ports.signIns,
      newId: ports.newId,
      sources: () => ports.document.read().sources,
      add: (source) => this.#add(source),
      select: (id) => this.select(id),
      identify: (id) => this.identify(id),
    });
    this.#memberRoles = new MemberRoles({
      newId: ports.newId,
      sources: () => ports.document.read().sources,
      add: (source) => this.#add(source),
      view: (source) => this.#view(source),
      identify: (id) => this.identify(id),
      sts: (source) => this.#clientsOf(source).sts,
      forget: (id) => this.#forget(id),
    });
  }

  list(): SourceView[] {
    return this.#ports.document.read().sources.map((source) => this.#view(source));
  }

  find(sourceId: string): Source | undefined {
    return this.#ports.document.read().sources.find((source) => source.id === sourceId);
  }

  selected(): SourceView | undefined {
    const { selectedId } = this.#ports.document.read();
    const source = selectedId === undefined ? undefined : this.find(selectedId);
    return source === undefined ? undefined : this.#view(source);
  }

  async listProfiles(): Promise<Result<readonly Profile[]>> {
    return await this.#ports.listProfiles();
  }

  async addProfile(profileName: string, region: string): Promise<Result<SourceView>> {
    const known = this.#ports.document
      .read()
      .sources.find((source) => source.kind === 'profile' && source.profileName === profileName);
    if (known !== undefined) return await this.select(known.id);
    return await this.#add({ kind: 'profile', id: this.#ports.newId(), label: profileName, profileName, region });
  }

  /** The key goes into the vault before its record exists; a record without a key would be a lie. */
  async addAccessKey(key: NewAccessKey): Promise<Result<SourceView>> {
    if (key.replaces !== undefined && this.find(key.replaces)?.kind !== 'access-key') {
      return err(notFound('The access key to be replaced'));
    }
    // before the secret goes anywhere
    const full = key.replaces === undefined ? this.#full() : undefined;
    if (full !== undefined) return err(full);
    const id = key.replaces ?? this.#ports.newId();
    const kept = await this.#keys.put(id, key);
    if (!kept.ok) return kept;
    const { label, mfaSerial, region } = key;
    const keyHint = keyHintOf(key.accessKeyId);
    const source: Source = {
      ...{ kind: 'access-key', id, label, keyHint, kept: kept.value, region },
      ...(mfaSerial === undefined ? {} : { mfaSerial }),
    };
    if (key.replaces !== undefined) return await this.#replace(source);
    const added = await this.#add(source);
    if (!added.ok) await this.#keys.remove(id);
    return added;
  }

  /** What of the app's environment could be a source. */
  environment(): { keyHint: string; region?: string } | undefined {
    const keys = environmentKeys(this.#ports.variables ?? {});
    if (!keys.ok) return undefined;
    const { accessKeyId, region } = keys.value;
    return { keyHint: keyHintOf(accessKeyId), ...(region === undefined ? {} : { region }) };
  }

  async addEnvironment(region: string): Promise<Result<SourceView>> {
    const keys = environmentKeys(this.#ports.variables ?? {});
    if (!keys.ok) return keys;
    const known = this.#ports.document.read().sources.find(({ kind }) => kind === 'environment');
    if (known !== undefined) return await this.select(known.id);
    return await this.#add({ kind: 'environment', id: this.#ports.newId(), label: 'Environment', region });
  }

  /** Asks AWS first; what it refuses is not added. Not chosen to work with by itself: it is another account's. */
  async addMemberRole(role: NewMemberRole): Promise<Result<SourceView>> {
    return await this.#memberRoles.add(role);
  }

  async #replace(source: Source): Promise<Result<SourceView>> {
    const saved = this.#ports.document.update((document) => ({
      ...document,
      sources: document.sources.map((one) => (one.id === source.id ? source : one)),
    }));
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'source.replaced', subject: source.label, kind: source.kind });
    this.#forget(source.id);
    await this.identify(source.id);
    return ok(this.#view(source));
  }

  async select(sourceId: string): Promise<Result<SourceView>> {
    const source = this.find(sourceId);
    if (source === undefined) return err(notFound('This source identity'));
    const saved = this.#ports.document.update((document) => ({ ...document, selectedId: sourceId }));
    if (!saved.ok) return saved;
    await this.identify(sourceId);
    return ok(this.#view(source));
  }

  /** Asks GetCallerIdentity. Root is refused: it cannot assume roles and should not be used (aws-reference §3.1). */
  async identify(sourceId: string, signal?: AbortSignal): Promise<Result<Identity>> {
    const clients = this.clients(sourceId);
    if (!clients.ok) return clients;
    const answer = await clients.value.sts.getCallerIdentity(signal === undefined ? {} : { signal });
    const identity = judgeIdentity(answer, clients.value.source);
    this.#identities.set(sourceId, identity);
    this.#ports.publisher.changed('app', 'sources');
    return identity;
  }

  /** The source's identity as last seen, asked now if it never was. */
  async identity(sourceId: string): Promise<Result<Identity>> {
    const known = this.#identities.get(sourceId);
    return known?.ok === true ? known : await this.identify(sourceId);
  }

  /** A source whose identity is in this account, if one is known; `preferredId` first. */
  async inAccount(
    accountId: string,
    preferredId?: string,
    identityOfSource: (sourceId: string) => Promise<Result<Identity>> = (id) => this.identity(id),
  ): Promise<Source | undefined> {
    const { sources } = this.#ports.document.read();
    const ordered = [...sources].sort((a, b) => Number(b.id === preferredId) - Number(a.id === preferredId));
    for (const source of ordered) {
      const identity = await identityOfSource(source.id);
      if (identity.ok && identity.value.accountId === accountId) return source;
    }
    return undefined;
  }

  async remove(sourceId: string): Promise<Result<Record<string, never>>> {
    const source = this.find(sourceId);
    if (source === undefined) return err(notFound('This source identity'));
    if (source.kind === 'sandbox') {
      return err(
        appError('not-possible', 'The practice identities belong to the sandbox and stay.', {
          whatToDo: 'Choose another one to work with. Your own are in the AWS workspace.',
        }),
      );
    }
    const goBy = this.#memberRoles.through(sourceId);
    if (goBy.length > 0) return err(stillNeeded(source.label, goBy));
    if (source.kind === 'access-key') {
      const wiped = await this.#keys.remove(sourceId, source.kept === 'memory' ? 'memory' : 'both');
      if (!wiped.ok) return wiped;
    }
    const saved = this.#ports.document.update(({ sources, selectedId, ...rest }) => ({
      ...rest,
      sources: sources.filter(({ id }) => id !== sourceId),
      ...(selectedId === undefined || selectedId === sourceId ? {} : { selectedId }),
    }));
    if (!saved.ok) return saved;
    this.#forget(sourceId);
    this.#ports.audit({ act: 'source.removed', subject: source.label });
    this.#ports.publisher.changed('app', 'sources');
    return source.kind === 'identity-center' ? await this.portal.leave(source.signInId) : ok({});
  }

  /** The source that holds this access key, with the key itself: a secret. */
  async withAccessKey(accessKeyId: string): Promise<KeptSource | undefined> {
    const hint = keyHintOf(accessKeyId);
    for (const source of this.#ports.document.read().sources) {
      if (source.kind !== 'access-key' || source.keyHint !== hint) continue;
      const key = await this.#keys.get(source);
      if (key.ok && key.value.accessKeyId === accessKeyId) return { source, key: key.value };
    }
    return undefined;
  }

  /** Forgets the source that holds this access key, secret and all. None is not a failure. */
  async removeAccessKey(accessKeyId: string): Promise<Result<Record<string, never>>> {
    const holder = await this.withAccessKey(accessKeyId);
    return holder === undefined ? ok({}) : await this.remove(holder.source.id);
  }

  /** Clients that call AWS as this source. Nothing of the SDK is loaded before the first call. */
  clients(sourceId: string): Result<SourceClients> {
    const source = this.typed.find(sourceId) ?? this.find(sourceId);
    if (source === undefined) {
      return err(
        appError('credentials-missing', 'No source identity is chosen.', {
          whatToDo: 'Choose what Sallyport calls AWS with: a profile, or an access key.',
          remedies: [{ kind: 'choose-source' }],
        }),
      );
    }
    return ok(this.#clientsOf(source));
  }

  #clientsOf(source: Source): SourceClients {
    const environment = this.#environment(source, source.region);
    const provider = this.#provider(source);
    return {
      source,
      environment,
      sts: this.#ports.aws.sts(environment, provider),
      iam: this.#ports.aws.iam(environment, provider),
      organizations: this.#ports.aws.organizations(environment, provider),
      s3: (region) => this.#ports.aws.s3(this.#environment(source, region), provider),
    };
  }

  /** A profile says more than who calls: whether FIPS and dual-stack are on goes with it, also through it. */
  #environment(source: Source, region: string): AwsEnvironment {
    const through = source.kind === 'member-role' ? this.find(source.throughId) : undefined;
    if (through !== undefined) return this.#environment(through, region);
    const environment = this.#ports.environment(region);
    return source.kind === 'profile' && environment.kind === 'aws'
      ? { ...environment, profileName: source.profileName }
      : environment;
  }

  #provider(source: Source): CredentialsProvider {
    const known = this.#providers.get(source.id);
    if (known !== undefined) return known;
    const made = this.#makeProvider(source);
    this.#providers.set(source.id, made);
    return made;
  }

  #makeProvider(source: Source): CredentialsProvider {
    switch (source.kind) {
      case 'sandbox': {
        const { sandboxProvider } = this.#ports;
        return sandboxProvider === undefined
          ? () =>
              Promise.resolve(
                err(
                  appError('credentials-missing', 'This identity belongs to the practice sandbox.', {
                    whatToDo: 'Switch to practice, or choose another source identity.',
                    remedies: [{ kind: 'choose-source' }],
                  }),
                ),
              )
          : sandboxProvider(source.identity);
      }
      case 'profile':
        return this.#ports.profileProvider(source.profileName, source.region);
      case 'access-key':
        return this.typed.provider(source.id) ?? (() => this.#keys.get(source));
      case 'identity-center':
        return this.portal.provider(source);
      case 'environment':
        return () => Promise.resolve(environmentKeys(this.#ports.variables ?? {}));
      case 'member-role': {
        const through = () => {
          const clients = this.clients(source.throughId);
          return clients.ok ? ok(clients.value.sts) : clients;
        };
        const partition = partitionOf(this.#ports.environment(source.region));
        return memberRoleProvider(this.#ports.clock, through, { ...source, partition }, 'sallyport-organization');
      }
    }
  }

  /** What it was and whatever goes by it is made anew when it is next needed. */
  #forget(sourceId: string): void {
    this.#identities.delete(sourceId);
    for (const id of [sourceId, ...this.#memberRoles.through(sourceId).map((one) => one.id)]) {
      this.#providers.delete(id);
    }
  }

  #full(): AppError | undefined {
    if (this.#ports.document.read().sources.length < mostSources) return undefined;
    return appError('not-possible', `There are ${mostSources} source identities already.`, {
      whatToDo: 'Remove one that is no longer used, then add another.',
    });
  }

  async #add(source: Source): Promise<Result<SourceView>> {
    const full = this.#full();
    if (full !== undefined) return err(full);
    // the way into another account is nobody's choice to call from
    const first = this.#ports.document.read().selectedId ?? (source.kind === 'member-role' ? undefined : source.id);
    const saved = this.#ports.document.update(({ sources, ...rest }) => ({
      ...rest,
      sources: [...sources, source],
      ...(first === undefined ? {} : { selectedId: first }),
    }));
    if (!saved.ok) return saved;
    this.#ports.audit({ act: 'source.added', subject: source.label, kind: source.kind });
    await this.identify(source.id);
    return ok(this.#view(source));
  }

  #view(source: Source): SourceView {
    const identity = this.#identities.get(source.id);
    return {
      source,
      selected: this.#ports.document.read().selectedId === source.id,
      ...(identity === undefined ? {} : identity.ok ? { identity: identity.value } : { error: identity.error }),
    };
  }
}
