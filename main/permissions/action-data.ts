import { readActionLevels, type ServiceActions } from '../../core/domain/permissions/action-levels';

let read: Promise<readonly ServiceActions[]> | undefined;

/** Every service of AWS with its actions by access level; 370 kB, loaded when it is first asked for. */
export function loadActionLevels(): Promise<readonly ServiceActions[]> {
  read ??= import('./iam-actions.json', { with: { type: 'json' } }).then((file) => readActionLevels(file.default));
  return read;
}
