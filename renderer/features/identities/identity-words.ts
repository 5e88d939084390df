import type { IdentityAct, RemovalStep, RemovalStepKind, Rotation } from '../../../core/domain/identity-acts';
import { makerOf, type Role, type UserFilter } from '../../../core/domain/identities';
import type { ChipTone } from '../../ui/chip';
import type { IconName } from '../../ui/icon-names';

export const filterWords: Readonly<Record<UserFilter | 'all', string>> = {
  all: 'All',
  'no-mfa': 'No MFA device',
  'old-key': 'Key older than 90 days',
  'never-used': 'Never used',
  console: 'Console access',
  'unused-30': 'Not used for 30 days',
  'unused-90': 'Not used for 90 days',
  'unused-365': 'Not used for a year',
};

const stepWords: Readonly<Record<RemovalStepKind, string>> = {
  'attach-deny': 'Deny everything',
  'deactivate-key': 'Turn the access key off',
  'leave-group': 'Leave the group',
  'detach-policy': 'Detach the policy',
  'delete-inline': 'Delete the inline policy',
  'leave-instance-profile': 'Leave the instance profile',
  'delete-password': 'Delete the password for the console',
  'deactivate-mfa': 'Deactivate the MFA device',
  'delete-mfa': 'Delete the virtual MFA device',
  'delete-certificate': 'Delete the signing certificate',
  'delete-ssh-key': 'Delete the SSH key',
  'delete-service-credential': 'Delete the service’s credential',
  'delete-key': 'Delete the access key',
  'delete-user': 'Delete the user',
  'delete-role': 'Delete the role',
};

/** What a step does, and to what: the last part of an ARN, a name as it is. */
export function stepName(step: Pick<RemovalStep, 'target' | 'what'>): string {
  return `${stepWords[step.what]} ${shortTarget(step)}`.trim();
}

function shortTarget({ target, what }: Pick<RemovalStep, 'target' | 'what'>): string {
  // a user has one, without a name
  if (what === 'delete-password') return '';
  return target.startsWith('arn:') ? target.slice(target.lastIndexOf('/') + 1) : target;
}

export function makerWords(role: Pick<Role, 'path' | 'tags'>): string | undefined {
  const maker = makerOf(role);
  return maker && { sallyport: 'Sallyport', cloudformation: 'a stack', service: 'an AWS service' }[maker];
}

interface ActLook {
  readonly word: string;
  readonly tone: ChipTone;
  readonly icon: IconName;
}

const rotationLooks: Readonly<Record<Rotation['state'], ActLook>> = {
  creating: { word: 'Being made', tone: 'info', icon: 'hourglass' },
  handing: { word: 'Waits for you', tone: 'warning', icon: 'key' },
  grace: { word: 'Old key off', tone: 'info', icon: 'hourglass' },
  done: { word: 'Rotated', tone: 'success', icon: 'check' },
  undoing: { word: 'Being taken back', tone: 'info', icon: 'undo' },
  undone: { word: 'Taken back', tone: 'plain', icon: 'undo' },
};

export function actLook(act: IdentityAct): ActLook {
  if (act.error !== undefined) return { word: 'Stopped', tone: 'danger', icon: 'alert' };
  if (act.kind === 'rotation') return rotationLooks[act.state];
  switch (act.state) {
    case 'running':
      return { word: 'Under way', tone: 'info', icon: 'hourglass' };
    case 'stopped':
      return { word: 'Stopped', tone: 'danger', icon: 'alert' };
    case 'done':
      return act.mode === 'delete'
        ? { word: 'Deleted', tone: 'success', icon: 'check' }
        : { word: 'Deactivated', tone: 'warning', icon: 'lock' };
    case 'undoing':
      return { word: 'Being put back', tone: 'info', icon: 'undo' };
    case 'undone':
      return { word: 'Put back', tone: 'plain', icon: 'undo' };
  }
}

export function actTitle(act: IdentityAct): string {
  if (act.kind === 'rotation') return `Rotate a key of ${act.userName}`;
  return `${act.mode === 'delete' ? 'Delete' : 'Deactivate'} ${act.name}`;
}

export function actName(act: IdentityAct): string {
  return act.kind === 'rotation' ? act.userName : act.name;
}

export function userPath(name: string, sourceId: string): string {
  return `/identities/users/${encodeURIComponent(name)}?source=${encodeURIComponent(sourceId)}`;
}

export function rolePath(name: string, sourceId: string): string {
  return `/identities/roles/${encodeURIComponent(name)}?source=${encodeURIComponent(sourceId)}`;
}
