import type { Aws } from '../../main/aws/aws-api';
import type { ManualClock } from './manual-clock';

/** Calls that the app is waiting for, and those of them that are with the sandbox just now. */
export class CallsUnderWay {
  #asked = 0;
  #onWire = 0;

  /** The SDK signs, reads its modules or pauses before it asks again: all of it takes real time. */
  get isSdkBusy(): boolean {
    return this.#asked > this.#onWire;
  }

  /** The same layer, whose calls are counted. */
  watch(aws: Aws): Aws {
    const counted = <Api extends object>(api: Api): Api =>
      new Proxy(api, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return async (...given: unknown[]) => {
            this.#asked += 1;
            try {
              return (await member.apply(target, given)) as unknown;
            } finally {
              this.#asked -= 1;
            }
          };
        },
      });
    return {
      sts: (...reach) => counted(aws.sts(...reach)),
      iam: (...reach) => counted(aws.iam(...reach)),
      s3: (...reach) => counted(aws.s3(...reach)),
      organizations: (...reach) => counted(aws.organizations(...reach)),
    };
  }

  async onWire<T>(work: () => Promise<T>): Promise<T> {
    this.#onWire += 1;
    try {
      return await work();
    } finally {
      this.#onWire -= 1;
    }
  }
}

/** Turns of the event loop between two steps of the clock: what waits for nothing but its turn comes to its end. */
const turnsAStep = 20;
/** Milliseconds of real time for which the SDK is waited for: then it may be the app that waits for the clock. */
const longestPause = 5_000;

/**
 * Lets waiting code run while it goes on, and the clock by `stepMs` at a time: not while the SDK is busy, whose time is
 * real, so that it does not depend on this computer's speed how much goes by. Both in milliseconds.
 * @returns false where it still goes on after `withinMs` of real time
 */
export async function whileTimePasses(
  { calls, clock }: { readonly calls?: CallsUnderWay; readonly clock: ManualClock },
  goesOn: () => boolean,
  { stepMs, withinMs = 20_000 }: { readonly stepMs: number; readonly withinMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  let busySince: number | undefined;
  for (let turns = 0; goesOn();) {
    const now = performance.now();
    if (now > deadline) return false;
    busySince = calls?.isSdkBusy === true ? (busySince ?? now) : undefined;
    if (busySince === undefined || now - busySince > longestPause) turns += 1;
    if (turns === turnsAStep) {
      turns = 0;
      if (stepMs > 0) clock.advance(stepMs);
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return true;
}
