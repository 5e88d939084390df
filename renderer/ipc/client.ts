import './zod-config';
import type {
  Bridge,
  Contract,
  EventName,
  EventPayload,
  Feature,
  InputOf,
  OutputOf,
} from '../../core/contract/contract';
import type { Result } from '../../core/result';
import { schedule } from '../app/clock';

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

/** What parses: with every schema of the contract, so it is read beside the first question and not before the first drawing. */
const readParser = async () => import('./parse');
let reading: ReturnType<typeof readParser> | undefined;

function parser(): ReturnType<typeof readParser> {
  reading ??= readParser();
  return reading;
}

/** Milliseconds after the first drawing until main is asked something. */
const settling = 50;
let standing: Promise<void> | undefined;

/**
 * Main reads all that answers when it is first asked, and hears no key meanwhile: the window is drawn before. Rows that hang
 * on the answer come some 30 ms later for that, and the window they stand in 80 ms sooner.
 */
function stands(): Promise<void> {
  standing ??= new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => schedule(settling, resolve)));
  });
  return standing;
}

/** The one place that names window.sallyport. Answers are parsed before use. */
function makeClient({ calls }: Bridge): Client {
  return Object.fromEntries(
    Object.entries(calls).map(([feature, methods]) => [
      feature,
      Object.fromEntries(
        Object.entries(methods).map(([method, send]) => [
          method,
          async (input: unknown) => {
            await stands();
            const [answer, { parseAnswer }] = await Promise.all([send(input), parser()]);
            return parseAnswer(feature, method, answer);
          },
        ]),
      ),
    ]),
  ) as unknown as Client;
}

export const client: Client = makeClient(window.sallyport);

/** Listens to an event of main; payloads are parsed, one that does not fit is dropped. Returns the way to stop. */
export function listen<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
  let isHeard = true;
  const stop = window.sallyport.on[event]((payload) => {
    void parser().then(({ parsePayload }) => {
      const parsed = parsePayload(event, payload);
      if (isHeard && parsed !== undefined) listener(parsed);
    });
  });
  return () => {
    isHeard = false;
    stop();
  };
}
