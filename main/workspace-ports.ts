import type { Profile } from '../core/contract/sources';
import type { Workspace as WorkspaceKind } from '../core/domain/limits';
import type { TestEnd } from '../core/domain/health';
import type { Result } from '../core/result';
import type { AwsEnvironment, CredentialsProvider } from './aws/aws-api';
import type { ConsoleSignIn, ConsoleSignInRequest } from './aws/federation';
import type { IdentityCenterApi } from './aws/sso-api';
import type { HandoffOutside } from './handoff/handoff';
import type { SecretClipboard } from './handoff/secret-clipboard';
import type { ImportPlaces } from './import/imports';
import type { PersonFiles } from './platform/person-files';
import type { Vault } from './secrets/secret-vault';
import type { Elsewhere } from './sessions/elsewhere';
import type { Notice } from './sessions/session-notices';
import type { Variables } from './sources/environment-keys';
import type { StoredLines } from './store/line-folder';
import type { WorkspaceContext } from './workspace-context';
import type { WorkspaceDocuments } from './workspace-documents';

/** What a workspace is given: where it keeps things, and what it reaches outside itself. */
export type WorkspacePorts = WorkspaceContext & {
  readonly kind: WorkspaceKind;
  /** of the app */
  readonly version: string;
  readonly documents: WorkspaceDocuments;
  /** of the audit log, absolute */
  readonly auditPath: string;
  readonly testHistory: StoredLines<TestEnd>;
  readonly vault: Vault;
  readonly clipboard: SecretClipboard;
  readonly listProfiles: () => Promise<Result<readonly Profile[]>>;
  readonly profileProvider: (profileName: string, region: string) => CredentialsProvider;
  /** with the app's own environment: undefined in practice */
  readonly identityCenter?: IdentityCenterApi;
  readonly variables?: Variables;
  readonly sandboxProvider?: (identity: 'deployer' | 'owner' | 'management') => CredentialsProvider;
  /** exchanges credentials for a sign-in to the AWS console; a link is a secret */
  readonly signInToConsole: (
    environment: AwsEnvironment,
    request: ConsoleSignInRequest,
  ) => Promise<Result<ConsoleSignIn>>;
  /** what hand-offs reach beyond this app: the person's files, terminals, other programs */
  readonly outside: HandoffOutside;
  readonly openInBrowser: (url: string) => Promise<Result<void>>;
  /** files where the person wants them */
  readonly files: PersonFiles;
  /** where other tools keep the roles that they know */
  readonly importPlaces: ImportPlaces;
  /** a notification of the operating system */
  readonly notify: (notice: Notice) => void;
  readonly elsewhere: Elsewhere;
  /** from then on nothing of the workspace writes or keeps anything (workspace-gate.ts) */
  readonly shut: () => void;
};
