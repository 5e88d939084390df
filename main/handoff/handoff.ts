import type { EndpointRequest, HandoffView } from '../../core/contract/handoff';
import type { Connection } from '../../core/domain/connection';
import { consoleAddress, type ConsoleDestinationId } from '../../core/domain/console-destinations';
import { partitionOfRegion } from '../../core/domain/partitions';
import { isLapsed, type Session } from '../../core/domain/session';
import type { Shell } from '../../core/domain/shells';
import { findRecipe } from '../../core/recipes/catalog';
import { noIdentity, onlyIdentity, shellLines, type Variables } from '../../core/render/shell-variables';
import { renderSnippets } from '../../core/render/snippets';
import { err, ok, type Result } from '../../core/result';
import type { AwsEnvironment } from '../aws/aws-api';
import type { ConsoleSignIn, ConsoleSignInRequest } from '../aws/federation';
import type { ProfileFiles } from '../aws/profiles';
import type { SessionCredentials } from '../sessions/kept-credentials';
import type { Sessions } from '../sessions/sessions';
import { appError, notFound, type StoredDocument, type WorkspaceContext } from '../workspace-context';
import type { OwnProgram } from './credential-process-arguments';
import { CredentialsEndpoint } from './credentials-endpoint';
import type { HandoffDocument } from './handoff-document';
import { OwnProfiles } from './own-profiles';
import { PlainProfiles } from './plain-profiles';
import type { SecretClipboard } from './secret-clipboard';
import type { Terminal } from './terminal';

/** What the ways out of this app work with besides the sessions. */
export type HandoffOutside = {
  /** how this very program is started again, by tools */
  readonly program: OwnProgram;
  /** asked at each act: the environment says where they are */
  readonly profileFiles: () => ProfileFiles;
  /** where the AWS CLI keeps credentials that it was given */
  readonly cliCacheFolder: string;
  readonly terminal: Terminal;
  /** text without a secret */
  readonly writeClipboard: (text: string) => void | Promise<void>;
};

export type HandoffPorts = Pick<WorkspaceContext, 'clock' | 'newId' | 'environment' | 'publisher' | 'audit'> & {
  readonly document: StoredDocument<HandoffDocument>;
  readonly outside: HandoffOutside;
  readonly sessions: Sessions;
  readonly findConnection: (connectionId: string) => Connection | undefined;
  readonly clipboard: Pick<SecretClipboard, 'put'>;
  readonly signInToConsole: (
    environment: AwsEnvironment,
    request: ConsoleSignInRequest,
  ) => Promise<Result<ConsoleSignIn>>;
  readonly openInBrowser: (url: string) => Promise<Result<void>>;
};

type Held = { readonly session: Session; readonly connection: Connection; readonly credentials: SessionCredentials };

/** Milliseconds in which many requests of the endpoint are one change for the window. */
const gatheredMs = 250;

/** Every way in which a session's credentials leave this app, safest first; each is a line of the audit log. */
export class Handoff {
  readonly profiles: OwnProfiles;
  readonly plain: PlainProfiles;
  readonly endpoint: CredentialsEndpoint;
  readonly #ports: HandoffPorts;
  #callOffTelling: (() => void) | undefined;

  constructor(ports: HandoffPorts) {
    this.#ports = ports;
    const { outside, sessions } = ports;
    const shared = { ...ports, files: outside.profileFiles, findSession: (id: string) => sessions.find(id) };
    this.profiles = new OwnProfiles({ ...shared, program: outside.program, allSessions: () => sessions.list() });
    this.plain = new PlainProfiles(shared);
    this.endpoint = new CredentialsEndpoint({
      clock: ports.clock,
      credentials: (sessionId) => this.#credentials(sessionId),
      onGiven: (sessionId, userAgent) =>
        ports.audit({
          act: 'endpoint.gave',
          subject: sessions.find(sessionId)?.assumedRoleArn ?? '',
          sessionId,
          userAgent,
        }),
      onChange: () => this.#tellSoon(),
    });
  }

