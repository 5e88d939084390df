import type { AppError } from '../../core/app-error';
import { appError } from '../workspace-context';

const retried = { retryable: true, remedies: [{ kind: 'retry' as const }] };

export function brokenOff(): AppError {
  return appError('not-possible', 'This was broken off: the app ended while it was under way.', {
    whatDidNotChange: 'What is ticked off is done. Nothing else is known to be.',
    whatToDo: 'Go on: what holds in AWS is looked at first, and nothing is done twice.',
    ...retried,
  });
}

export function underWay(name: string): AppError {
  return appError('already-exists', `Something is being done for ${name} already.`, {
    whatToDo: 'Finish it or take it back first.',
  });
}

export function noSuchKey(accessKeyId: string): AppError {
  return appError('not-found', `${accessKeyId} is no key of this user any more.`, {
    whatToDo: 'Read the account again.',
  });
}

/** Only what works gives way: taken back, it would be switched on. */
export function isOff(accessKeyId: string): AppError {
  return appError('not-possible', `${accessKeyId} is switched off.`, {
    whatDidNotChange: 'No key was made.',
    whatToDo: 'Switch it on first, where it is still used. Else delete it.',
  });
}

export function twoKeys(other: string): AppError {
  return appError('not-possible', 'This user has two keys, and AWS allows no third.', {
    whatToDo: `Say that ${other} is to be deleted first, or rotate that one.`,
    field: 'makesRoomOf',
  });
}

export function isOurs(other: string): AppError {
  return appError('not-possible', `${other} is one of your source identities here.`, {
    whatToDo: 'Remove that source first, or rotate its key instead.',
    field: 'makesRoomOf',
  });
}

export function notTyped(name: string): AppError {
  return appError('invalid-input', `Type ${name} to confirm it.`, {
    whatToDo: 'Type the name exactly.',
    field: 'typedName',
  });
}

export function isCaller(name: string): AppError {
  return appError('not-possible', `${name} is who Sallyport calls as here.`, {
    whatToDo: 'Choose another source identity in this account, then do it again.',
    remedies: [{ kind: 'choose-source' }],
  });
}

export function isSource(name: string, label: string): AppError {
  return appError('not-possible', `${name} is your source identity “${label}”.`, {
    whatToDo: 'Remove the source from Sallyport first.',
    remedies: [{ kind: 'choose-source' }],
  });
}

export function isUsed(name: string, connection: string): AppError {
  return appError('not-possible', `The connection “${connection}” goes by ${name}.`, {
    whatToDo:
      'Revoke the connection: that closes it to new sessions first, proves it, and deletes the role at the end.',
  });
}

export function notWritten(): AppError {
  return appError('store-unwritable', 'How this ended could not be written down.', {
    whatDidNotChange: 'What is ticked off is done. More may be.',
    whatToDo: 'Look whether the disk is full, then go on: what holds in AWS is looked at first.',
    ...retried,
  });
}

export function cannotBeUndone(): AppError {
  return appError('not-possible', 'What was deleted for good cannot be put back.', { whatToDo: 'Make it anew.' });
}
