import type { InputOf, OutputOf } from '../../../core/contract/contract';
import { mfaDeviceSchema } from '../../../core/domain/mfa-device';
import { sourceIdentityParameterSchema, tokenCodeSchema } from '../../../core/domain/session-request';
import { policyProblem } from './session-policy-check';

export type WishedTag = { readonly key: string; readonly value: string; readonly goesOn: boolean };

/** What is filled in, as it is typed. Of this only the code is secret, and it is used once. */
export type Wish = {
  readonly connectionId: string | undefined;
  readonly durationSeconds: number;
  readonly isRenewed: boolean;
  readonly policy: 'none' | 'read-only' | 'document';
  readonly document: string;
  readonly hops: readonly string[];
  /** not said yet: with a code where the source has a device */
  readonly hasMfa: boolean | undefined;
  readonly mfaSerial: string;
  readonly tokenCode: string;
  readonly tags: readonly WishedTag[];
  readonly sourceIdentity: string;
  readonly favouriteName: string;
  readonly isFavourite: boolean;
  readonly isAtLaunch: boolean;
};

export const plainWish: Wish = {
  connectionId: undefined,
  durationSeconds: 3600,
  isRenewed: false,
  policy: 'none',
  document: '',
  hops: [],
  hasMfa: undefined,
  mfaSerial: '',
  tokenCode: '',
  tags: [],
  sourceIdentity: '',
  favouriteName: '',
  isFavourite: false,
  isAtLaunch: false,
};

export type WishField = 'document' | 'mfaSerial' | 'tokenCode' | 'tags' | 'sourceIdentity' | 'favouriteName';
export type Problems = Partial<Readonly<Record<WishField, string>>>;
export type Plan = OutputOf<'sessions', 'plan'>;

/** Whether a code is asked for, and of which device. */
export function deviceOf(wish: Wish, plan: Plan | undefined): { readonly isAsked: boolean; readonly serial: string } {
  const known = plan?.mfaSerial ?? '';
  return { isAsked: wish.hasMfa ?? known !== '', serial: wish.mfaSerial === '' ? known : wish.mfaSerial };
}

/** Any of what stands under “More ways”. */
export function hasMoreWays({ hasMfa, hops, isFavourite, policy, sourceIdentity, tags }: Wish): boolean {
  return (
    policy !== 'none' || hops.length > 0 || hasMfa === true || tags.length > 0 || sourceIdentity !== '' || isFavourite
  );
}

/** Rows in which something stands. */
function filledTags({ tags }: Wish): readonly WishedTag[] {
  return tags.filter(({ key, value }) => key !== '' || value !== '');
}

/** What is wrong with the tag of a row; nothing for one that STS takes. */
export function tagProblem(wish: Wish, index: number): string | undefined {
  const tag = wish.tags[index];
  if (tag === undefined || (tag.key === '' && tag.value === '')) return undefined;
  if (tag.key === '') return 'A tag needs a key.';
  if (/^aws:/i.test(tag.key)) return 'Keys that begin with aws: are AWS’s own.';
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(`${tag.key}${tag.value}`))
    return 'Letters, digits, spaces and _ . : / = + - @ can stand here.';
  const same = wish.tags.findIndex(({ key }) => key.toLowerCase() === tag.key.toLowerCase());
  return same < index ? 'This key is there already: AWS does not tell capitals apart.' : undefined;
}

export function problemsOf(wish: Wish, plan: Plan | undefined): Problems {
  const { isAsked, serial } = deviceOf(wish, plan);
  const policy = wish.policy === 'document' ? policyProblem(wish.document) : undefined;
  const wrongTag = wish.tags.some((_, index) => tagProblem(wish, index) !== undefined);
  const device = mfaDeviceSchema.safeParse(serial);
  const source = sourceIdentityParameterSchema.safeParse(wish.sourceIdentity);
  return {
    ...(policy === undefined
      ? {}
      : { document: policy.line === undefined ? policy.message : `${policy.message}: line ${String(policy.line)}.` }),
    ...(wrongTag ? { tags: 'A tag is not right yet.' } : {}),
    ...(isAsked && !device.success ? { mfaSerial: device.error.issues[0]?.message ?? '' } : {}),
    ...(isAsked && !tokenCodeSchema.safeParse(wish.tokenCode).success
      ? { tokenCode: 'Type the six digits that the device shows now.' }
      : {}),
    ...(wish.sourceIdentity !== '' && !source.success
      ? {
          sourceIdentity:
            wish.sourceIdentity.length < 2
              ? 'It has two characters at least.'
              : (source.error.issues[0]?.message ?? ''),
        }
      : {}),
    ...(wish.isFavourite && wish.favouriteName.trim() === '' ? { favouriteName: 'A favourite needs a name.' } : {}),
  };
}

/** What main is asked for. `durationSeconds` is no longer than the plan allows. */
export function inputOf(wish: Wish, connectionId: string, plan: Plan | undefined): InputOf<'sessions', 'start'> {
  const { isAsked, serial } = deviceOf(wish, plan);
  const tags = filledTags(wish);
  return {
    connectionId,
    renewal: wish.isRenewed && !isAsked ? 'automatic' : 'off',
    request: {
      durationSeconds: Math.min(wish.durationSeconds, plan?.longest ?? wish.durationSeconds),
      sessionPolicy: wish.policy === 'document' ? { kind: 'document', document: wish.document } : { kind: wish.policy },
      tags: tags.map(({ key, value }) => ({ key, value })),
      transitiveTagKeys: tags.filter(({ goesOn }) => goesOn).map(({ key }) => key),
      hops: [...wish.hops],
      ...(wish.sourceIdentity === '' ? {} : { sourceIdentity: wish.sourceIdentity }),
      ...(isAsked ? { mfaSerial: serial } : {}),
    },
    ...(isAsked ? { tokenCode: wish.tokenCode } : {}),
  };
}
