import type { Profile } from '../../../core/contract/sources';
import type { Source } from '../../../core/domain/source';
import type { IconName } from '../../ui/icon-names';

/** How good an idea it is to call AWS with something (aws-reference §9). */
export type SourceQuality = 'recommended' | 'good' | 'not-recommended' | 'dev-only' | 'incomplete' | 'practice';

export const qualityWords: Readonly<Record<SourceQuality, string>> = {
  recommended: 'Recommended',
  good: 'Good',
  'not-recommended': 'Not recommended',
  'dev-only': 'Dev only',
  incomplete: 'Not complete',
  practice: 'Practice',
};

/** A source in words: how good it is and why, and where its secrets are. */
export interface SourceWords {
  readonly icon: IconName;
  readonly quality: SourceQuality;
  readonly kind: string;
  readonly reason: string;
  readonly kept: string;
}

export const notRecommended =
  'A long-lived key never expires and works for whoever copies it. A profile that signs in is better.';

export const devOnly =
  'Every program that Sallyport starts can read these keys, and another terminal has others. For trying things out only.';

export function sourceWords(source: Source, profileKind: Profile['kind'] | undefined): SourceWords {
  switch (source.kind) {
    case 'sandbox':
      return {
        icon: 'sandbox',
        quality: 'practice',
        kind: 'an identity of the practice sandbox',
        reason: 'It opens nothing at AWS.',
        kept: 'Its keys are pretended, and made anew from a number in the keychain.',
      };
    case 'identity-center':
      return {
        icon: 'users',
        quality: 'recommended',
        kind: `${source.roleName} by IAM Identity Center`,
        reason: 'You sign in, and nothing in it lasts.',
        kept: 'Its tokens are in this computer’s keychain.',
      };
    case 'profile': {
      const { quality, reason } = profileWords[profileKind ?? 'incomplete'];
      return {
        icon: 'file',
        // what the files say no more is what they may say again
        quality: profileKind === undefined ? 'good' : quality,
        kind: `profile ${source.profileName}`,
        reason: profileKind === undefined ? 'AWS’s own rules for profiles apply.' : reason,
        kept: 'Its secrets stay in your AWS files. They are read when needed and never copied.',
      };
    }
    case 'access-key':
      return {
        icon: 'key',
        quality: 'not-recommended',
        kind: `access key ${source.keyHint}`,
        reason: notRecommended,
        kept:
          source.kept === 'keychain'
            ? 'Its secret is in this computer’s keychain.'
            : 'Its secret is in memory only, and forgotten when Sallyport quits.',
      };
    case 'environment':
      return {
        icon: 'terminal',
        quality: 'dev-only',
        kind: 'the environment of Sallyport',
        reason: devOnly,
        kept: 'They are read at each call, and kept nowhere.',
      };
    case 'member-role':
      return {
        icon: 'tree',
        quality: 'good',
        kind: `access role of an organization account: ${source.roleName}`,
        reason: 'It is entered from the management account, and ends by itself.',
        kept: 'Nothing of it is kept.',
      };
  }
}

/** What a profile is, in the list to choose from, and why it is as good as it is. */
export const profileWords: Readonly<
  Record<Profile['kind'], { readonly kind: string; readonly quality: SourceQuality; readonly reason: string }>
> = {
  'identity-center': {
    kind: 'signs in through IAM Identity Center',
    quality: 'recommended',
    reason: 'It signs in through IAM Identity Center, so nothing in it lasts.',
  },
  login: {
    kind: 'signs in with aws login',
    quality: 'recommended',
    reason: 'It signs in with aws login and is renewed for 12 h at most.',
  },
  role: {
    kind: 'a role, reached from another profile',
    quality: 'good',
    reason: 'It reaches a role from another profile, so what it hands out ends by itself.',
  },
  process: {
    kind: 'a program hands out its credentials',
    quality: 'good',
    reason: 'A program on this computer hands out its credentials.',
  },
  'web-identity': {
    kind: 'a role, reached with a web identity token',
    quality: 'good',
    reason: 'It reaches a role with a token in a file, which somebody else renews.',
  },
  'temporary-key': {
    kind: 'a temporary key in plain text',
    quality: 'good',
    reason: 'Its key is in plain text, and ends by itself.',
  },
  'access-key': {
    kind: 'a long-lived key in plain text',
    quality: 'not-recommended',
    reason: 'It holds a long-lived access key in plain text. A profile that signs in is better.',
  },
  incomplete: {
    kind: 'names no credentials',
    quality: 'incomplete',
    reason: 'It names nothing that credentials could come from.',
  },
};
