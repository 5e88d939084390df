import type { Result } from '../../core/result';
import { client } from '../ipc/client';
import { showToast } from '../ui/toast';
import { failureWords } from './failure-words';

/** Signs a browser in to the console with this session; what came in its way is a notice. */
export async function openConsole(sessionId: string): Promise<void> {
  const answer = await client.handoff.openConsole({ sessionId });
  sayFailure('The console was not opened', answer);
  if (answer.ok && answer.value.opened === 'practice') {
    showToast({
      title: 'The sandbox has no console page',
      detail: 'AWS would open one now. The sign-in itself was granted.',
      icon: 'sandbox',
    });
  }
}

/** Puts the session's variables on the clipboard, which is cleared again. */
export async function copyEnvironment(sessionId: string): Promise<void> {
  const answer = await client.handoff.copyEnvironment({ sessionId, shell: 'bash' });
  sayFailure('The environment was not copied', answer);
  if (!answer.ok) return;
  showToast({
    title: 'Environment copied for bash',
    detail: 'The clipboard is cleared after 30 s, if nothing else is copied.',
  });
}

/** A notice of what failed; nothing where it did not. */
export function sayFailure(title: string, answer: Result<unknown>): void {
  if (!answer.ok) showToast(failureWords(title, answer.error));
}
