import type { AppError } from '../../core/app-error';
import { ownProfileNameSchema } from '../../core/domain/handoff-profile';
import { appError } from '../workspace-context';

/** Why a name that a person typed cannot be a profile's of ours; undefined where it can. */
export function nameFault(name: string): AppError | undefined {
  const named = ownProfileNameSchema.safeParse(name);
  if (named.success) return undefined;
  return appError('invalid-input', named.error.issues[0]?.message ?? 'This is no name for a profile.', {
    whatDidNotChange: 'The file was not touched.',
    whatToDo: 'Type another name, such as acme-production.',
    field: 'name',
  });
}

export function nameTaken(name: string): AppError {
  return appError('already-exists', `There is a profile “${name}” already, and it is not this session’s.`, {
    whatDidNotChange: 'The file was not touched.',
    whatToDo: 'Choose another name.',
    field: 'name',
  });
}
