import { ipcMain, type WebFrameMain } from 'electron';
import type { AppError } from '../../core/app-error';
import { answerSchema, type Call } from '../../core/contract/call';
import { callChannel } from '../../core/contract/channels';
import { contract, type Contract, type Feature, type InputOf, type OutputOf } from '../../core/contract/contract';
import { err, type Result } from '../../core/result';
import { appError } from '../workspace-context';

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
  /** for bugs: a handler that threw, an answer that does not fit the contract */
  readonly reportBug: (channel: string, error: unknown) => void;
};

/** A message larger than this is refused before it is looked at, in characters of JSON. */
export const maximumInputLength = 131_072;

type AnyHandler = (input: unknown) => Promise<Result<unknown>> | Result<unknown>;

function unexpected(channel: string): AppError {
  return appError('unexpected', 'Sallyport made a mistake of its own.', {
    whatDidNotChange: 'What was saved before is as it was.',
    whatToDo: 'Try again. If it happens again, report it with the detail below.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
    detail: channel,
  });
}

/**
 * One call from the window: sender, size, parse, handle, parse the answer. Apart from ipcMain, so that tests and fuzzing
 * run the very same road.
 */
export async function answerCall(
  channel: string,
  call: Call,
  handler: AnyHandler,
  input: unknown,
  ports: Pick<RegisterPorts, 'reportBug'>,
): Promise<Result<unknown>> {
  try {
    // SECURITY(S-12): every input is bounded and parsed by its strict schema; unknown keys are refused.
    if ((JSON.stringify(input) ?? '').length > maximumInputLength) return err(refusedInput('the whole message'));
    const parsed = call.input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return err(refusedInput(issue?.path.join('.') ?? '', issue?.message));
    }
    const answer = await handler(parsed.data);
    // SECURITY(S-13): an output that carries more than the contract names does not leave main.
    const checked = answerSchema(call.output).safeParse(answer);
    if (checked.success) return checked.data as Result<unknown>;
    ports.reportBug(channel, checked.error);
    return err(unexpected(channel));
  } catch (error) {
    ports.reportBug(channel, error);
    return err(unexpected(channel));
  }
}

function refusedInput(field: string, message?: string): AppError {
  return appError('invalid-input', message ?? 'That cannot be used here.', {
    whatToDo: 'Correct the field and try again.',
    ...(field === '' ? {} : { field: field.slice(0, 128) }),
  });
}

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
        return await answerCall(channel, call, handler, input, ports);
      });
    }
  }
}
