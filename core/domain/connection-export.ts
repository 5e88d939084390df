import { z } from '../zod';
import { err, ok, type Result } from '../result';
import { parseRoleArn } from './arn';
import { connectionSchema, type Connection } from './connection';
import { exchangeKind, readExchangeFile, refuseFile, utf8Length, type ExchangeForm } from './exchange-file';
import { instantSchema } from './limits';

/**
 * Connections as a team passes them around: what is agreed about a role, and nothing of whose computer it came from. No
 * IDs of records, no source identities, no receipts, no tests, and never a secret.
 */
export const connectionExportKind = 'sallyport-connections';
export const connectionExportVersion = 1;
/** What the name of such a file ends in. */
export const connectionExportExtension = '.sallyport-connections.json';
/** Bytes of UTF-8; some ten thousand connections. */
export const maximumExportBytes = 4 * 1024 * 1024;
export const mostExported = 20_000;

export const sharedConnectionSchema = connectionSchema.pick({
  name: true,
  roleArn: true,
  region: true,
  externalId: true,
  recipeId: true,
  maxSessionDuration: true,
  folder: true,
  tags: true,
  reviewAt: true,
});
export type SharedConnection = Readonly<z.infer<typeof sharedConnectionSchema>>;

const connectionExportSchema = z.strictObject({
  kind: z.literal(connectionExportKind),
  version: z.literal(connectionExportVersion),
  exportedAt: instantSchema,
  connections: z.array(sharedConnectionSchema).max(mostExported),
});
export type ConnectionExport = Readonly<z.infer<typeof connectionExportSchema>>;

/** What two people may have agreed differently about the same role; the role itself is what makes it the same. */
export const sharedFields = [
  'name',
  'region',
  'externalId',
  'recipeId',
  'maxSessionDuration',
  'folder',
  'tags',
  'reviewAt',
] as const;
export const sharedFieldSchema = z.enum(sharedFields);
export type SharedField = (typeof sharedFields)[number];

const form: ExchangeForm<ConnectionExport> = {
  kind: connectionExportKind,
  version: connectionExportVersion,
  maximumBytes: maximumExportBytes,
  schema: connectionExportSchema,
  name: 'file of connections',
  shortName: 'file',
  askAgain: 'Ask whoever sent it to export the connections again.',
  whereFrom: 'Such a file is made in the list of connections: “Export…”.',
};

/** Says that it is one; whether it is a sound one is for the reader to find. */
export function saysItIsConnections(text: string): boolean {
  return exchangeKind(text, maximumExportBytes) === connectionExportKind;
}

/** SECURITY(S-20): the text is hostile until it passed; it never throws. Every role is one, written as AWS writes it. */
export function readConnectionExport(text: string): Result<ConnectionExport> {
  const read = readExchangeFile(text, form);
  if (!read.ok) return read;
  const at = read.value.connections.findIndex(({ roleArn }) => parseRoleArn(roleArn)?.arn !== roleArn);
  if (at < 0) return read;
  return refuseFile('invalid-input', `Connection ${String(at + 1)} of this file does not name a role.`, form.askAgain);
}

/** What of a connection goes into a file. */
export function shared(connection: Connection): SharedConnection {
  return sharedConnectionSchema.parse(
    Object.fromEntries(
      ['roleArn' as const, ...sharedFields]
        .map((field) => [field, connection[field]] as const)
        .filter(([, value]) => value !== undefined),
    ),
  );
}

/**
 * The text of a file. What this reader would not take, such as a name in which a key stands, is held back and counted.
 * Errors: `not-possible` where it would be larger than a file may be.
 */
export function writeConnectionExport(
  connections: readonly Connection[],
  exportedAt: number,
): Result<{ readonly text: string; readonly written: number; readonly heldBack: number }> {
  const all = connections.map(shared);
  const sound = all.filter((one) => readConnectionExport(textOf([one], exportedAt)).ok);
  const text = textOf(sound, exportedAt);
  if (utf8Length(text) > maximumExportBytes) {
    return refuseFile(
      'not-possible',
      `These are too many for one file, which may have ${String(maximumExportBytes / 1024 / 1024)} MiB.`,
      'Choose fewer, or export by folder.',
    );
  }
  const whole = readConnectionExport(text);
  if (!whole.ok) return err(whole.error);
  return ok({ text, written: sound.length, heldBack: all.length - sound.length });
}

function textOf(connections: readonly SharedConnection[], exportedAt: number): string {
  const file: ConnectionExport = {
    kind: connectionExportKind,
    version: connectionExportVersion,
    exportedAt,
    connections: [...connections],
  };
  return `${JSON.stringify(file)}\n`;
}

/** A field in words that are the same exactly where the values are; empty where there is none. */
export function fieldText(one: SharedConnection, field: SharedField): string {
  const value = one[field];
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** In which fields the two differ. */
export function differences(mine: SharedConnection, theirs: SharedConnection): readonly SharedField[] {
  return sharedFields.filter((field) => fieldText(mine, field) !== fieldText(theirs, field));
}
