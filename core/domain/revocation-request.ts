import { z } from '../zod';
import { err, ok, type Result } from '../result';
import { parseRoleArn } from './arn';
import { exchangeKind, readExchangeFile, refuseFile, type ExchangeForm } from './exchange-file';
import { accountIdSchema, arnSchema, instantSchema, regionSchema, roleNameSchema } from './limits';
import { revocationWaySchema } from './revocation-ways';

/**
 * What somebody who may not change a role sends to the owner of its account: which role is to be taken back, how, and why.
 * It comes from somebody else, so everything in it is a claim to be looked at, and nothing in it acts. The external ID is not
 * in it: whoever takes a role back does not need it.
 */
export const revocationRequestKind = 'sallyport-revocation-request';
export const revocationRequestVersion = 1;
/** Bytes of UTF-8. */
export const maximumRevocationRequestBytes = 16_384;

const line = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/);

export const revocationRequestSchema = z.strictObject({
  kind: z.literal(revocationRequestKind),
  version: z.literal(revocationRequestVersion),
  /** when it was asked for */
  askedAt: instantSchema,
  /** a person or a team, as they call themselves */
  askedBy: line(80).regex(/\S/),
  roleArn: arnSchema,
  roleName: roleNameSchema,
  accountId: accountIdSchema,
  /** where the AWS CLI asks */
  region: regionSchema,
  way: revocationWaySchema,
  /** only for `delete-stack` */
  stack: z.strictObject({ name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/), region: regionSchema }).optional(),
  /** empty where nobody said */
  why: line(300),
});
export type RevocationRequest = Readonly<z.infer<typeof revocationRequestSchema>>;

const askAgain = 'Ask whoever sent it to make a new request with Sallyport.';

const form: ExchangeForm<RevocationRequest> = {
  kind: revocationRequestKind,
  version: revocationRequestVersion,
  maximumBytes: maximumRevocationRequestBytes,
  schema: revocationRequestSchema,
  name: 'request to take a role back',
  shortName: 'request',
  askAgain,
  whereFrom: 'Such a request is made where a role is taken back and nobody there may do it: “Save the request”.',
};

/** Says that it is one; whether it is a sound one is for the reader to find. */
export function saysItIsRevocationRequest(text: string): boolean {
  return exchangeKind(text, maximumRevocationRequestBytes) === revocationRequestKind;
}

/** SECURITY(S-28): besides being strict, it has to name one role in full, and nothing that contradicts it. */
export function readRevocationRequest(text: string): Result<RevocationRequest> {
  const read = readExchangeFile(text, form);
  if (!read.ok) return read;
  const { accountId, roleArn, roleName, stack, way } = read.value;
  const role = parseRoleArn(roleArn);
  if (role === undefined) return refuseFile('invalid-input', 'This request does not name a role.', askAgain);
  if (role.accountId !== accountId || role.roleName !== roleName) {
    return refuseFile('invalid-input', 'This request says two things about which role is meant.', askAgain);
  }
  if ((way === 'delete-stack') !== (stack !== undefined)) {
    return refuseFile('invalid-input', 'This request does not say how the role is to be taken back.', askAgain);
  }
  return read;
}

/** The text of a request, to be sent as it is. Refused where the reader at the other end would refuse it. */
export function writeRevocationRequest(request: Omit<RevocationRequest, 'kind' | 'version'>): Result<string> {
  const { accountId, askedAt, askedBy, region, roleArn, roleName, stack, way, why } = request;
  const content = {
    ...{ kind: revocationRequestKind, version: revocationRequestVersion, askedAt, askedBy },
    ...{ roleArn, roleName, accountId, region, way },
    ...(stack === undefined ? {} : { stack: { name: stack.name, region: stack.region } }),
    why,
  };
  const text = `${JSON.stringify(content, null, 2)}\n`;
  const readBack = readRevocationRequest(text);
  return readBack.ok
    ? ok(text)
    : err({
        ...readBack.error,
        whatDidNotChange: 'The role is as it was. No request was made.',
        whatToDo: 'Change what is named, or send the page instead.',
      });
}
