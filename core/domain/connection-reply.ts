import { z } from '../zod';
import { err, ok, type Result } from '../result';
import { parseRoleArn } from './arn';
import { exchangeKind, readExchangeFile, refuseFile, type ExchangeForm } from './exchange-file';
import { accountIdSchema, arnSchema, idSchema, instantSchema } from './limits';
import { creationWaySchema } from './wizard';

/**
 * What an account owner sends back: the role that was made for a request. The external ID says which request it was;
 * nothing in the file is a secret, and it is believed no further than the connection test proves it.
 */
export const connectionReplyKind = 'sallyport-connection-reply';
export const connectionReplyVersion = 1;
/** Bytes of UTF-8. */
export const maximumReplyBytes = 16_384;

export const connectionReplySchema = z.strictObject({
  kind: z.literal(connectionReplyKind),
  version: z.literal(connectionReplyVersion),
  createdAt: instantSchema,
  /** the one that was asked for, whether the role's trust demands it or not */
  externalId: idSchema,
  accountId: accountIdSchema,
  roleArn: arnSchema,
  madeWith: creationWaySchema,
});
export type ConnectionReply = Readonly<z.infer<typeof connectionReplySchema>>;

const form: ExchangeForm<ConnectionReply> = {
  kind: connectionReplyKind,
  version: connectionReplyVersion,
  maximumBytes: maximumReplyBytes,
  schema: connectionReplySchema,
  name: 'reply to a request',
  shortName: 'reply',
  askAgain: 'Ask the owner of the account to send the reply again, or the ARN of the role.',
  whereFrom: 'A reply is made at the end of a wizard that was begun from a request: “Save the reply”.',
};

/** Says that it is a reply; whether it is a sound one is for the reader to find. */
export function saysItIsReply(text: string): boolean {
  return exchangeKind(text, maximumReplyBytes) === connectionReplyKind;
}

/** SECURITY(S-28): besides being strict, it has to name one role, of the account that it names. */
export function readConnectionReply(text: string): Result<ConnectionReply> {
  const read = readExchangeFile(text, form);
  if (!read.ok) return read;
  const role = parseRoleArn(read.value.roleArn);
  if (role === undefined || role.arn !== read.value.roleArn) {
    return refuseFile('invalid-input', 'This reply does not name a role.', form.askAgain);
  }
  if (role.accountId !== read.value.accountId) {
    return refuseFile(
      'invalid-input',
      'This reply names a role of another account than its own.',
      'Ask the owner of the account which of the two is right.',
    );
  }
  return read;
}

/** The text of a reply, to be sent as it is. Refused where the reader at the other end would refuse it. */
export function writeConnectionReply(reply: Omit<ConnectionReply, 'kind' | 'version'>): Result<string> {
  const text = `${JSON.stringify({ kind: connectionReplyKind, version: connectionReplyVersion, ...reply }, null, 2)}\n`;
  const readBack = readConnectionReply(text);
  return readBack.ok
    ? ok(text)
    : err({
        ...readBack.error,
        whatDidNotChange: 'The role is as it was. No reply was made.',
        whatToDo: 'Send the ARN of the role instead.',
      });
}
