import type { Profile } from '../../../core/contract/sources';
import type { Source } from '../../../core/domain/source';
import type { IconName } from '../../ui/icon-names';

/** How good an idea it is to call AWS with this, and why (aws-reference §9). */
export interface SourceWords {
  readonly icon: IconName;
  readonly quality: 'good' | 'not-recommended' | 'practice';
  readonly label: string;
  readonly kind: string;
  readonly reason: string;
  readonly kept: string;
}

export const notRecommended =
  'A long-lived key never expires and works for whoever copies it. A profile that signs in is better.';

export function sourceWords(source: Source, profileKind: Profile['kind'] | undefined): SourceWords {
  switch (source.kind) {
    case 'sandbox':
      return {
        icon: 'sandbox',
        quality: 'practice',
        label: 'Practice',
        kind: 'an identity of the practice sandbox',
        reason: 'It opens nothing at AWS.',
        kept: 'Its keys are pretended, and made anew from a number in the keychain.',
      };
    case 'profile':
      return {
        icon: 'file',
        quality: 'good',
        label: 'Good',
        kind: `profile ${source.profileName}`,
        reason: profileReason(profileKind),
        kept: 'Its secrets stay in your AWS files. They are read when needed and never copied.',
      };
    case 'access-key':
      return {
        icon: 'key',
        quality: 'not-recommended',
        label: 'Not recommended',
        kind: `access key ${source.keyHint}`,
        reason: notRecommended,
        kept:
          source.kept === 'keychain'
            ? 'Its secret is in this computer’s keychain.'
            : 'Its secret is in memory only, and forgotten when Sallyport quits.',
      };
  }
}

function profileReason(kind: Profile['kind'] | undefined): string {
  switch (kind) {
    case 'identity-center':
      return 'It signs in through IAM Identity Center, so nothing in it lasts: the best there is.';
    case 'login':
      return 'It signs in with aws login and is renewed for 12 h at most.';
    case 'access-key':
      return 'It holds an access key in plain text. A profile that signs in is better.';
    case 'role':
      return 'It reaches a role from another profile, so what it hands out ends by itself.';
    case 'process':
      return 'A program on this computer hands out its credentials.';
    case 'other':
    case undefined:
      return 'AWS’s own rules for profiles apply.';
  }
}

/** What a profile is, in the list to choose from. */
export const profileKindWords: Readonly<Record<Profile['kind'], string>> = {
  'identity-center': 'signs in through IAM Identity Center, recommended',
  login: 'signs in with aws login, recommended',
  role: 'a role, reached from another profile',
  process: 'a program hands out its credentials',
  'access-key': 'an access key in plain text',
  other: 'of another kind, or not complete',
};
