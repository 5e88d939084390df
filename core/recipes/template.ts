import type { When } from './recipe';

/** What stands for what: answers by their parameter's name, and what is known of the accounts. */
export type TemplateValues = Readonly<Record<string, string>>;

const placeholder = /\{\{([A-Za-z]+(?::[\w+=,.@/-]+)?)\}\}/g;

/**
 * The text with every `{{name}}` replaced. IAM's own `${aws:username}` stays: it has another form. Throws for a name
 * that nothing stands for, which is a mistake in a recipe: no placeholder may survive into a policy.
 */
export function fill(text: string, values: TemplateValues): string {
  return text.replace(placeholder, (_whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`A recipe names {{${name}}}, and nothing stands for it.`);
    return value;
  });
}

/** The same for every text in a JSON value. What is put in cannot become structure: it stays inside its text. */
export function fillDocument(value: unknown, values: TemplateValues): unknown {
  if (typeof value === 'string') return fill(value, values);
  if (Array.isArray(value)) return value.map((item) => fillDocument(item, values));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillDocument(item, values)]));
  }
  return value;
}

export function holds(when: When | undefined, values: TemplateValues): boolean {
  return when === undefined || values[when.parameter] === when.is;
}
