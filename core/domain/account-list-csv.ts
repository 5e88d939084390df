import { err, ok, type Result } from '../result';

/** `line`: where the row begins in the text, 1 for the first. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** What is not CSV, where, in a sentence. */
export type CsvFault = { readonly line: number; readonly message: string };

/** Also those that programs write where the comma separates decimals. */
const separators = [',', ';', '\t'] as const;

/**
 * Rows of comma-separated text (RFC 4180), strictly: a quote begins a cell or is doubled within a quoted one, and nothing
 * follows it but a separator. Semicolons and tabs separate where the first line has no comma. Empty lines are left out;
 * blanks around cells that are not quoted do not count.
 */
export function parseCsv(text: string): Result<readonly CsvRow[], CsvFault> {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const first = /^[^\r\n]*/.exec(source.trimStart())?.[0] ?? '';
  const separator = separators.find((one) => first.includes(one)) ?? ',';
  const rows: CsvRow[] = [];
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  let cell = '';
  let at = 0;
  // a quoted cell is over: only its end may follow
  let isClosed = false;
  const endCell = () => {
    cells.push(isClosed ? cell : cell.trim());
    cell = '';
    isClosed = false;
  };
  const endRow = () => {
    endCell();
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells });
    cells = [];
    begun = line;
  };
  while (at < source.length) {
    const sign = source.charAt(at);
    at += 1;
    if (sign === separator) endCell();
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && source.charAt(at) === '\n') at += 1;
      line += 1;
      endRow();
    } else if (isClosed) {
      if (sign !== ' ') return err({ line, message: 'Something follows a closing quote.' });
    } else if (sign !== '"') cell += sign;
    else if (cell.trim() !== '')
      return err({ line, message: 'A quote stands within a cell that does not begin with one.' });
    else {
      const quoted = readQuoted(source, at);
      if (quoted === undefined) return err({ line, message: 'A quote is opened and never closed.' });
      cell = quoted.text;
      at = quoted.next;
      isClosed = true;
      line += quoted.text.split(/\r\n|\r|\n/).length - 1;
    }
  }
  endRow();
  return ok(rows);
}

function readQuoted(source: string, from: number): { readonly text: string; readonly next: number } | undefined {
  let text = '';
  for (let at = from; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (sign !== '"') text += sign;
    else if (source.charAt(at + 1) === '"') {
      text += '"';
      at += 1;
    } else return { text, next: at + 1 };
  }
  return undefined;
}

/**
 * Comma-separated text of rows. SECURITY(S-31): a cell that a spreadsheet would calculate is written behind an
 * apostrophe, for names come from other people.
 */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(formatCell).join(',')}\r\n`).join('');
}

function formatCell(cell: string): string {
  const harmless = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
