import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addLines,
  findLines,
  isForeignEncoding,
  lineBreakOf,
  profileNames,
  removeLines,
  replaceLines,
  writeLines,
} from '../../../main/handoff/profile-text';
import { fuzzRuns } from '../../support/fuzz-runs';

const id = '0f9c1b6e-6f2a-4a0e-9a31-2f1f6f1f9a11';
const other = '1f9c1b6e-6f2a-4a0e-9a31-2f1f6f1f9a12';
const lines = [
  '[profile ours]',
  'credential_process = "/opt/Sally port/sallyport" --credential-process x',
  'region = eu-west-1',
];
const block = (bytes: string, which = id) => writeLines({ id: which, title: 'Ünïted', lines }, lineBreakOf(bytes));

const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Files as people and programs leave them, bytes that are no text included. */
const line = fc.oneof(
  fc.constantFrom(
    '[default]',
    '[profile acme]',
    '[profile acme]',
    '[profile "with spaces"]',
    '[sso-session corp]',
    'region = eu-west-1',
    '  s3 =',
    '    max_concurrent_requests = 20',
    '# a comment',
    '; another',
    'aws_secret_access_key=abc # not a comment',
    '',
    '[unclosed',
    '# sallyport:begin-like words',
  ),
  fc
    .array(
      fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 10 && byte !== 13),
      { maxLength: 12 },
    )
    .map((bytes) => String.fromCharCode(...bytes)),
);
const foreign = fc
  .record({
    bom: fc.boolean(),
    rows: fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 14 }),
    last: fc.option(line, { nil: '' }),
  })
  .map(({ bom, rows, last }) => `${bom ? toBytes('\ufeff') : ''}${rows.map((row) => row.join('')).join('')}${last}`)
  .filter((bytes) => !isForeignEncoding(bytes));

describe('S-24: what others wrote in an AWS file', () => {
  it('is byte for byte the same around our lines, and after they are gone', () => {
    fc.assert(
      fc.property(foreign, (bytes) => {
        const added = addLines(bytes, block(bytes));
        expect(added.bytes.startsWith(bytes)).toBe(true);
        const found = findLines(added.bytes, id);
        if (found.kind !== 'whole') throw new Error(found.kind);
        expect(removeLines(added.bytes, found.place, added.lead)).toBe(bytes);
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('stays so when our lines are changed in their place', () => {
    fc.assert(
      fc.property(foreign, foreign, (before, after) => {
        const added = addLines(before, block(before));
        const whole = added.bytes + after;
        const found = findLines(whole, id);
        if (found.kind !== 'whole') throw new Error(found.kind);
        const next = `# sallyport:begin ${id} · other\n[profile other]\n# sallyport:end ${id}\n`;
        const replaced = replaceLines(whole, found.place, next);
        expect(replaced).toBe(added.bytes.slice(0, found.place.start) + next + after);
      }),
    );
  });

  it('keeps its last line apart from what was written after ours, when ours are taken away', () => {
    fc.assert(
      fc.property(foreign, foreign, (before, after) => {
        fc.pre(after !== '');
        const added = addLines(before, block(before));
        const found = findLines(added.bytes + after, id);
        if (found.kind !== 'whole') throw new Error(found.kind);
        const left = removeLines(added.bytes + after, found.place, added.lead);
        expect(left.startsWith(before)).toBe(true);
        expect(left.endsWith(after)).toBe(true);
        const between = left.slice(before.length, left.length - after.length);
        expect(between).toMatch(/^(\r?\n)?$/);
        if (before !== '' && before !== toBytes('\ufeff') && !before.endsWith('\n')) expect(between).not.toBe('');
      }),
    );
  });

  it('is not taken for ours by what another of our profiles says', () => {
    const first = addLines('', block(''));
    const both = addLines(first.bytes, block(first.bytes, other));
    const found = findLines(both.bytes, id);
    if (found.kind !== 'whole') throw new Error(found.kind);
    expect(removeLines(both.bytes, found.place, first.lead)).toContain(other);
    expect(findLines(removeLines(both.bytes, found.place, first.lead), id)).toEqual({ kind: 'none' });
  });
});

describe('our lines', () => {
  it('take the line breaks of the file they come into', () => {
    expect(block('[default]\r\nregion = eu-west-1\r\n').split('\r\n')).toHaveLength(6);
    expect(block('[default]\n')).not.toContain('\r');
  });

  it('are not whole when one of their comments is gone, stands twice, or another section has come between', () => {
    const whole = block('');
    expect(findLines(whole.replace(/# sallyport:end.*\n/, ''), id)).toEqual({ kind: 'torn' });
    expect(findLines(whole.replace(/# sallyport:begin.*\n/, ''), id)).toEqual({ kind: 'torn' });
    expect(findLines(whole + whole, id)).toEqual({ kind: 'torn' });
    expect(findLines(whole.replace('region', '[profile foreign]\nregion'), id)).toEqual({ kind: 'torn' });
  });

  it('are in ASCII, whatever the connection is called', () => {
    expect(block('')).toMatch(/^[ -~\n]*$/);
    expect(block('')).toContain('United');
  });

  it('know the names of others', () => {
    const bytes = toBytes(
      '\ufeff[default]\n[profile a b]\n[ profile "c d" ]\n[sso-session e]\n[profile ü]\n[profile x\n',
    );
    expect([...profileNames(bytes, 'config')]).toEqual(['default', 'a b', 'c d', 'ü']);
    expect([...profileNames('[one]\r\n[two]', 'credentials')]).toEqual(['one', 'two']);
  });

  it('do not go into a file of UTF-16', () => {
    expect(isForeignEncoding(Buffer.from('\ufeff[default]', 'utf16le').toString('latin1'))).toBe(true);
    expect(isForeignEncoding(toBytes('\ufeff[default]'))).toBe(false);
  });
});
