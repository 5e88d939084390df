import type { HttpHandlerOptions, MetadataBearer } from '@smithy/types';
import { err, ok, cancelled } from '../../core/result';
import { computerNow } from '../platform/computer-time';
import type { Clock } from '../platform/clock';
import type { Answer, AwsResult, CallOptions, CredentialsProvider } from './aws-api';
import { withCredentials, type Clients } from './clients';
import type { AwsOperation } from './error-words';
import { toAppError } from './to-app-error';

/** The part of an SDK client that all share. */
type ClockedClient = { readonly config: { systemClockOffset: number } };

export type Performer = <Client extends ClockedClient, Output extends MetadataBearer, T>(
  operation: AwsOperation,
  credentials: CredentialsProvider,
  options: CallOptions | undefined,
  client: () => Promise<Client>,
  send: (client: Client, http: HttpHandlerOptions) => Promise<Output>,
  read: (output: Output) => T,
) => AwsResult<T>;

/** Rejects as soon as the signal fires: the SDK waits out its pauses between attempts otherwise. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => {
      const error = new Error('Request aborted');
      error.name = 'AbortError';
      reject(error);
    };
    if (signal.aborted) {
      // The work goes on to its own end; nobody listens any more.
      work.catch(() => undefined);
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

/** Runs one call: signs by the corrected clock, can be cancelled, and answers with evidence or an AppError. Never rejects for what AWS or the network does. */
export function createPerformer(clients: Clients, clock: Clock): Performer {
  return async (operation, credentials, options, makeClient, send, read) => {
    const signal = options?.signal;
    const stopped = (): boolean => signal?.aborted === true;
    if (stopped()) return err(cancelled);
    try {
      const given = await untilAborted(credentials(), signal);
      if (!given.ok) return given;
      const client = await makeClient();
      const attempt = () => {
        // The SDK signs with this computer's clock plus this; ours may know better, or be a test's.
        client.config.systemClockOffset = clock.now() - computerNow();
        return untilAborted(
          withCredentials(given.value, () => send(client, signal === undefined ? {} : { abortSignal: signal })),
          signal,
        );
      };
      const believed = clock.offset() ?? 0;
      const output = await attempt().catch((error: unknown) => {
        // The SDK tries again only while this computer's own clock is wrong. Somebody who set it right leaves us with an
        // offset that is wrong, which the refusal has just put right.
        const corrected = (clock.offset() ?? 0) !== believed;
        if (stopped() || !corrected || toAppError(error, operation).kind !== 'clock-wrong') throw error;
        return attempt();
      });
      const answer: Answer<ReturnType<typeof read>> = {
        value: read(output),
        requestId: output.$metadata.requestId ?? '',
        at: clients.serverDateOf(output) ?? clock.now(),
      };
      return ok(answer);
    } catch (error) {
      return err(stopped() ? cancelled : toAppError(error, operation));
    }
  };
}
