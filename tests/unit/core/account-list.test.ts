import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAccountList, type WrittenLine } from '../../../core/domain/account-list';
import { formatCsv, parseCsv } from '../../../core/domain/account-list-csv';

const cellsOf = (text: string) => {
  const parsed = parseCsv(text);
  return parsed.ok ? parsed.value.map(({ cells }) => cells) : parsed.error;
};

describe('CSV', () => {
  test('what is written is read back as it was, whatever is in it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', ' ', '\t', '=', '1') });
    const plain = cell.filter((text) => !/^\s*[=\t\r]/.test(text));
    const rows = fc.array(fc.array(plain, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (given) => {
        // the first line says what separates: with a comma in it, commas do
        expect(cellsOf(formatCsv([['a', 'b'], ...given]))).toEqual([['a', 'b'], ...given]);
      }),
    );
  });

  test('S-31: no cell begins with what a spreadsheet calculates, and nothing of it is lost', () => {
    const dangerous = fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' =', '\n='), fc.string());
    fc.assert(
      fc.property(dangerous, ([sign, rest]) => {
        const text = formatCsv([['x', `${sign}${rest}`]]);
        const cell = (cellsOf(text) as readonly (readonly string[])[])[0]?.[1] ?? '';
        expect(cell).toBe(`'${sign}${rest}`);
      }),
    );
  });

  test('any text is read or refused with a line, never more', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') }), (text) => {
        const parsed = parseCsv(text);
        if (!parsed.ok) expect(parsed.error.line).toBeGreaterThan(0);
        else expect(parsed.value.every(({ cells }) => cells.length > 0)).toBe(true);
      }),
    );
  });

  test.each([
    ['a "b",c', 1, 'within a cell'],
    ['a,b\n"c"d,e', 2, 'follows a closing quote'],
    ['a,b\n\n"c,d', 3, 'never closed'],
  ])('%j is refused at line %i', (text, line, words) => {
    expect(cellsOf(text)).toMatchObject({ line, message: expect.stringContaining(words) as unknown });
  });

  test('a mark of the byte order, other separators and empty lines do not matter', () => {
    expect(cellsOf('\uFEFFa;b\r\n\r\nc;"d;""e"""\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd;"e"'],
    ]);
    expect(cellsOf('a\tb, c')).toEqual([['a\tb', 'c']]);
    expect(cellsOf('a\tb')).toEqual([['a', 'b']]);
  });
});

describe('a list of accounts', () => {
  const lines = (text: string) => {
    const read = readAccountList(text, 'Usual');
    if (!read.ok) throw new Error(read.error.message);
    return read.value;
  };
  const line = (one: Partial<WrittenLine>): WrittenLine => ({
    ...{ line: 1, name: 'One', email: 'one@example.com', unit: [], accessRoleName: 'Usual', ...one },
  });

  test('columns in their order, or as the first row names them; units as paths', () => {
    expect(lines('One,one@example.com\nTwo,two@example.com,Root / Work / Test,Own')).toEqual([
      line({}),
      line({ line: 2, name: 'Two', email: 'two@example.com', unit: ['Work', 'Test'], accessRoleName: 'Own' }),
    ]);
    expect(lines('E-mail,OU,Name\none@example.com,/Work/,One')).toEqual([line({ line: 2, unit: ['Work'] })]);
  });

  test('what is no list says where', () => {
    const fault = (text: string) => {
      const read = readAccountList(text, 'Usual');
      return read.ok ? undefined : read.error;
    };
    expect(fault('\n \n')).toMatchObject({ line: 1 });
    expect(fault('name,email')).toMatchObject({ line: 1 });
    expect(fault('name,email,colour\na,b,c')?.message).toContain('“colour”');
    expect(fault('email,name,email\na,b,c')?.message).toContain('twice');
    expect(fault('One,one@example.com\nTwo,two@example.com,,,more')).toMatchObject({ line: 2 });
    const many = Array.from({ length: 501 }, (_one, index) => `A${String(index)},a${String(index)}@example.com`);
    expect(fault(many.join('\n'))).toMatchObject({ line: 501 });
    expect(lines(many.slice(1).join('\n'))).toHaveLength(500);
  });
});
