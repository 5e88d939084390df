/** A policy in a template: the plan's own text, only moved to the right. */
export type DocumentText = { readonly documentText: string };

export type TemplateValue =
  string | number | boolean | DocumentText | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

export function documentText(text: string): DocumentText {
  return { documentText: text };
}

export function tagList(tags: readonly { readonly key: string; readonly value: string }[]): TemplateValue {
  return tags.map(({ key, value }) => ({ Key: key, Value: value }));
}

/**
 * A template as JSON rather than YAML: what policies are written in anyway, so that their texts stand in it as they are,
 * and nothing in a text can be taken for a date, a number, an anchor or a tag. Line ends within JSON stand only between its
 * parts, so that moving a document's lines to the right changes nothing in it.
 */
export function templateJson(value: TemplateValue, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${inner}${templateJson(item, inner)}`).join(',\n')}\n${indent}]`;
  }
  if (isDocumentText(value)) return value.documentText.replaceAll('\n', `\n${indent}`);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${templateJson(item, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

function isDocumentText(value: TemplateValue): value is DocumentText {
  return typeof value === 'object' && 'documentText' in value && typeof value['documentText'] === 'string';
}
