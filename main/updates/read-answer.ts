import { addAbortSignal, type Readable } from 'node:stream';
import { err, type Result } from '../../core/result';
import { getFile } from '../aws/get-file';
import type { NetworkPort } from '../aws/network';
import type { Clock } from '../platform/clock';
import { fellSilent, noAnswer, stopped, unreachable } from './update-words';

export type AnswerPorts = { readonly clock: Clock; readonly network: NetworkPort };

export type Patience = {
  /** a person's, or the app's end; then the answer is the error `stopped` */
  readonly stop: AbortSignal;
  /** milliseconds: for the whole answer, or without a byte of it */
  readonly ms: number;
  readonly of: 'the whole' | 'silence';
};

/**
 * What `take` makes of the bytes at `address`; only a 200 has any. However it ends, its socket is not kept waiting. What
 * goes wrong on the way is told in words; what `take` itself throws is thrown.
 */
export async function readAnswer<T>(
  { clock, network }: AnswerPorts,
  address: URL,
  { ms, of, stop }: Patience,
  take: (pieces: AsyncIterable<Buffer>) => Promise<Result<T>>,
): Promise<Result<T>> {
  const late = new AbortController();
  const isOver = AbortSignal.any([stop, late.signal]);
  const countDown = () =>
    clock.schedule(ms, () => {
      late.abort();
    });
  let callOff = countDown();
  const onPiece = () => {
    if (of === 'the whole') return;
    callOff();
    callOff = countDown();
  };
  let body: Readable | undefined;
  try {
    const answer = await getFile(network, address, isOver).catch(broken);
    body = answer.body;
    if (answer.status !== 200) return err(noAnswer(answer.status));
    return await take(pieces(addAbortSignal(isOver, body), onPiece));
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    if (stop.aborted) return err(stopped);
    if (!late.signal.aborted) return err(unreachable(error.cause));
    return err(of === 'silence' ? fellSilent(ms) : unreachable(Object.assign(new Error(), { name: 'TimeoutError' })));
  } finally {
    callOff();
    body?.destroy();
  }
}

/** What came to an end on the way: told apart from what was made of it here. */
export class Broken extends Error {}

function broken(cause: unknown): never {
  throw new Broken('', { cause });
}

async function* pieces(body: Readable, onPiece: () => void): AsyncIterable<Buffer> {
  try {
    for await (const piece of body) {
      onPiece();
      yield Buffer.from(piece as Uint8Array);
    }
  } catch (error) {
    broken(error);
  }
}
