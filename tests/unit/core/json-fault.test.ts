import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOfJsonFault } from '../../../core/json-fault';
import { fuzzRuns } from '../../support/fuzz-runs';

describe('where a text ceases to be JSON', () => {
  test.each<[string, number | undefined]>([
    ['{\n  "Version": "2012-10-17",\n  "Statement": [}\n}', 3],
    ['{\n  "a": 1,\n}', 3],
    ['{\n  "a": 1\n  "b": 2\n}', 3],
    ['{"a": 1}\n\n}', 3],
    ['{\n"a": tru', 2],
    ['{\n"a": "never closed\n}', 2],
    ['[1,\n2', 2],
    ['', 1],
    ['{\n  "a": [1, -0.5e3, "x\\u00e9\\n", null, true, {}, []]\n}\n', undefined],
  ])('%j: line %s', (text, line) => {
    expect(lineOfJsonFault(text)).toBe(line);
  });

  test('says so of exactly those texts that JSON.parse refuses', () => {
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const whole = fc.json({ maxDepth: 4 });
    const broken = fc
      .tuple(whole, fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '{', ':', '\\', '\n', 'x', '-', '01'))
      .map(([text, at, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + (put === '' ? 1 : 0));
      });
    fc.assert(
      fc.property(fc.oneof(whole, broken, fc.string()), (text) => {
        expect(lineOfJsonFault(text) === undefined, text).toBe(isJson(text));
      }),
      { numRuns: fuzzRuns(3000) },
    );
  });
});
