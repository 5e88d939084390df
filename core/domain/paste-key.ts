/** A key as it stood in what was pasted. */
export type PastedKey = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** Characters; the longest token beside two short lines is far below. */
const mostPasted = 16_384;

/** Between a name and its value: `=`, `:`, quotes, blanks, in any tool's order. */
const between = '["\'\\s:=]{1,12}';
const id = new RegExp(`access_?key_?id${between}(A(?:KIA|SIA)[A-Z0-9]{12,124})(?![A-Z0-9])`, 'i');
const secret = new RegExp(`secret_?access_?key${between}([A-Za-z0-9/+=]{30,128})(?![A-Za-z0-9/+])`, 'i');
const token = new RegExp(`(?:session|security)_?token${between}([A-Za-z0-9/+=_-]{16,4096})`, 'i');
/** The file that the console offers when a key is made. */
const table =
  /^\ufeff?access key id,secret access key\s*\n\s*(A(?:KIA|SIA)[A-Z0-9]{12,124}),([A-Za-z0-9/+=]{30,128})\s*$/i;

/**
 * The key in lines that AWS or a tool shows whole: exports of a shell, a section of a credentials file, JSON of
 * `aws sts` and `aws iam`, the console's table. Undefined unless an ID and a secret are both there, each with its name:
 * a single value is pasted as it is.
 */
export function readPastedKey(text: string): PastedKey | undefined {
  if (text.length > mostPasted) return undefined;
  const row = table.exec(text);
  const accessKeyId = row?.[1] ?? id.exec(text)?.[1];
  const secretAccessKey = row?.[2] ?? secret.exec(text)?.[1];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const sessionToken = token.exec(text)?.[1];
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
