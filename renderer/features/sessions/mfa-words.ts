import type { AppError } from '../../../core/app-error';

/** AWS did not take the code, or it was missing: the next one has to be typed. */
export function isWrongCode({ detail, field, kind }: AppError): boolean {
  return field === 'tokenCode' || (kind === 'access-denied' && /MultiFactorAuthentication/i.test(detail ?? ''));
}
