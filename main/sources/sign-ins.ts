import { z } from '../../core/zod';
import type { AppError } from '../../core/app-error';
import type { SignInOperation } from '../../core/contract/operations';
import type { SignInWay } from '../../core/contract/sources';
import { readStartUrl, type PortalAccount, type SignIn } from '../../core/domain/identity-center';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import type { AwsResult, CredentialsProvider } from '../aws/aws-api';
import { refreshAhead, renewed } from '../aws/renewed-credentials';
import type { IdentityCenterApi } from '../aws/sso-api';
import type { Operations } from '../operations/operations';
import type { Vault } from '../secrets/secret-vault';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import { attemptSignIn, type SignedIn } from './sign-in-attempt';
import type { SourcesDocument } from './sources-document';

const mostSignIns = 20;

const keptSchema = z.strictObject({
  way: z.enum(['browser', 'code']),
  client: z.strictObject({ id: z.string(), secret: z.string(), expiresAt: z.number() }),
  token: z.strictObject({ accessToken: z.string(), refreshToken: z.string().optional(), expiresAt: z.number() }),
});
type Kept = z.infer<typeof keptSchema>;

export type SignInsPorts = Pick<WorkspaceContext, 'audit' | 'clock' | 'newId' | 'publisher'> & {
  readonly document: StoredDocument<SourcesDocument>;
  readonly vault: Vault;
  readonly operations: Operations;
  readonly api: IdentityCenterApi;
  readonly openInBrowser: (address: string) => Promise<Result<void>>;
};

/**
 * Sign-ins to IAM Identity Center, each of which serves many sources. The records hold no secret; tokens and this app's
 * registration are one item in the keychain, written whole (S-15).
 */
export class SignIns {
  readonly #ports: SignInsPorts;
  /** one at a time: a refresh token may be good once */
  readonly #refreshing = new Map<string, Promise<Result<string>>>();
  readonly #providers = new Map<string, CredentialsProvider>();
  /** the address of a waiting attempt's page, by its operation: it goes to the browser and not to the window */
  readonly #pages = new Map<string, string>();
  /** whose registration AWS may have forgotten: in a browser that is a page of AWS's and no answer */
  readonly #doubted = new Set<string>();

  constructor(ports: SignInsPorts) {
    this.#ports = ports;
  }

  list(): readonly SignIn[] {
    return this.#ports.document.read().signIns ?? [];
  }

  find(signInId: string): SignIn | undefined {
    return this.list().find(({ id }) => id === signInId);
  }

