import type { Call } from '../../core/contract/call';
import { callChannel } from '../../core/contract/channels';
import { contract } from '../../core/contract/contract';
import type { Result } from '../../core/result';
import { answerCall, type AnyHandler, type ReportBug } from './answer-call';
import type { Handlers } from './register';

/** Answers one call of the contract. Never rejects. */
export type Answers = (feature: string, method: string, input: unknown) => Promise<Result<unknown>>;

/** Throws where a call of the contract has no handler. */
export function answersOf(handlers: Handlers, reportBug: ReportBug): Answers {
  const doors = new Map<string, (input: unknown) => Promise<Result<unknown>>>();
  for (const [feature, calls] of Object.entries(contract)) {
    for (const [method, call] of Object.entries(calls) as [string, Call][]) {
      const channel = callChannel(feature, method);
      const handler = (handlers as unknown as Record<string, Record<string, AnyHandler | undefined>>)[feature]?.[
        method
      ];
      if (handler === undefined) throw new Error(`No handler for ${channel}`);
      doors.set(channel, (input) => answerCall(channel, call, handler, input, reportBug));
    }
  }
  return async (feature, method, input) => {
    const channel = callChannel(feature, method);
    const answer = doors.get(channel);
    if (answer === undefined) throw new Error(`No call ${channel}`);
    return await answer(input);
  };
}
