/** Just enough XML for the query protocol's answers. */
export type XmlValue = string | number | boolean | undefined | XmlList | XmlFields | XmlMap;
export type XmlFields = { readonly [name: string]: XmlValue };
/** Becomes `<member>` elements, as every list of STS and IAM does. */
export type XmlList = readonly (string | XmlFields)[];

/** Becomes `<entry><key>…</key><value>…</value></entry>`. */
export type XmlMap = ReadonlyMap<string, string | number>;

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;');
}

function isList(value: XmlList | XmlFields | XmlMap): value is XmlList {
  return Array.isArray(value);
}

function isMap(value: XmlFields | XmlMap): value is XmlMap {
  return value instanceof Map;
}

function content(value: XmlValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escape(String(value));
  if (isList(value)) return value.map((item) => `<member>${content(item)}</member>`).join('');
  if (isMap(value)) {
    return [...value].map(([key, item]) => `<entry>${content({ key, value: item })}</entry>`).join('');
  }
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([name, child]) => `<${name}>${content(child)}</${name}>`)
    .join('');
}

/** An answer of the query protocol. `result` is left out where the operation has none. */
export function xmlAnswer(
  operation: string,
  namespace: string,
  result: XmlFields | undefined,
  requestId: string,
): string {
  const inner = result === undefined ? '' : `<${operation}Result>${content(result)}</${operation}Result>`;
  return `<${operation}Response xmlns="${namespace}">${inner}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
}

export function xmlError(namespace: string, fault: string, code: string, message: string, requestId: string): string {
  return `<ErrorResponse xmlns="${namespace}"><Error><Type>${fault}</Type><Code>${code}</Code><Message>${escape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

/** Times in answers: whole seconds, UTC. `milliseconds` since the epoch. */
export function xmlTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
