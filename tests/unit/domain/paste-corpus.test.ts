import { describe, expect, test } from 'vitest';
import { parseRoleArn } from '../../../core/domain/arn';
import { readRoleReference } from '../../../core/domain/role-reference';
import { caller, type PasteEntry } from './paste-corpus';
import { pastedArns } from './paste-corpus-arns';
import { pastedNames } from './paste-corpus-names';
import { pastedOutputs } from './paste-corpus-tools';
import { pastedMistakes } from './paste-corpus-wrong';

const groups: Readonly<Record<string, readonly PasteEntry[]>> = {
  'role ARNs': pastedArns,
  'names, accounts and addresses': pastedNames,
  'what programs print': pastedOutputs,
  'what is not a role': pastedMistakes,
};

function cases(entries: readonly PasteEntry[]): [string, PasteEntry][] {
  return entries.map((entry) => [entry.name, entry]);
}

test('no two texts of the corpus are the same, and there are some hundreds', () => {
  const all = Object.values(groups).flat();
  const keys = all.map((entry) => JSON.stringify([entry.text, entry.context]));
  const repeated = all.filter((_entry, index) => keys.indexOf(keys[index] ?? '') !== index).map((entry) => entry.name);
  expect(repeated).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(250);
});

describe.each(Object.entries(groups))('%s', (_group, entries) => {
  test.each(cases(entries))('%s', (_name, { context = caller, gives, text }) => {
    const reference = readRoleReference(text, context);
    switch (gives.kind) {
      case 'found':
        expect(reference).toMatchObject({ kind: 'found', arn: gives.arn, leftOut: gives.leftOut });
        if (reference.kind !== 'found') return;
        expect(reference.note?.kind).toBe(gives.note);
        expect(reference.changes.map((segment) => segment.text).join('')).toBe(text);
        return;
      case 'needs-account-id':
        expect(reference).toMatchObject(gives);
        return;
      case 'wrong':
        expect(reference).toMatchObject({ kind: 'wrong', what: gives.what });
        if (reference.kind !== 'wrong') return;
        expect(reference.message).toContain(gives.says);
        expect(reference.whereToFind).not.toBe('');
        return;
      case 'secret':
        // Nothing but the refusal: not even which role stood beside it.
        expect(Object.keys(reference).toSorted()).toEqual(['kind', 'message', 'what', 'whereToFind']);
        expect(reference).toMatchObject({ kind: 'secret', what: gives.what });
        expect(JSON.stringify(reference)).not.toMatch(/IOSFODNN7|wJalrXUt|IQoJb3Jp|222233334444/);
        return;
      case 'several':
        expect(reference).toMatchObject({ kind: 'several', arns: gives.arns });
        return;
      case 'nothing':
        expect(reference.kind).toBe('nothing');
    }
  });

  // A field of one line has blanks where the clipboard had line breaks.
  test.each(cases(entries.filter((entry) => /[\r\n]/.test(entry.text.trim()))))(
    '%s, in a field of one line',
    (_name, { context = caller, gives, text }) => {
      const reference = readRoleReference(text.replaceAll(/\r\n|\r|\n/g, ' '), context);
      expect(reference.kind).toBe(gives.kind);
      if (reference.kind === 'found' && gives.kind === 'found') expect(reference.arn).toBe(gives.arn);
    },
  );

  test.each(cases(entries.filter((entry) => entry.gives.kind === 'found')))(
    '%s: what is kept is of the role',
    (_name, { context = caller, text }) => {
      const reference = readRoleReference(text, context);
      if (reference.kind !== 'found') throw new Error(reference.kind);
      const kept = reference.changes.filter((segment) => segment.kept).map((segment) => segment.text);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.join('').replaceAll(/[^A-Za-z0-9]/g, '').length).toBeLessThanOrEqual(reference.arn.length + 40);
      expect(parseRoleArn(reference.arn)).toBeDefined();
    },
  );
});