  /** Begins in the background; the operation says how it goes. `onDone` once somebody is signed in. */
  begin(
    { region, startUrl, way }: { readonly startUrl: string; readonly region: string; readonly way: SignInWay },
    onDone: (signInId: string) => void,
  ): Result<{ operationId: string; signInId: string }> {
    const { clock, newId, operations } = this.#ports;
    const address = readStartUrl(startUrl, region);
    if (address === undefined) return err(noPortal);
    const known = this.list().find((one) => one.startUrl === address && one.region === region);
    if (known === undefined && this.list().length >= mostSignIns) return err(tooMany);
    const place = { id: known?.id ?? newId(), startUrl: address, region };
    const running = operations.runningFor(place.id);
    if (running !== undefined) operations.cancel(running);
    const operationId = operations.start<SignInOperation>(
      (id) => ({ kind: 'sign-in', id, subjectId: place.id, way, startedAt: clock.now(), state: 'running' }),
      async (control, initial) => {
        let latest = initial;
        const publish = (change: Partial<SignInOperation>) => {
          latest = { ...latest, ...change };
          control.update(latest);
        };
        const outcome = await this.#attempt(place, way, control.signal, (page, shown) => {
          this.#pages.set(control.id, page);
          publish(shown);
        });
        this.#pages.delete(control.id);
        if (outcome.ok) {
          onDone(place.id);
          publish({ state: 'done' });
        } else if (outcome.error.kind === 'cancelled') publish({ state: 'cancelled' });
        else publish({ state: 'failed', error: outcome.error });
      },
    );
    return ok({ operationId, signInId: place.id });
  }

  async openPage(operationId: string): Promise<Result<Record<string, never>>> {
    const page = this.#pages.get(operationId);
    if (page === undefined) return err(notFound('This sign-in'));
    const opened = await this.#ports.openInBrowser(page);
    return opened.ok ? ok({}) : opened;
  }

  listAccounts(signInId: string): Promise<Result<readonly PortalAccount[]>> {
    return this.#ask(signInId, (signIn, token) => this.#ports.api.listAccounts(signIn, token));
  }

  listRoles(signInId: string, accountId: string): Promise<Result<readonly string[]>> {
    return this.#ask(signInId, (signIn, token) => this.#ports.api.listRoles(signIn, token, accountId));
  }

  /** Credentials of a role of the portal, kept until five minutes before they expire. */
  provider(signInId: string, accountId: string, roleName: string): CredentialsProvider {
    const key = `${signInId} ${accountId} ${roleName}`;
    // by way of the map at each call: signing out takes away what was kept
    return () => {
      const known =
        this.#providers.get(key) ??
        renewed(this.#ports.clock, () =>
          this.#ask(signInId, (signIn, token) =>
            this.#ports.api.getRoleCredentials(signIn, token, { accountId, roleName }),
          ),
        );
      this.#providers.set(key, known);
      return known();
    };
  }

  /** Asks AWS to end it, and wipes the tokens here whatever AWS said. A record without sources goes with them. */
  async signOut(signInId: string): Promise<Result<{ toldAws: boolean }>> {
    const { api, audit, document, operations, publisher, vault } = this.#ports;
    const signIn = this.find(signInId);
    if (signIn === undefined) return err(notFound('This sign-in'));
    const running = operations.runningFor(signInId);
    if (running !== undefined) {
      operations.cancel(running);
      await operations.whenEnded(running);
    }
    // what is being renewed would come back after it was wiped
    await this.#refreshing.get(signInId);
    const kept = await this.#kept(signInId);
    const told = kept.ok && kept.value !== undefined && (await api.logout(signIn, kept.value.token.accessToken)).ok;
    const wiped = await vault.remove(keyOf(signInId));
    if (!wiped.ok) return wiped;
    for (const key of this.#providers.keys()) if (key.startsWith(`${signInId} `)) this.#providers.delete(key);
    const saved = document.update((current) => {
      const isUsed = current.sources.some((one) => one.kind === 'identity-center' && one.signInId === signInId);
      const { id, region, startUrl } = signIn;
      const others = (current.signIns ?? []).filter((one) => one.id !== signInId);
      return { ...current, signIns: isUsed ? [...others, { id, region, startUrl }] : others };
    });
    if (!saved.ok) return saved;
    audit({ act: 'sign-in.ended', subject: signIn.startUrl, toldAws: String(told) });
    publisher.changed('sources', 'app');
    return ok({ toldAws: told });
  }

  async #attempt(
    place: SignIn,
    way: SignInWay,
    signal: AbortSignal,
    onWaiting: Parameters<typeof attemptSignIn>[1]['onWaiting'],
  ): Promise<Result<void, AppError | Cancelled>> {
    const { api, clock, openInBrowser, vault } = this.#ports;
    // no tokens are asked for that have no place to go
    const keychain = await vault.check();
    if (keychain.state === 'unavailable') return err(keychain.error);
    const kept = await this.#kept(place.id);
    if (!kept.ok) return kept;
    const { client, way: knownWay } = kept.value ?? {};
    const isGood = knownWay === way && !this.#doubted.has(place.id);
    const known = isGood && client !== undefined && client.expiresAt - refreshAhead > clock.now() ? client : undefined;
    const attempt = (registered: SignedIn['client'] | undefined) =>
      attemptSignIn({ api, clock, openInBrowser }, { place, way, signal, client: registered, onWaiting });
    let outcome = await attempt(known);
    const isForgotten = !outcome.ok && outcome.error.kind !== 'cancelled' && isUnknownClient(outcome.error);
    if (isForgotten && known !== undefined && way === 'code') outcome = await attempt(undefined);
    if (outcome.ok) this.#doubted.delete(place.id);
    else this.#doubted.add(place.id);
    if (!outcome.ok) return outcome;
    const saved = await this.#keep(place, { way, ...outcome.value });
    if (saved.ok) this.#ports.audit({ act: 'sign-in.done', subject: place.startUrl, way });
    return saved;
  }

  /** Answers of the portal for who is signed in; a token that AWS no longer takes is renewed once. */
  async #ask<T>(signInId: string, ask: (signIn: SignIn, accessToken: string) => AwsResult<T>): Promise<Result<T>> {
    const signIn = this.find(signInId);
    if (signIn === undefined) return err(notFound('The sign-in'));
    let token = await this.#token(signIn);
    if (!token.ok) return token;
    let answer = await ask(signIn, token.value);
    if (!answer.ok && 'code' in answer.error && answer.error.code === 'UnauthorizedException') {
      token = await this.#refresh(signIn, token.value);
      if (!token.ok) return token;
      answer = await ask(signIn, token.value);
    }
    if (answer.ok) return ok(answer.value.value);
    return answer.error.kind === 'cancelled' ? err(ended(signIn)) : err(withSignIn(answer.error, signIn));
  }

  async #token(signIn: SignIn): Promise<Result<string>> {
    const kept = await this.#kept(signIn.id);
    if (!kept.ok) return kept;
    const { clock } = this.#ports;
    const token = kept.value?.token;
    if (token === undefined) return err(ended(signIn));
    if (token.expiresAt - refreshAhead > clock.now()) return ok(token.accessToken);
    const fresh = await this.#refresh(signIn, token.accessToken);
    // it is good for some minutes more, and perhaps the network is back by then
    return !fresh.ok && fresh.error.kind !== 'credentials-expired' && token.expiresAt > clock.now()
      ? ok(token.accessToken)
      : fresh;
  }

  #refresh(signIn: SignIn, stale: string): Promise<Result<string>> {
    const pending =
      this.#refreshing.get(signIn.id) ??
      this.#renew(signIn, stale).finally(() => {
        this.#refreshing.delete(signIn.id);
      });
    this.#refreshing.set(signIn.id, pending);
    return pending;
  }

  async #renew(signIn: SignIn, stale: string): Promise<Result<string>> {
    const kept = await this.#kept(signIn.id);
    if (!kept.ok) return kept;
    const { client, token, way } = kept.value ?? {};
    // somebody else's renewal was over in between
    if (token !== undefined && token.accessToken !== stale) return ok(token.accessToken);
    if (client === undefined || way === undefined || token?.refreshToken === undefined) {
      this.#forgetExpiry(signIn);
      return err(ended(signIn));
    }
    const { refreshToken } = token;
    const answer = await this.#ports.api.createToken(signIn, client, { kind: 'refresh', refreshToken });
    if (answer.ok && answer.value.kind === 'token') {
      // where AWS gives no new one the old one stays good
      const saved = await this.#keep(signIn, { way, client, token: { refreshToken, ...answer.value.token } });
      return saved.ok ? ok(answer.value.token.accessToken) : saved;
    }
    if (answer.ok || answer.error.kind === 'cancelled') return err(ended(signIn));
    if (answer.error.kind === 'credentials-expired') this.#forgetExpiry(signIn);
    return err(withSignIn(answer.error, signIn));
  }

  async #keep(place: SignIn, kept: Kept): Promise<Result<void>> {
    const { document, publisher, vault } = this.#ports;
    const put = await vault.put(keyOf(place.id), JSON.stringify(kept));
    if (!put.ok) return put;
    const { id, region, startUrl } = place;
    const { expiresAt, refreshToken } = kept.token;
    const record = { id, startUrl, region, expiresAt, renews: refreshToken !== undefined };
    const saved = document.update((current) => {
      const signIns = current.signIns ?? [];
      const isNew = !signIns.some((one) => one.id === id);
      return {
        ...current,
        signIns: isNew ? [...signIns, record] : signIns.map((one) => (one.id === id ? record : one)),
      };
    });
    publisher.changed('sources');
    return saved.ok ? ok(undefined) : saved;
  }

  async #kept(signInId: string): Promise<Result<Kept | undefined>> {
    const text = await this.#ports.vault.get(keyOf(signInId));
    if (!text.ok) return text;
    const parsed = keptSchema.safeParse(text.value === undefined ? undefined : JSON.parse(text.value));
    return ok(parsed.success ? parsed.data : undefined);
  }

  /** What stays on disk must not say that somebody is signed in. That it cannot be written changes nothing else. */
  #forgetExpiry({ id, region, startUrl }: SignIn): void {
    this.#ports.document.update((current) => ({
      ...current,
      signIns: (current.signIns ?? []).map((one) => (one.id === id ? { id, region, startUrl } : one)),
    }));
    this.#ports.publisher.changed('sources');
  }
}

function keyOf(signInId: string): string {
  return `sign-in/${signInId}`;
}

function isUnknownClient({ code }: AppError): boolean {
  return code === 'InvalidClientException' || code === 'UnauthorizedClientException';
}

function ended(signIn: SignIn): AppError {
  return withSignIn(
    appError('credentials-expired', 'The sign-in to IAM Identity Center has ended.', { whatToDo: 'Sign in again.' }),
    signIn,
  );
}

/** Where the sign-in is what ended, signing in again is what helps. */
function withSignIn(error: AppError, { id }: SignIn): AppError {
  if (error.kind !== 'credentials-expired') return error;
  return { ...error, remedies: [{ kind: 'sign-in', signInId: id }] };
}

const noPortal = appError('invalid-input', 'This is not the address of an access portal in that Region.', {
  whatDidNotChange: 'Nothing was opened and AWS was not asked.',
  whatToDo: 'It looks like https://d-1234567890.awsapps.com/start. Your administrator, or aws configure sso, has it.',
  field: 'startUrl',
});

const tooMany = appError('not-possible', `There are ${String(mostSignIns)} sign-ins already.`, {
  whatToDo: 'Sign out of one that is no longer used.',
});
