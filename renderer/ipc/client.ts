import './zod-config';
import type { AppError } from '../../core/app-error';
import { answerSchema, type Call } from '../../core/contract/call';
import {
  contract,
  events,
  type Bridge,
  type Contract,
  type EventName,
  type EventPayload,
  type Feature,
  type InputOf,
  type OutputOf,
} from '../../core/contract/contract';
import { err, type Result } from '../../core/result';

declare global {
  interface Window {
    readonly sallyport: Bridge;
  }
}

export type Client = {
  readonly [F in Feature]: {
    readonly [M in keyof Contract[F]]: (input: InputOf<F, M>) => Promise<Result<OutputOf<F, M>>>;
  };
};

type Send = (input: unknown) => Promise<unknown>;

function broken(detail: string): AppError {
  return {
    kind: 'unexpected',
    message: 'The window and the app do not understand each other.',
    whatDidNotChange: 'What was saved before is as it was.',
    whatToDo: 'Quit Sallyport and start it again.',
    retryable: false,
    remedies: [],
    detail: detail.slice(0, 4000),
  };
}

function typed(call: Call, send: Send): (input: unknown) => Promise<Result<unknown>> {
  let schema: ReturnType<typeof answerSchema> | undefined;
  return async (input) => {
    schema ??= answerSchema(call.output);
    const answer = schema.safeParse(await send(input));
    return answer.success ? answer.data : err(broken(answer.error.message));
  };
}

/** The one place that names window.sallyport. Methods are derived from the contract; answers are parsed before use. */
function makeClient(bridge: Bridge): Client {
  const calls = bridge.calls as unknown as Record<string, Record<string, Send>>;
  return Object.fromEntries(
    Object.entries(contract).map(([feature, methods]) => [
      feature,
      Object.fromEntries(
        Object.entries(methods as Record<string, Call>).map(([method, call]) => [
          method,
          typed(call, (input) => {
            const send = calls[feature]?.[method];
            return send === undefined ? Promise.resolve(undefined) : send(input);
          }),
        ]),
      ),
    ]),
  ) as unknown as Client;
}

export const client: Client = makeClient(window.sallyport);

/** Listens to an event of main; payloads are parsed, one that does not fit is dropped. Returns the way to stop. */
export function listen<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
  return window.sallyport.on[event]((payload) => {
    const parsed = events[event].payload.safeParse(payload);
    if (parsed.success) listener(parsed.data as unknown as EventPayload<E>);
  });
}
