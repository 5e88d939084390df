import type { AppError } from '../../core/app-error';
import { answerSchema, type Call } from '../../core/contract/call';
import { contract, events, type EventName, type EventPayload } from '../../core/contract/contract';
import { err, type Result } from '../../core/result';

const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = contract;
const schemas = new Map<Call, ReturnType<typeof answerSchema>>();

/** An answer of main as the contract has it. What does not fit, and a call that it does not name, is told as a failure. */
export function parseAnswer(feature: string, method: string, answer: unknown): Result<unknown> {
  const call = calls[feature]?.[method];
  if (call === undefined) return err(broken(`There is no call ${feature}.${method}.`));
  const schema = schemas.get(call) ?? answerSchema(call.output);
  schemas.set(call, schema);
  const parsed = schema.safeParse(answer);
  return parsed.success ? parsed.data : err(broken(parsed.error.message));
}

/** What an event brings; undefined where it does not fit. */
export function parsePayload<E extends EventName>(event: E, payload: unknown): EventPayload<E> | undefined {
  const parsed = events[event].payload.safeParse(payload);
  return parsed.success ? (parsed.data as unknown as EventPayload<E>) : undefined;
}

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
