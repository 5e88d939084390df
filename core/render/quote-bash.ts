/**
 * A text as one word of bash. SECURITY(S-26): nothing is read within single quotes, and a single quote cannot stand
 * there. Double quotes are taken only where nothing in the text has a meaning inside them. U+0000 has no place in a
 * word; `whyNotRendered` refuses it before.
 */
export function quoteBash(text: string): string {
  if (text.includes("'") && !/["$`\\!]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
