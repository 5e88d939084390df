import { z } from '../zod';
import { appErrorSchema } from '../app-error';

/** One IPC call: what goes in, what comes out. Inputs and outputs are strict: unknown keys are refused. */
export type Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly input: I;
  readonly output: O;
  /** characters that its input may have, where that is more than any other call's */
  readonly largest?: number;
};

export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O, largest?: number): Call<I, O> {
  return { input, output, ...(largest === undefined ? {} : { largest }) };
}

export const nothing = z.strictObject({});

/** How an answer travels: a value of the call's output, or an AppError. Never a rejection. */
export function answerSchema<O extends z.ZodType>(output: O) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: output }),
    z.strictObject({ ok: z.literal(false), error: appErrorSchema }),
  ]);
}

export type CallInput<C extends Call> = z.infer<C['input']>;
export type CallOutput<C extends Call> = z.infer<C['output']>;
