import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourJsonLine, toLines } from '../../../../renderer/ui/json-lines';

const kinds = (line: string): readonly string[] =>
  colourJsonLine(line)
    .filter((token) => token.kind !== 'space')
    .map((token) => `${token.kind} ${token.text}`);

describe('colourJsonLine', () => {
  it('tells keys from values', () => {
    expect(kinds('    "Action": ["s3:GetObject", "s3:*"],')).toEqual([
      'key "Action"',
      'punctuation :',
      'punctuation [',
      'string "s3:GetObject"',
      'punctuation ,',
      'string "s3:*"',
      'punctuation ],',
    ]);
  });

  it('knows escapes, numbers and literals', () => {
    expect(kinds(String.raw`"a\"b": true, "n": 3600`)).toEqual([
      String.raw`key "a\"b"`,
      'punctuation :',
      'literal true',
      'punctuation ,',
      'key "n"',
      'punctuation :',
      'literal 3600',
    ]);
  });

  it('keeps every character of any line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (line) => {
        const single = line.replaceAll(/[\r\n]/g, '');
        expect(
          colourJsonLine(single)
            .map((token) => token.text)
            .join(''),
        ).toBe(single);
      }),
    );
  });
});

describe('toLines', () => {
  it('has no empty line for a final line break', () => {
    expect(toLines('{\n}\n')).toEqual(['{', '}']);
    expect(toLines('{\r\n}')).toEqual(['{', '}']);
  });
});
