import { Readable } from 'node:stream';
import type { HttpHandlerOptions, HttpRequest, HttpResponse } from '@smithy/types';
import type { Clock } from '../platform/clock';
import { nextTurn } from '../platform/next-turn';
import type { SandboxRequest, SandboxResponse } from '../sandbox/http';

/** What the AWS layer needs of the sandbox. */
export type SandboxPort = { handle(request: SandboxRequest): Promise<SandboxResponse> };

function headersOf(headers: HttpRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function queryOf(query: HttpRequest['query']): SandboxRequest['query'] {
  return Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, value ?? '']));
}

/** The SDK's bodies: text, bytes, or a stream of them. */
async function bodyOf(body: unknown): Promise<string | Uint8Array> {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (!(body instanceof Readable)) return '';
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

/** Half of it, and then the connection is gone. */
function tornBody(body: string | Uint8Array): Readable {
  const whole = Buffer.from(body);
  return Readable.from(
    (function* () {
      yield whole.subarray(0, Math.floor(whole.length / 2));
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    })(),
  );
}

const neverTimesOut = {
  requestTimeout: Infinity,
  clock: {
    wait: (_: number, signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => {
          resolve();
        });
      }),
  },
};

function abortError(): Error {
  const error = new Error('Request aborted');
  error.name = 'AbortError';
  return error;
}

/**
 * The sandbox as the SDK's own HTTP handler: the real clients serialise, sign and parse, and only the wire is missing
 * (docs/adr/0004-sandbox-as-http-handler.md).
 */
export class SandboxHttpHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  /** `timing` stands in for the connection's own time-out. Without it a request that is never answered ends by its signal alone. */
  constructor(
    private readonly sandbox: SandboxPort,
    private readonly timing?: { readonly clock: Pick<Clock, 'wait'>; readonly requestTimeout: number },
  ) {}

  async handle(request: HttpRequest, options: HttpHandlerOptions = {}): Promise<{ response: HttpResponse }> {
    if (options.abortSignal?.aborted === true) throw abortError();
    const { HttpResponse: Response } = await import('@smithy/protocol-http');
    // As over a wire no answer comes in the same turn: a thousand tests in a row would leave the window none.
    await nextTurn();
    const answer = await this.sandbox.handle({
      method: request.method,
      hostname: request.hostname,
      path: request.path,
      query: queryOf(request.query),
      headers: headersOf(request.headers),
      body: await bodyOf(request.body),
    });
    if (answer.lost === 'all') throw await this.unanswered(options);
    // The signal may have fired while the sandbox was busy; this is read anew.
    if (isAborted(options)) throw abortError();
    return {
      response: new Response({
        statusCode: answer.status,
        headers: { ...answer.headers },
        body: answer.lost === 'rest' ? tornBody(answer.body) : Readable.from(Buffer.from(answer.body)),
      }),
    };
  }

  /** As Node's own handler reports it, after the same time. */
  private async unanswered(options: HttpHandlerOptions): Promise<Error> {
    const { clock, requestTimeout } = this.timing ?? neverTimesOut;
    // Smithy's own signal is a lesser kind that nobody here hands over.
    await clock.wait(requestTimeout, options.abortSignal instanceof AbortSignal ? options.abortSignal : undefined);
    return isAborted(options)
      ? abortError()
      : Object.assign(new Error(`Connection timed out after ${String(requestTimeout)} ms`), { name: 'TimeoutError' });
  }

  /** Nothing to configure: there is no connection. */
  updateHttpClientConfig(): void {
    return;
  }

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {
    return;
  }
}

function isAborted(options: HttpHandlerOptions): boolean {
  return options.abortSignal?.aborted === true;
}
