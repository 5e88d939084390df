import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../../renderer/ui/line-diff';

describe('diffLines', () => {
  it('marks the digits that differ in a corrected account', () => {
    const lines = diffLines(
      ['{', '"Effect": "Allow",', '"AWS": "arn:aws:iam::111122223323:root"', '"Action": "sts:AssumeRole"', '}'],
      ['{', '"Effect": "Allow",', '"AWS": "arn:aws:iam::111122223333:root"', '"Action": "sts:AssumeRole"', '}'],
    );
    expect(lines.map((line) => `${line.kind} ${String(line.lineNumber)}`)).toEqual([
      'same 2',
      'removed 3',
      'added 3',
      'same 4',
    ]);
    expect(lines.flatMap((line) => line.parts.filter((part) => part.marked).map((part) => part.text))).toEqual([
      '2',
      '3',
    ]);
  });

  it('puts each line that was replaced beside what took its place', () => {
    const lines = diffLines(['a1', 'b1'], ['a2', 'b2']);
    expect(lines.map((line) => line.kind)).toEqual(['removed', 'added', 'removed', 'added']);
  });

  it('shows nothing of two equal documents', () => {
    expect(diffLines(['{', '}'], ['{', '}'])).toEqual([]);
  });

  it('gives back both documents when everything is kept', () => {
    const document = fc.array(fc.constantFrom('{', '}', '"a"', '"b"', '"c"'), { maxLength: 12 });
    fc.assert(
      fc.property(document, document, (before, after) => {
        const lines = diffLines(before, after, 100).map((line) => ({
          kind: line.kind,
          text: line.parts.map((part) => part.text).join(''),
        }));
        const isChanged = before.join('\n') !== after.join('\n');
        if (!isChanged) return;
        expect(lines.filter((line) => line.kind !== 'added').map((line) => line.text)).toEqual(before);
        expect(lines.filter((line) => line.kind !== 'removed').map((line) => line.text)).toEqual(after);
      }),
    );
  });
});
