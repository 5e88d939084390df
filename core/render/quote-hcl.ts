/**
 * A text as one expression of Terraform's language. SECURITY(S-26): `${` and `%{` begin templates in both kinds of its
 * strings, and are escaped in both. Terraform itself normalises every string to NFC.
 */
export function quoteHcl(text: string): string {
  return text.includes('\n') && canBeHeredoc(text) ? heredoc(text) : literal(text);
}

const named: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

function literal(text: string): string {
  const escaped = text.replace(
    /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|[$%](?=\{)/g,
    (unit) => named[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** `$$${` would be read in two ways, and control characters are easily lost on their way: these go into a literal. */
function canBeHeredoc(text: string): boolean {
  return !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|[$%]{2,}\{/.test(text);
}

/** A heredoc keeps the line end before its marker, which the text does not have. */
function heredoc(text: string): string {
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  let marker = 'EOT';
  while (lines.has(marker)) marker += '_';
  return `trimsuffix(<<${marker}\n${text.replace(/[$%](?=\{)/g, '$&$&')}\n${marker}\n  , "\\n")`;
}
