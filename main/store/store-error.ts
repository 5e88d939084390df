import type { AppError } from '../../core/app-error';

const perhapsMissing =
  'Sallyport goes on with the copy from before the last change. Look whether the last change is missing.';

/** An unreadable file was set aside; the app goes on with `goesOnWith`. `aside` is the new name, in the same folder. */
export function setAsideError(file: string, why: string, aside: string, goesOnWith: 'backup' | 'empty'): AppError {
  return {
    kind: 'store-unreadable',
    message: `The file ${file} could not be used: it ${why}. It was set aside as ${aside}.`,
    whatDidNotChange: 'Nothing was deleted, and nothing in AWS or in the keychain was changed.',
    whatToDo:
      goesOnWith === 'backup'
        ? perhapsMissing
        : 'Sallyport goes on without it. If you have a copy of the file, quit, put it back under its old name and start again.',
    retryable: false,
    remedies: [],
  };
}

/** The same, where more was left than its file said. */
export function withRest(error: AppError): AppError {
  return { ...error, whatToDo: perhapsMissing };
}

/**
 * The name that an unusable file gets, in the same folder: `<name>.unreadable-<date>.<ending>`, one that is not taken.
 * `now` in milliseconds since the epoch.
 */
export function asideName(name: string, ending: string, now: number, isTaken: (aside: string) => boolean): string {
  const date = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:]/g, '')
    .replace('T', '-');
  let aside = `${name}.unreadable-${date}.${ending}`;
  for (let copy = 2; isTaken(aside); copy += 1) aside = `${name}.unreadable-${date}-${copy}.${ending}`;
  return aside;
}

/** A file that can neither be read nor moved stands in the way: nothing is written over it. */
export function blockedError(file: string, cause: unknown): AppError {
  return {
    kind: 'store-unreadable',
    message: `The file ${file} is there but could not be read: ${reason(cause)}.`,
    whatDidNotChange: 'The file is as it was. Nothing will be written over it, so changes cannot be saved.',
    whatToDo: 'Give yourself the right to read and write it, or move it away, then start Sallyport again.',
    retryable: false,
    remedies: [],
    ...detail(cause),
  };
}

export function unwritableError(file: string, cause: unknown): AppError {
  return {
    kind: 'store-unwritable',
    message: `The file ${file} could not be written: ${reason(cause)}.`,
    whatDidNotChange: 'What was saved before is as it was. This change was not saved.',
    whatToDo: 'Put that right and try again.',
    retryable: true,
    remedies: [{ kind: 'retry' }],
    ...detail(cause),
  };
}

/** The whole of the folder cannot be written: `cause` is what the system said. */
export function readOnlyError(cause: unknown): AppError {
  return {
    kind: 'store-unwritable',
    message: `Sallyport cannot write into its own folder: ${reason(cause)}.`,
    whatDidNotChange: 'What was saved before is there. Sessions that are open can be used until they end.',
    whatToDo:
      'Make the folder writable, then start Sallyport again. Until then nothing is begun that has to be written down.',
    retryable: false,
    remedies: [],
    ...detail(cause),
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EACCES: 'you may not access it',
  EPERM: 'you may not access it',
  EROFS: 'the disk is read-only',
  EISDIR: 'there is a folder of that name',
  ENOTDIR: 'its folder is not a folder',
  ERR_FS_EISDIR: 'there is a folder of that name',
  EEXIST: 'there is one of that name already',
  ENOENT: 'its folder is gone',
  EMFILE: 'too many files are open',
  EIO: 'the disk reported an error',
};

function reason(cause: unknown): string {
  const code = codeOf(cause);
  return (code === undefined ? undefined : reasons[code]) ?? 'the system refused';
}

/** The system's code (`ENOSPC`…), where there is one. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

/** Only the code: the system's own sentence holds the path, which names the person. */
function detail(cause: unknown): { readonly detail?: string } {
  const code = codeOf(cause);
  return code === undefined ? {} : { detail: code };
}
