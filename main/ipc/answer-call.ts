import type { AppError } from '../../core/app-error';
import { answerSchema, type Call } from '../../core/contract/call';
import { err, type Result } from '../../core/result';
import { appError } from '../workspace-context';
import { fitsInMessage } from './message-bounds';

/** A handler as the registry sees it: its input was parsed already, its output is parsed after it. */
export type AnyHandler = (input: unknown) => Promise<Result<unknown>> | Result<unknown>;

/** For bugs: a handler that threw, an answer that does not fit the contract. */
export type ReportBug = (channel: string, error: unknown) => void;

/**
 * One call from the window after its sender was checked: size, parse, handle, parse the answer. Apart from ipcMain, so
 * that fuzzing runs the very same road. Never throws, never rejects.
 */
export async function answerCall(
  channel: string,
  call: Call,
  handler: AnyHandler,
  input: unknown,
  reportBug: ReportBug,
): Promise<Result<unknown>> {
  try {
    // SECURITY(S-12): every input is bounded and parsed by its strict schema; unknown keys are refused.
    if (!fitsInMessage(input, call.largest))
      return err(refusedInput('This message is too large, or not made of plain data.'));
    const parsed = call.input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      // an unknown key is not repeated: it may be of any length, and hold anything
      const message = issue === undefined || issue.code === 'unrecognized_keys' ? undefined : issue.message;
      return err(refusedInput(message, issue?.path.join('.')));
    }
    const answer = await handler(parsed.data);
    // SECURITY(S-13): an output that carries more than the contract names does not leave main.
    const checked = answerSchema(call.output).safeParse(answer);
    if (checked.success) return checked.data;
    reportBug(channel, checked.error);
    return err(unexpected(channel));
  } catch (error) {
    reportBug(channel, error);
    return err(unexpected(channel));
  }
}

function unexpected(channel: string): AppError {
  return appError('unexpected', 'Sallyport made a mistake of its own.', {
    whatDidNotChange: 'What was saved before is as it was.',
    whatToDo: 'Try again. If it happens again, report it with the detail below.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
    detail: channel,
  });
}

function refusedInput(message = 'That cannot be used here.', field = ''): AppError {
  return appError('invalid-input', message, {
    whatToDo: 'Correct the field and try again.',
    ...(field === '' ? {} : { field: field.slice(0, 128) }),
  });
}
