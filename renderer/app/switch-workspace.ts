import type { Workspace } from '../../core/domain/limits';
import { client } from '../ipc/client';
import { askAnew, forgetUnseen, useAct } from '../ipc/queries';
import { sayFailure } from './session-uses';

/** From practice to AWS or back, to the sessions that are there. */
export async function switchWorkspace(workspace: Workspace, go: (path: string) => void): Promise<void> {
  const answer = await client.app.chooseWorkspace({ workspace });
  sayFailure('The workspace is the same as before', answer);
  if (!answer.ok) return;
  await meet();
  go('/sessions');
}

/** The same for a page that tells of the failure itself. What it resolves to is known of the workspace that was chosen. */
export function useChooseWorkspace(): ReturnType<typeof useAct<'app', 'chooseWorkspace'>> {
  const choose = useAct('app', 'chooseWorkspace');
  return {
    ...choose,
    run: async (input) => {
      const answer = await choose.run(input);
      if (answer !== undefined) await meet();
      return answer;
    },
  };
}

/**
 * Before anybody goes on in a workspace: a page that is drawn by what was said of the one before says what is not so, and moves
 * under the pointer when its frame becomes that of the other.
 */
async function meet(): Promise<void> {
  forgetUnseen();
  await askAnew('app', 'app', 'getSnapshot', {});
}
