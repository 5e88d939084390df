import type { SignInWay, SourceView } from '../../core/contract/sources';
import type { PortalAccount, SignIn } from '../../core/domain/identity-center';
import type { Identity, Source } from '../../core/domain/source';
import { err, ok, type Result } from '../../core/result';
import type { CredentialsProvider } from '../aws/aws-api';
import { appError, notFound } from '../workspace-context';
import type { SignIns } from './sign-ins';

export type PortalSourcesPorts = {
  /** undefined in practice */
  readonly signIns: SignIns | undefined;
  readonly newId: () => string;
  readonly sources: () => readonly Source[];
  readonly add: (source: Source) => Promise<Result<SourceView>>;
  readonly select: (sourceId: string) => Promise<Result<SourceView>>;
  readonly identify: (sourceId: string) => Promise<Result<Identity>>;
};

type PortalSource = Extract<Source, { kind: 'identity-center' }>;

/** Sources that go by a sign-in to IAM Identity Center. */
export class PortalSources {
  readonly #ports: PortalSourcesPorts;

  constructor(ports: PortalSourcesPorts) {
    this.#ports = ports;
  }

  signIns(): readonly SignIn[] {
    return this.#ports.signIns?.list() ?? [];
  }

  /** Its sources are asked anew who they are when it is done. */
  signIn(place: {
    readonly startUrl: string;
    readonly region: string;
    readonly way: SignInWay;
  }): Result<{ operationId: string; signInId: string }> {
    return this.#with((signIns) => signIns.begin(place, (signInId) => void this.#identifyAllOf(signInId)));
  }

  async openPage(operationId: string): Promise<Result<Record<string, never>>> {
    return await this.#with((signIns) => signIns.openPage(operationId));
  }

  async listAccounts(signInId: string): Promise<Result<readonly PortalAccount[]>> {
    return await this.#with((signIns) => signIns.listAccounts(signInId));
  }

  async listRoles(signInId: string, accountId: string): Promise<Result<readonly string[]>> {
    return await this.#with((signIns) => signIns.listRoles(signInId, accountId));
  }

  /** A role of a portal; the one that is there already where it is the same. */
  async add(role: Omit<PortalSource, 'id' | 'kind'>): Promise<Result<SourceView>> {
    const { add, newId, select, signIns } = this.#ports;
    if (signIns?.find(role.signInId) === undefined) return err(notFound('This sign-in'));
    const known = this.#of(role.signInId).find(
      ({ accountId, roleName }) => accountId === role.accountId && roleName === role.roleName,
    );
    return await (known === undefined ? add({ kind: 'identity-center', id: newId(), ...role }) : select(known.id));
  }

  async signOut(signInId: string): Promise<Result<{ toldAws: boolean }>> {
    const ended = await this.#with((signIns) => signIns.signOut(signInId));
    if (ended.ok) await this.#identifyAllOf(signInId);
    return ended;
  }

  /** The last source of a sign-in takes it along: nothing here would use its tokens any more. */
  async leave(signInId: string): Promise<Result<Record<string, never>>> {
    const { signIns } = this.#ports;
    if (this.#of(signInId).length > 0 || signIns?.find(signInId) === undefined) return ok({});
    const ended = await signIns.signOut(signInId);
    return ended.ok ? ok({}) : ended;
  }

  provider({ accountId, roleName, signInId }: PortalSource): CredentialsProvider {
    return (
      this.#ports.signIns?.provider(signInId, accountId, roleName) ?? (() => Promise.resolve(err(ofOtherWorkspace)))
    );
  }

  async #identifyAllOf(signInId: string): Promise<void> {
    await Promise.all(this.#of(signInId).map(({ id }) => this.#ports.identify(id)));
  }

  #of(signInId: string): readonly PortalSource[] {
    return this.#ports
      .sources()
      .filter((source): source is PortalSource => source.kind === 'identity-center' && source.signInId === signInId);
  }

  #with<T>(ask: (signIns: SignIns) => T): T | { readonly ok: false; readonly error: typeof ofOtherWorkspace } {
    const { signIns } = this.#ports;
    return signIns === undefined ? err(ofOtherWorkspace) : ask(signIns);
  }
}

const ofOtherWorkspace = appError('not-possible', 'IAM Identity Center belongs to the AWS workspace.', {
  whatToDo: 'Switch to AWS first.',
});
