import { describe, expect, it } from 'vitest';
import type { RolePermissions } from '../../../../core/contract/permissions';
import {
  headline,
  rowWords,
  sourceWords,
  watchWords,
  whichServices,
} from '../../../../renderer/features/permissions/words';

type Row = RolePermissions['rows'][number];

const none: Row['cells'] = { list: 'none', read: 'none', write: 'none', permissions: 'none', tagging: 'none' };
const row = (service: string, cells: Partial<Row['cells']>, services: readonly string[] = [service]): Row => ({
  service,
  services: [...services],
  cells: { ...none, ...cells },
});
const permissions = (given: Partial<RolePermissions>): RolePermissions => ({
  from: 'target',
  readWith: 'owner',
  readAt: Date.UTC(2026, 10, 22, 13, 40),
  rows: [],
  isCompared: false,
  findings: [],
  unread: [],
  ...given,
});

describe('the words beside the permission map', () => {
  it.each<readonly [Partial<Row['cells']>, string]>([
    [{}, 'nothing'],
    [{ list: 'all', read: 'all', write: 'some' }, 'list, read all; write some'],
    [{ list: 'all', permissions: 'risky' }, 'list, grant all'],
    [{ read: 'some', tagging: 'extra' }, 'read some; tag more than agreed'],
  ])('of a row: %o is “%s”', (cells, words) => {
    expect(rowWords(row('S3', cells))).toBe(words);
  });

  it('name some of many services, and count the rest', () => {
    const names = Array.from({ length: 40 }, (_, index) => `S${index}`);
    expect(whichServices(row('40 services alike', {}, names))).toBe('S0, S1, S2, S3, S4, S5 and 34 more');
    expect(whichServices(row('S3', {}, ['S3', 'SQS']))).toBe('S3, SQS');
  });

  it('say first what is more than agreed, with its levels unless it is all of them', () => {
    const everything: Row['cells'] = {
      list: 'extra',
      read: 'extra',
      write: 'extra',
      permissions: 'extra',
      tagging: 'extra',
    };
    const rows = [row('IAM', everything), row('S3', { write: 'extra', list: 'all' }), row('SNS', { list: 'all' })];
    expect(headline(permissions({ rows, isCompared: true }))).toEqual({
      text: 'More than agreed: IAM, S3 (write).',
      isWarning: true,
    });
    const many = ['A', 'B', 'C', 'D', 'E'].map((name) => row(name, { list: 'extra' }));
    expect(headline(permissions({ rows: many, isCompared: true })).text).toBe(
      'More than agreed: A (list), B (list), C (list) and 2 more.',
    );
  });

  it('say that nothing is more only where that was compared', () => {
    const rows = [row('S3', { list: 'all' })];
    expect(headline(permissions({ rows, isCompared: true })).text).toBe('Nothing beyond what was agreed.');
    expect(headline(permissions({ rows })).text).toBe('It reaches 1 service.');
    const admin = [row('Every service', { list: 'all', permissions: 'risky' }, ['S3', 'IAM'])];
    expect(headline(permissions({ rows: admin }))).toEqual({
      text: 'It may also give rights to others.',
      isWarning: true,
    });
    expect(headline(permissions({})).text).toBe('Its policies allow nothing.');
  });

  it('say who read it, and never call what was agreed the present', () => {
    const now = Date.UTC(2026, 10, 22, 13, 45);
    expect(sourceWords(permissions({}), now)).toMatch(/^read with owner at \d\d:\d\d:\d\d$/);
    expect(sourceWords(permissions({ from: 'role' }), now)).toMatch(/^read by the role itself at /);
    expect(sourceWords(permissions({ from: 'agreed' }), now)).toBe('as it was agreed');
    expect(sourceWords(permissions({ from: 'nowhere' }), now)).toBe('not known');
  });

  it('count what is to watch', () => {
    const finding = {
      id: 'a',
      severity: 'warning',
      document: 'Trust policy',
      line: 1,
      message: 'm',
      narrow: 'n',
    } as const;
    expect(watchWords([finding], 'the trust policy')).toBe('1 thing to watch in the trust policy');
    expect(watchWords([finding, finding], 'the trust policy')).toBe('2 things to watch in the trust policy');
  });
});
