/** Just enough XML for the query protocol's answers. */
export type XmlValue = string | number | boolean | undefined | XmlList | XmlFields | XmlMap;
export type XmlFields = { readonly [name: string]: XmlValue };
/** Becomes `<member>` elements, as every list of STS and IAM does; in REST XML the list's own element is repeated. */
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

type Lists = 'members' | 'repeated';

function content(value: XmlValue, lists: Lists = 'members'): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escape(String(value));
  if (isList(value)) return value.map((item) => element('member', item, lists)).join('');
  if (isMap(value)) {
    return [...value].map(([key, item]) => element('entry', { key, value: item }, lists)).join('');
  }
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .map(([name, child]) => {
      const repeated = lists === 'repeated' && typeof child === 'object' && isList(child);
      return repeated ? child.map((item) => element(name, item, lists)).join('') : element(name, child, lists);
    })
    .join('');
}

function element(name: string, value: XmlValue, lists: Lists): string {
  return `<${name}>${content(value, lists)}</${name}>`;
}

/** A document of REST XML, as S3 answers. A list becomes one element of its name for each of its items. */
export function xmlDocument(name: string, namespace: string | undefined, fields: XmlValue): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${content(fields, 'repeated')}</${name}>`;
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

export function xmlError(
  namespace: string | undefined,
  fault: string,
  code: string,
  message: string,
  requestId: string,
): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<ErrorResponse${attribute}><Error><Type>${fault}</Type><Code>${code}</Code><Message>${escape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

/** Times in answers: whole seconds, UTC. `milliseconds` since the epoch. */
export function xmlTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
