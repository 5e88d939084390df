import type { AppError } from '../../core/app-error';
import type { Connection } from '../../core/domain/connection';
import type { RoleState } from '../../core/domain/drift/agreement';
import type { DriftEyes } from '../../core/domain/drift/difference';
import type { RoleNow } from '../../core/domain/drift/drift-of';
import { err, ok, type Cancelled, type Result } from '../../core/result';
import { lookScripts } from '../../core/render/look-script';
import type { IamApi } from '../aws/aws-api';
import type { Sources } from '../sources/sources';
import { appError, type WorkspaceContext } from '../workspace-context';
import { isAboutRights, readRole, type PolicyReader } from './read-role';
import { eyesOn } from './role-eyes';

export type LookPorts = Pick<WorkspaceContext, 'aws'> & { readonly sources: Pick<Sources, 'clients' | 'inAccount'> };

export type Sight =
  | { readonly eyes: DriftEyes; readonly now: RoleNow; readonly sourceId: string | undefined }
  /** nobody here may see all of it */
  | { readonly eyes: DriftEyes | undefined; readonly blind: AppError };

/**
 * Reads a connection's role with the first eyes that see all of it. What is not about rights, such as throttling, comes
 * back as the error that it is: it says nothing of the role.
 */
export async function lookAtRole(
  ports: LookPorts,
  connection: Connection,
  { agreed, policies, signal }: { agreed: RoleState | undefined; policies: PolicyReader; signal: AbortSignal },
): Promise<Result<Sight, AppError | Cancelled>> {
  const { roleName, sourceId } = connection;
  const options = { signal };
  const deployer = ports.sources.clients(sourceId);
  const alsoForPolicies: readonly IamApi[] = deployer.ok ? [deployer.value.iam] : [];
  let refused: { readonly error: AppError; readonly eyes: DriftEyes } | undefined;
  for (const open of eyesOn(ports, connection, options)) {
    const seer = await open();
    if (seer === undefined) continue;
    const { eyes, iam } = seer;
    const now = await readRole({ roleName, iam, alsoForPolicies, policies, agreed, options });
    if (now.ok) return ok({ eyes, now: now.value, sourceId: seer.sourceId });
    if (now.error.kind === 'cancelled' || !isAboutRights(now.error)) return err(now.error);
    refused ??= { error: now.error, eyes };
  }
  return ok(refused === undefined ? { eyes: undefined, blind: noEyes(connection) } : blinded(connection, refused));
}

function askOwner({ accountId, roleName }: Connection): Pick<AppError, 'whatToDo' | 'remedies'> {
  return {
    whatToDo: `Add a source identity of account ${accountId} that may read roles, or have its owner run the script, and paste what it prints.`,
    remedies: [
      { kind: 'choose-source' },
      { kind: 'copy-text', label: 'Copy the script for the owner', text: lookScripts(roleName).bash },
    ],
  };
}

function noEyes(connection: Connection): AppError {
  return appError('not-possible', `Nobody here can look at ${connection.roleName}.`, {
    whatDidNotChange: 'What was agreed stays as it is. Whether AWS still has it is not known.',
    ...askOwner(connection),
  });
}

function blinded(
  connection: Connection,
  { error, eyes }: { readonly error: AppError; readonly eyes: DriftEyes },
): Extract<Sight, { blind: AppError }> {
  const who = eyes.kind === 'role' ? 'The role’s own session' : `“${eyes.label ?? ''}”`;
  return {
    eyes,
    blind: {
      ...error,
      message: `${who} may not see all of ${connection.roleName}.`,
      whatDidNotChange: 'What was agreed stays as it is. Whether AWS still has it is not known.',
      retryable: true,
      ...askOwner(connection),
    },
  };
}
