import { ipcMain, type WebFrameMain } from 'electron';
import type { Call } from '../../core/contract/call';
import { callChannel } from '../../core/contract/channels';
import { contract, type Contract, type Feature, type InputOf, type OutputOf } from '../../core/contract/contract';
import { err, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import { answerCall, type AnyHandler, type ReportBug } from './answer-call';

/** What main does for each call of the contract. Handlers never reject: expected failures are answers. */
export type Handlers = {
  readonly [F in Feature]: {
    readonly [M in keyof Contract[F]]: (
      input: InputOf<F, M>,
    ) => Promise<Result<OutputOf<F, M>>> | Result<OutputOf<F, M>>;
  };
};

export type RegisterPorts = {
  readonly isTrustedSender: (frame: WebFrameMain | null) => boolean;
  readonly reportBug: ReportBug;
};

/** The one place that names ipcMain. */
export function registerCalls(handlers: Handlers, ports: RegisterPorts): void {
  for (const [feature, calls] of Object.entries(contract)) {
    for (const [method, call] of Object.entries(calls) as [string, Call][]) {
      const channel = callChannel(feature, method);
      const handler = (handlers as unknown as Record<string, Record<string, AnyHandler | undefined>>)[feature]?.[
        method
      ];
      if (handler === undefined) throw new Error(`No handler for ${channel}`);
      ipcMain.handle(channel, async (event, input: unknown) => {
        // SECURITY(S-11): only the main frame of our own page may ask.
        if (!ports.isTrustedSender(event.senderFrame)) {
          return err(appError('not-possible', 'This page may not ask Sallyport for anything.'));
        }
        return await answerCall(channel, call, handler, input, ports.reportBug);
      });
    }
  }
}
