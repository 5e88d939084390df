import { z } from '../zod';
import { parseArn } from './arn';

/** AssumeRole's SerialNumber: a virtual device's ARN, or the number on a hardware one (aws-reference §3.1). */
export const mfaDeviceSchema = z
  .string()
  .trim()
  .refine((text) => (text.startsWith('arn:') ? isMfaArn(text) : /^[A-Za-z0-9]{9,64}$/.test(text)), {
    message: 'It looks like arn:aws:iam::111122223333:mfa/name, or like GAHT12345678.',
  });

function isMfaArn(text: string): boolean {
  const arn = parseArn(text);
  // text of 256 characters is the most that AssumeRole takes
  return (
    arn?.service === 'iam' && arn.accountId !== '' && /^mfa\/[\w+=/,.@-]+$/.test(arn.resource) && text.length <= 256
  );
}
