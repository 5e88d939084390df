import type { Session } from './session';

/** The least time before expiry at which a session is renewed, in milliseconds: what waits and fails has time to be tried again. */
const leastLeadMs = 5 * 60_000;
/** Share of a session's life before its end at which renewal begins at the latest. */
const leadShare = 1 / 6;
/** Share of a session's life over which those that were opened together are spread, before that. */
const spreadShare = 1 / 12;

/** AWS's longest session: what has been over for longer is not opened again by itself. In milliseconds. */
const longestLapseMs = 43_200_000;

/** Milliseconds between tries after the first, second … failure; the last one from then on. */
const lastPauseMs = 120_000;
const pausesMs = [5_000, 15_000, 30_000, 60_000] as const;

type RenewalFacts = Pick<Session, 'end' | 'renewal' | 'request' | 'trouble' | 'expiresAt'>;

/**
 * Can it be renewed without a person? Nobody ended it, no MFA code is asked for, AWS did not refuse for good, and it is
 * not over for longer than AWS's longest session lasts. `now` in milliseconds since the epoch.
 */
export function isRenewable({ end, renewal, request, trouble, expiresAt }: RenewalFacts, now: number): boolean {
  if (end !== undefined || renewal === 'off' || request.mfaSerial !== undefined) return false;
  if (trouble !== undefined && trouble.nextTryAt === undefined) return false;
  return expiresAt > now - longestLapseMs;
}

/**
 * When a session is to be renewed, in milliseconds since the epoch: a sixth of its life before its end, but 5 minutes at the
 * least. Sessions that were opened together are spread over a twelfth of their life before that: the same session always
 * gets the same share of it, so that judging anew moves nothing.
 */
export function renewAt({ id, issuedAt, expiresAt, accessKeyId, trouble }: Session): number {
  if (trouble?.nextTryAt !== undefined) return trouble.nextTryAt;
  const life = expiresAt - issuedAt;
  const lead = Math.max(leastLeadMs, life * leadShare);
  return Math.max(issuedAt, Math.round(expiresAt - lead - life * spreadShare * shareOf(`${id}${accessKeyId}`)));
}

/** Milliseconds to wait after so many failures in a row, 1 or more. */
export function pauseAfter(failures: number): number {
  return pausesMs[failures - 1] ?? lastPauseMs;
}

/** 0 to 1, the same for the same text (FNV-1a). */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash / 0x1_0000_0000;
}