  look(sessionId: string): Result<HandoffView> {
    const found = this.#find(sessionId);
    if (!found.ok) return found;
    const { session, connection } = found.value;
    const profile = this.profiles.of(sessionId);
    const plain = this.plain.of(sessionId);
    const endpoint = this.endpoint.view(sessionId);
    const proposedName = profile?.name ?? this.profiles.propose(connection);
    const region = profile?.region ?? connection.region;
    return ok({
      region: connection.region,
      proposedName,
      ...(profile === undefined
        ? {}
        : { profile: { id: profile.id, name: profile.name, region: profile.region, file: profile.file } }),
      ...(endpoint === undefined
        ? {}
        : { endpoint: { port: endpoint.port, requests: [...endpoint.requests] as EndpointRequest[] } }),
      ...(plain === undefined
        ? {}
        : { plain: { id: plain.id, name: plain.name, file: plain.file, until: plain.expiresAt } }),
      terminal: this.#ports.outside.terminal.way(),
      inMemory: session.credentials === 'memory',
      snippets: renderSnippets(findRecipe(connection.recipeId), { profile: proposedName, region }),
    });
  }

  async startEndpoint(sessionId: string): Promise<Result<{ port: number }>> {
    const held = await this.#held(sessionId);
    if (!held.ok) return held;
    const started = await this.endpoint.start(sessionId);
    if (!started.ok) return started;
    const port = Number(new URL(started.value.uri).port);
    this.#ports.sessions.recordUse(sessionId, 'endpoint', `127.0.0.1:${port}`);
    return ok({ port });
  }

  stopEndpoint(sessionId: string): Result<Record<string, never>> {
    this.endpoint.stop(sessionId);
    this.#ports.audit({ act: 'endpoint.stopped', subject: sessionId });
    return ok({});
  }

