const plain = /[\n\x20-\x7e]+|[^\n\x20-\x7e]+/g;

/**
 * A text as one expression of PowerShell, of ASCII characters only: Windows PowerShell 5.1 reads a file without a byte order
 * mark in the computer's own code page, and PowerShell takes typographic quotes for quotes. SECURITY(S-26): nothing is read
 * within single quotes but a doubled one.
 */
export function quotePowerShell(text: string): string {
  const pieces = (text.match(plain) ?? []).map((piece) =>
    /^[\n\x20-\x7e]/.test(piece) ? `'${piece.replaceAll("'", "''")}'` : `[string]::new([char[]](${codes(piece)}))`,
  );
  if (pieces.length === 0) return "''";
  if (pieces.length === 1 && pieces[0]?.startsWith("'")) return pieces[0];
  return `(${pieces.join(' + ')})`;
}

function codes(text: string): string {
  return text
    .split('')
    .map((unit) => `0x${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join(',');
}
