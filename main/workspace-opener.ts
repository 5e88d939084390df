import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Profile } from '../core/contract/sources';
import type { Workspace as WorkspaceKind } from '../core/domain/limits';
import { partitionOfRegion } from '../core/domain/partitions';
import { err, ok, type Result } from '../core/result';
import type { Aws, AwsEnvironment } from './aws/aws-api';
import { createIdentityCenter } from './aws/create-aws';
import { consoleSignIn } from './aws/federation';
import type { Network } from './aws/network';
import { profileProvider } from './aws/profile-provider';
import { listProfiles, profileFiles } from './aws/profiles';
import { elsewhereIn } from './handoff/elsewhere';
import type { HandoffOutside } from './handoff/handoff';
import { PlainProfiles } from './handoff/plain-profiles';
import type { SecretClipboard } from './handoff/secret-clipboard';
import { SystemTerminal } from './handoff/terminal';
import type { Clock } from './platform/clock';
import type { PersonFiles } from './platform/person-files';
import type { Practice } from './practice';
import { cliCacheFolder } from './revocation/cli-cache';
import type { SecretVault } from './secrets/secret-vault';
import type { Notice } from './sessions/session-notices';
import { notCancelled } from './sources/sources';
import { AuditLog } from './store/audit-log';
import type { StoreFiles } from './store-files';
import { Workspace } from './workspace';
import type { AuditEntry, Publisher } from './workspace-context';
import { behindGate } from './workspace-gate';

export type OpenerPorts = {
  /** Absolute, as `home`. */
  readonly userData: string;
  readonly home: string;
  /** Of this app, for the user agent. */
  readonly version: string;
  /** Where AWS is, in place of its own addresses, as under test. */
  readonly awsEndpoint?: string | undefined;
  /** The program that a tool starts for credentials. */
  readonly program: HandoffOutside['program'];
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly aws: Aws;
  readonly network: Network;
  readonly practice: Practice;
  readonly vault: SecretVault;
  readonly clipboard: SecretClipboard;
  readonly files: StoreFiles;
  readonly personFiles: PersonFiles;
  readonly openInBrowser: (address: string) => Promise<Result<void>>;
  readonly writeClipboard: (text: string) => void | Promise<void>;
  readonly notify: (notice: Notice) => void;
};

/** Opens workspaces on what there is once: the keychain, AWS, the person's files, the sandbox. */
export class WorkspaceOpener {
  readonly #ports: OpenerPorts;

  constructor(ports: OpenerPorts) {
    this.#ports = ports;
  }

  open(kind: WorkspaceKind): Workspace {
    const ports = this.#ports;
    const { clock, network, practice, version, userData, home } = ports;
    const environmentOf = (region: string): AwsEnvironment => ({
      ...{ kind: 'aws', partition: partitionOfRegion(region)?.id ?? 'aws', region },
      ...(ports.awsEndpoint === undefined ? {} : { endpoint: ports.awsEndpoint }),
    });
    const audit = this.#audit(kind);
    const kept = behindGate({
      audit: (...entries: readonly AuditEntry[]) => {
        const written = audit.append(...entries);
        ports.publisher.changed('activity');
        return written;
      },
      documents: ports.files.workspace(kind),
      testHistory: ports.files.testHistory(kind),
      vault: ports.vault,
      elsewhere: elsewhereIn(join(userData, kind), clock),
    });
    return new Workspace({
      ...kept,
      kind,
      clock,
      newId: randomUUID,
      aws: ports.aws,
      environment: (region) => (kind === 'practice' ? { kind: 'sandbox', region } : environmentOf(region)),
      publisher: ports.publisher,
      auditPath: this.#auditPath(kind),
      clipboard: ports.clipboard,
      version,
      listProfiles: readProfiles,
      profileProvider: (name, region) => profileProvider(name, { clock, network, version, region }),
      ...(kind === 'practice'
        ? { sandboxProvider: (identity) => practice.provider(identity) }
        : { identityCenter: createIdentityCenter({ clock, network, version }, environmentOf), variables: process.env }),
      signInToConsole: async (environment, request) => {
        const signIn = await consoleSignIn(environment, request, { clock, network, sandbox: practice });
        return signIn.ok ? signIn : err(notCancelled(signIn.error));
      },
      openInBrowser: ports.openInBrowser,
      outside: {
        program: ports.program,
        profileFiles,
        cliCacheFolder: cliCacheFolder(home),
        terminal: new SystemTerminal(),
        writeClipboard: ports.writeClipboard,
      },
      files: ports.personFiles,
      importPlaces: {
        'aws-config': profileFiles().configFile,
        leapp: join(home, '.Leapp', 'Leapp-lock.json'),
      },
      notify: ports.notify,
    });
  }

  /** Removes what a killed app may have left in a file, of a workspace that nobody has opened since. */
  sweep(kind: WorkspaceKind): void {
    const { clock, files, publisher } = this.#ports;
    const audit = this.#audit(kind);
    new PlainProfiles({
      clock,
      newId: randomUUID,
      publisher,
      audit: (...entries) => audit.append(...entries),
      document: files.handoff(kind),
      files: profileFiles,
      findSession: () => undefined,
    }).removeAll();
  }

  #audit(kind: WorkspaceKind): AuditLog {
    return new AuditLog(this.#auditPath(kind), () => this.#ports.clock.now());
  }

  #auditPath(kind: WorkspaceKind): string {
    return join(this.#ports.userData, kind, 'audit.jsonl');
  }
}

/** The profiles of the shared AWS files, as far as the window may know them. */
export async function readProfiles(): Promise<Result<readonly Profile[]>> {
  const profiles = await listProfiles();
  if (!profiles.ok) return profiles;
  return ok(
    profiles.value.map(({ name, kind, region }) => ({ name, kind, ...(region === undefined ? {} : { region }) })),
  );
}
