import { ipcMain, type WebFrameMain } from 'electron';
import { callChannel } from '../../core/contract/channels';
import type { Contract, Feature, InputOf, OutputOf } from '../../core/contract/contract';
import { callNames } from '../../core/contract/names';
import { err, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import type { Answers } from './answers';

/** What main does for each call of the contract. Handlers never reject: expected failures are answers. */
export type Handlers = {
  readonly [F in Feature]: {
    readonly [M in keyof Contract[F]]: (
      input: InputOf<F, M>,
    ) => Promise<Result<OutputOf<F, M>>> | Result<OutputOf<F, M>>;
  };
};

/**
 * The one place that names ipcMain: a door for each call of the contract, there before the page is. What answers may still
 * be on its way; a question waits for it.
 */
export function openDoors(answers: Promise<Answers>, isTrustedSender: (frame: WebFrameMain | null) => boolean): void {
  for (const [feature, methods] of Object.entries(callNames)) {
    for (const method of methods) {
      ipcMain.handle(callChannel(feature, method), async (event, input: unknown) => {
        // SECURITY(S-11): only the main frame of our own page may ask.
        if (!isTrustedSender(event.senderFrame)) {
          return err(appError('not-possible', 'This page may not ask Sallyport for anything.'));
        }
        return await (
          await answers
        )(feature, method, input);
      });
    }
  }
}
