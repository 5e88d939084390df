import { ipcMain, type IpcMainInvokeEvent, type WebFrameMain } from 'electron';
import { callChannel } from '../../core/contract/channels';
import type { Contract, Feature, InputOf, OutputOf } from '../../core/contract/contract';
import { callNames } from '../../core/contract/names';
import type { AppError } from '../../core/app-error';
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

/** The one place that names ipcMain: a door for each call of the contract, there before the page is. */
export function openDoors(answers: () => Promise<Answers>, isTrustedSender: IsTrusted): void {
  for (const [channel, door] of doorsOf(answers, isTrustedSender)) ipcMain.handle(channel, door);
}

type IsTrusted = (frame: WebFrameMain | null) => boolean;
type Door = (event: Pick<IpcMainInvokeEvent, 'senderFrame'>, input: unknown) => Promise<Result<unknown>>;

/** By channel. What answers may still be on its way, or is begun by the first question, which waits for it. Never rejects. */
export function doorsOf(answers: () => Promise<Answers>, isTrustedSender: IsTrusted): ReadonlyMap<string, Door> {
  const doors = Object.entries(callNames).flatMap(([feature, methods]) =>
    methods.map((method): [string, Door] => [
      callChannel(feature, method),
      async (event, input) => {
        // SECURITY(S-11): only the main frame of our own page may ask.
        if (!isTrustedSender(event.senderFrame)) {
          return err(appError('not-possible', 'This page may not ask Sallyport for anything.'));
        }
        // why nothing answers is in the log
        const answer = await answers().catch(() => undefined);
        return answer === undefined ? err(notStarted()) : await answer(feature, method, input);
      },
    ]),
  );
  return new Map(doors);
}

function notStarted(): AppError {
  return appError('unexpected', 'Sallyport could not start.', {
    whatDidNotChange: 'What was saved before is as it was, and nothing in AWS was touched.',
    whatToDo: 'Quit Sallyport and start it again. If it happens again, report it with the log of its data folder.',
  });
}
