import type { AppError } from '../../core/app-error';
import { networkError } from '../aws/network-error';
import { unwritableError } from '../store/store-error';
import { appError } from '../workspace-context';

const place = 'the place of updates';
const nothingLoaded = 'Nothing was loaded, and this version goes on as it is.';
const asBefore = { whatDidNotChange: nothingLoaded, retryable: true, remedies: [{ kind: 'retry' as const }] };

export const noPlace = appError('not-possible', 'This build was given no place that updates come from.', {
  whatDidNotChange: nothingLoaded,
  whatToDo: 'Get newer versions from wherever you got this one.',
});
export const nothingFound = appError('not-possible', 'No newer version was found yet.', {
  whatToDo: 'Look for one first.',
});
export const stopped = appError('not-possible', 'It was stopped.', {
  ...asBefore,
  whatToDo: 'Begin again when you want.',
});
export const gone = appError('not-possible', 'The installer is no longer where it was put.', {
  whatDidNotChange: 'This version goes on as it is.',
  whatToDo: 'Look where it was moved to, or load it again.',
});
export const notSigned = appError(
  'not-possible',
  'What is said of a newer version is not signed by the publisher of this one.',
  {
    ...asBefore,
    whatToDo: 'Try again later. If it stays so, ask whoever gave you Sallyport, and load nothing from there meanwhile.',
  },
);
export const notTheSame = appError(
  'not-possible',
  'The file is not the one that the publisher has signed. It was deleted.',
  { ...asBefore, whatToDo: 'Try again. If it stays so, ask whoever gave you Sallyport.' },
);

export function notForThis(version: string): AppError {
  return appError('not-possible', `Version ${version} is there, and not for this kind of computer.`, {
    ...asBefore,
    whatToDo: 'Look again later.',
  });
}

export function noAnswer(httpStatus: number): AppError {
  return appError('unreachable', `The place of updates has nothing to say: it answered ${String(httpStatus)}.`, {
    ...asBefore,
    whatToDo: 'Try again later.',
    ...(httpStatus >= 100 && httpStatus < 600 ? { httpStatus } : {}),
  });
}

/** `ms`: as long as nothing came. */
export function fellSilent(ms: number): AppError {
  const seconds = String(Math.round(ms / 1000));
  return appError('timed-out', `For ${seconds} seconds nothing came from the place of updates.`, {
    ...asBefore,
    whatDidNotChange: `What had come was deleted. ${nothingLoaded}`,
    whatToDo: 'Check the network and try again.',
  });
}

/** What the disk refused of the file of this name. */
export function notKept(name: string, cause: unknown): AppError {
  return { ...unwritableError(name, cause), whatDidNotChange: nothingLoaded };
}

export function unreachable(error: unknown): AppError {
  const words = networkError(error, place);
  if (words === undefined) {
    const whatToDo = 'Check the network and try again.';
    return appError('unreachable', 'The place of updates could not be reached.', { ...asBefore, whatToDo });
  }
  const { kind, message, remedies, whatToDo } = words;
  return appError(kind, message.slice(0, 1000), { ...asBefore, whatToDo, remedies: [...remedies] });
}
