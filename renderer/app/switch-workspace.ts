import type { Workspace } from '../../core/domain/limits';
import { client } from '../ipc/client';
import { sayFailure } from './session-uses';

/** From practice to AWS or back, to the sessions that are there. */
export async function switchWorkspace(workspace: Workspace, go: (path: string) => void): Promise<void> {
  const answer = await client.app.chooseWorkspace({ workspace });
  sayFailure('The workspace is the same as before', answer);
  if (answer.ok) go('/sessions');
}