  async copyEndpoint(sessionId: string, shell: Shell): Promise<Result<{ clearsAt: number }>> {
    const found = this.#find(sessionId);
    if (!found.ok) return found;
    const address = this.endpoint.address(sessionId);
    if (!address.ok) return address;
    const { uri, token } = address.value;
    return await this.#copySecret(shell, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
      ...regionOf(found.value.connection),
    });
  }

  /** Exports for a shell, put on the clipboard by main; nobody else sees them. */
  async copyEnvironment(sessionId: string, shell: Shell): Promise<Result<{ clearsAt: number }>> {
    const held = await this.#held(sessionId);
    if (!held.ok) return held;
    const copied = await this.#copySecret(shell, environmentOf(held.value));
    if (copied.ok) this.#ports.sessions.recordUse(sessionId, 'environment', shell);
    return copied;
  }

  async copyUnset(shell: Shell): Promise<Result<Record<string, never>>> {
    await this.#ports.outside.writeClipboard(shellLines(shell, noIdentity) ?? '');
    return ok({});
  }

  /** SECURITY(S-13): the keys go from process to process; where that cannot be, only the name of the profile goes. */
  async openTerminal(sessionId: string): Promise<Result<{ program: string }>> {
    const { terminal } = this.#ports.outside;
    const held = await this.#held(sessionId);
    if (!held.ok) return held;
    const profile = this.profiles.of(sessionId);
    const variables =
      terminal.way() === 'by-profile'
        ? { ...(profile === undefined ? {} : { AWS_PROFILE: profile.name }), ...regionOf(held.value.connection) }
        : onlyIdentity(environmentOf(held.value));
    const opened = await terminal.open(variables);
    if (!opened.ok) return opened;
    const program = (opened.value.split(/[\\/]/).at(-1) ?? opened.value).slice(0, 100);
    this.#ports.sessions.recordUse(sessionId, 'terminal', program);
    return ok({ program });
  }

  async writePlain(sessionId: string, name: string): Promise<Result<{ until: number }>> {
    const held = await this.#held(sessionId);
    if (!held.ok) return held;
    const written = this.plain.write(held.value.session, name, held.value.credentials);
    if (!written.ok) return written;
    this.#ports.sessions.recordUse(sessionId, 'plain-profile', name);
    return ok({ until: written.value.expiresAt });
  }

  /** Signs in to the console with a session. In practice the sandbox is asked for the same sign-in, and nothing is opened. */
  async openConsole(
    sessionId: string,
    to: { readonly destination?: ConsoleDestinationId | undefined; readonly region?: string | undefined } = {},
  ): Promise<Result<{ opened: 'browser' | 'practice'; as: string }>> {
    const held = await this.#held(sessionId);
    if (!held.ok) return held;
    const { session, connection, credentials } = held.value;
    const region = to.region ?? connection.region;
    if (partitionOfRegion(region)?.id !== partitionOfRegion(connection.region)?.id) {
      return err(
        appError('invalid-input', 'This Region belongs to another partition of AWS.', {
          whatToDo: 'Choose a Region of the partition that the role is in.',
          field: 'region',
        }),
      );
    }
    const destination = consoleAddress(to.destination ?? 'home', connection.partition, region);
    const signIn = await this.#ports.signInToConsole(this.#ports.environment(region), {
      credentials,
      chained: session.isChained,
      ...(destination === undefined ? {} : { destination }),
      ...consoleDuration(credentials.expiration - this.#ports.clock.now()),
    });
    if (!signIn.ok) return signIn;
    if (signIn.value.kind === 'url') {
      const opened = await this.#ports.openInBrowser(signIn.value.url);
      if (!opened.ok) return opened;
    }
    this.#ports.sessions.recordUse(sessionId, 'console', to.destination ?? 'home');
    return ok({ opened: signIn.value.kind === 'url' ? 'browser' : 'practice', as: session.assumedRoleArn });
  }

  /** At the start: a killed app may have left keys in a file. */
  recover(): void {
    this.plain.removeAll();
    this.settle();
  }

  /** Sessions have begun or ended: what was handed on for one that is over is taken back. */
  settle(): void {
    for (const sessionId of this.endpoint.sessions()) {
      const session = this.#ports.sessions.find(sessionId);
      if (session === undefined || session.end !== undefined) this.endpoint.stop(sessionId);
    }
    this.plain.settle();
    this.profiles.settle();
  }

  forgetConnection(connectionId: string): Result<unknown> {
    return this.profiles.forgetConnection(connectionId);
  }

  stop(): void {
    this.#callOffTelling?.();
    this.endpoint.stopAll();
    this.plain.removeAll();
  }

  async #copySecret(shell: Shell, variables: Variables): Promise<Result<{ clearsAt: number }>> {
    const lines = shellLines(shell, onlyIdentity(variables));
    if (lines === undefined) {
      return err(
        appError('not-possible', 'These values cannot be written for this shell.', {
          whatDidNotChange: 'The clipboard is as it was.',
          whatToDo: 'Use PowerShell, or write the profile.',
        }),
      );
    }
    return ok({ clearsAt: await this.#ports.clipboard.put(lines) });
  }

  #find(sessionId: string): Result<{ readonly session: Session; readonly connection: Connection }> {
    const session = this.#ports.sessions.find(sessionId);
    const connection = session === undefined ? undefined : this.#ports.findConnection(session.connectionId);
    if (session === undefined || connection === undefined) return err(notFound('This session'));
    return ok({ session, connection });
  }

  async #held(sessionId: string): Promise<Result<Held>> {
    const found = this.#find(sessionId);
    if (!found.ok) return found;
    const credentials = await this.#credentials(sessionId);
    return credentials.ok ? ok({ ...found.value, credentials: credentials.value }) : credentials;
  }

  /** A session that is past its end, and may be renewed, is renewed for whoever asks for it. */
  async #credentials(sessionId: string): Promise<Result<SessionCredentials>> {
    const { sessions, clock } = this.#ports;
    const session = sessions.find(sessionId);
    if (session !== undefined && isLapsed(session, clock.now())) {
      const renewed = await sessions.renew(sessionId);
      if (!renewed.ok) return renewed;
    }
    return await sessions.credentials(sessionId);
  }

  #tellSoon(): void {
    this.#callOffTelling ??= this.#ports.clock.schedule(gatheredMs, () => {
      this.#callOffTelling = undefined;
      this.#ports.publisher.changed('handoff');
    });
  }
}

function environmentOf({ credentials, connection }: Held): Variables {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    ...regionOf(connection),
  };
}

function regionOf({ region }: Connection): Variables {
  return { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

/**
 * The console stays open for as long as the credentials work and no longer. AWS takes 900 to 43,200 s; with less left
 * than that it chooses itself (aws-reference §8).
 */
function consoleDuration(leftMs: number): { readonly durationSeconds?: number } {
  const seconds = Math.min(Math.floor(leftMs / 1000), 43_200);
  return seconds < 900 ? {} : { durationSeconds: seconds };
}
