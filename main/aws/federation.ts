import { addAbortSignal, Readable } from 'node:stream';
import { z } from '../../core/zod';
import type { AppError, Remedy } from '../../core/app-error';
import { partitionById } from '../../core/domain/partitions';
import { cancelled, err, ok, type Cancelled, type Result } from '../../core/result';
import type { Clock } from '../platform/clock';
import type { AwsCredentials, AwsEnvironment, CallOptions } from './aws-api';
import type { NetworkPort, RequestHandler } from './network';
import { networkError } from './network-error';
import { SandboxHttpHandler, type SandboxPort } from './sandbox-handler';

/** Milliseconds. */
const requestTimeout = 10_000;

export type ConsoleSignInRequest = {
  readonly credentials: AwsCredentials & { readonly sessionToken: string };
  /** The session was opened with another role's session: AWS then refuses a duration (aws-reference §8). */
  readonly chained: boolean;
  /** Seconds the console stays open, 900 to 43200; AWS's own choice when absent. */
  readonly durationSeconds?: number;
  /** A page of the console; its home by default. */
  readonly destination?: string;
};

/**
 * Secret for as long as it can be used (fifteen minutes): whoever has the URL is signed in. In the sandbox there is no
 * site to open, and `page` is what it answered.
 */
export type ConsoleSignIn =
  { readonly kind: 'url'; readonly url: string } | { readonly kind: 'practice'; readonly page: string };

export type FederationDependencies = {
  readonly clock: Clock;
  readonly network: NetworkPort;
  readonly sandbox?: SandboxPort;
};

const answerSchema = z.object({ SigninToken: z.string().min(1) });

/** Signs a session in to the AWS console, by POST: the keys stay out of addresses and logs. */
export async function consoleSignIn(
  environment: AwsEnvironment,
  request: ConsoleSignInRequest,
  dependencies: FederationDependencies,
  options: CallOptions = {},
): Promise<Result<ConsoleSignIn, AppError | Cancelled>> {
  const place = placeOf(environment);
  if (place === undefined)
    return err(failure('not-possible', 'This partition has no console that can be opened from here.', ''));
  const session = {
    sessionId: request.credentials.accessKeyId,
    sessionKey: request.credentials.secretAccessKey,
    sessionToken: request.credentials.sessionToken,
  };
  const form = new URLSearchParams({ Action: 'getSigninToken', Session: JSON.stringify(session) });
  if (!request.chained && request.durationSeconds !== undefined)
    form.set('SessionDuration', String(request.durationSeconds));

  const stop = new AbortController();
  const abort = (): void => {
    stop.abort();
  };
  const stopped = (): boolean => options.signal?.aborted === true;
  if (stopped()) return err(cancelled);
  options.signal?.addEventListener('abort', abort, { once: true });
  const callOff = dependencies.clock.schedule(requestTimeout, abort);
  try {
    const handler = await handlerFor(environment, dependencies);
    const post = (fields: URLSearchParams) => postForm(handler, place.endpoint, fields, stop.signal);
    const answer = await post(form);
    const token = answer.status === 200 ? readToken(answer.body) : undefined;
    if (token === undefined) return err(refused(answer.status, answer.body));
    const login = new URLSearchParams({
      Action: 'login',
      Issuer: 'Sallyport',
      Destination: request.destination ?? place.destination,
      SigninToken: token,
    });
    if (environment.kind !== 'sandbox')
      return ok({ kind: 'url', url: `${place.endpoint}/federation?${login.toString()}` });
    const page = await post(login);
    return page.status === 200 ? ok({ kind: 'practice', page: page.body }) : err(refused(page.status, page.body));
  } catch (error) {
    if (stopped()) return err(cancelled);
    const words = stop.signal.aborted
      ? networkError(Object.assign(new Error(), { name: 'TimeoutError' }))
      : networkError(error);
    return err(
      words === undefined
        ? failure('unreachable', 'AWS’s sign-in page could not be reached.', 'Check the network and try again.')
        : failure(words.kind, words.message, words.whatToDo, words.remedies),
    );
  } finally {
    callOff();
    options.signal?.removeEventListener('abort', abort);
  }
}

function placeOf(environment: AwsEnvironment): { readonly endpoint: string; readonly destination: string } | undefined {
  const region = environment.kind === 'sandbox' ? 'us-east-1' : environment.region;
  const partition = partitionById(environment.kind === 'sandbox' ? 'aws' : environment.partition);
  if (partition?.consoleHost === undefined || partition.signInHost === undefined) return undefined;
  return {
    endpoint:
      environment.kind === 'aws' && environment.endpoint !== undefined
        ? environment.endpoint.replace(/\/$/, '')
        : `https://${partition.signInHost}`,
    destination: `https://${region}.${partition.consoleHost}/console/home?region=${region}`,
  };
}

async function handlerFor(
  environment: AwsEnvironment,
  { network, sandbox }: FederationDependencies,
): Promise<RequestHandler> {
  if (environment.kind === 'aws') return (await network.reach()).handler;
  if (sandbox === undefined) throw new Error('There is no sandbox to call.');
  return new SandboxHttpHandler(sandbox);
}

async function postForm(
  handler: RequestHandler,
  endpoint: string,
  form: URLSearchParams,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly body: string }> {
  const { HttpRequest } = await import('@smithy/protocol-http');
  const { protocol, hostname, port } = new URL(endpoint);
  const body = form.toString();
  const request = new HttpRequest({
    method: 'POST',
    protocol,
    hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    path: '/federation',
    headers: {
      host: new URL(endpoint).host,
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  });
  const { response } = await handler.handle(request, { abortSignal: signal });
  return { status: response.statusCode, body: await bodyOf(response.body, signal) };
}

/** Characters; AWS's answer is a token of a few thousand. */
const maximumBody = 1_000_000;

/** Node's handler listens to the signal until the answer begins. */
async function bodyOf(stream: unknown, signal: AbortSignal): Promise<string> {
  if (!(stream instanceof Readable)) return '';
  addAbortSignal(signal, stream);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    parts.push(Buffer.from(part as Uint8Array));
    length += parts.at(-1)?.length ?? 0;
    if (length > maximumBody) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

function readToken(body: string): string | undefined {
  try {
    const parsed = answerSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data.SigninToken : undefined;
  } catch {
    return undefined;
  }
}

function refused(status: number, body: string): AppError {
  const base =
    status === 400
      ? failure(
          'credentials-invalid',
          'AWS’s sign-in did not accept this session. It may have ended.',
          'Start a new session and open the console from it.',
        )
      : failure('aws-other', 'AWS’s sign-in gave no answer that can be used.', 'Try again in a minute.');
  // The answer to a refused sign-in holds no token; it may be a whole page, so only its beginning is kept.
  return { ...base, httpStatus: status, detail: body.slice(0, 200) };
}

function failure(kind: AppError['kind'], message: string, whatToDo: string, remedies?: readonly Remedy[]): AppError {
  const retryable = kind === 'unreachable' || kind === 'timed-out' || kind === 'aws-other';
  return {
    kind,
    message,
    whatDidNotChange: 'The session itself is as it was.',
    whatToDo,
    retryable,
    remedies: [...(remedies ?? (retryable ? [{ kind: 'retry' as const }] : []))],
  };
}
