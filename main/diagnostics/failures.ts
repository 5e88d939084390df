import type { AppError } from '../../core/app-error';
import type { Handlers } from '../ipc/register';

/** One answer that was a failure: which call, and what kind. Nothing of its words. */
export type Failure = {
  /** milliseconds since the epoch */
  readonly at: number;
  readonly call: string;
  readonly kind: AppError['kind'];
  /** as AWS calls it */
  readonly code?: string;
};

const most = 30;

/** The last failures of this run, in memory only. */
export class Failures {
  #all: readonly Failure[] = [];
  readonly #now: () => number;

  /** `now` in milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The latest first. */
  list(): readonly Failure[] {
    return this.#all;
  }

  note(call: string, { code, kind }: AppError): void {
    const failure = { at: this.#now(), call, kind, ...(code !== undefined && isCode(code) && { code }) };
    this.#all = [failure, ...this.#all].slice(0, most);
  }

  forget(): void {
    this.#all = [];
  }

  /** The same handlers, whose failures are noted. */
  watch(handlers: Handlers): Handlers {
    return Object.fromEntries(
      Object.entries(handlers as unknown as Record<string, Record<string, Handler>>).map(([feature, methods]) => [
        feature,
        Object.fromEntries(
          Object.entries(methods).map(([method, handler]) => [
            method,
            async (input: unknown) => {
              const answer = await handler(input);
              if (!answer.ok) this.note(`${feature}.${method}`, answer.error);
              return answer;
            },
          ]),
        ),
      ]),
    ) as unknown as Handlers;
  }
}

type Answer = { readonly ok: true } | { readonly ok: false; readonly error: AppError };
type Handler = (input: unknown) => Promise<Answer> | Answer;

/** AWS's codes are names of exceptions; whatever else a service may send as one is left out. */
function isCode(text: string): boolean {
  return /^[A-Z][A-Za-z]{2,60}(?:\.[A-Z][A-Za-z]{2,60})*$/.test(text);
}
