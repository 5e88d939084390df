import type { OrganizationView } from '../../core/contract/organization';
import { clip } from '../../core/clip';
import type { PlannedLine, WrittenLine } from '../../core/domain/account-list';
import { roleNameSchema } from '../../core/domain/limits';
import type { SubAccount } from '../../core/domain/sub-account';
import { validateCreateAccount } from '../aws/validate';
import { grouped } from '../../core/grouped';

export type Managed = Extract<OrganizationView, { kind: 'management' }>;

/** What each line would come to, by what AWS and the records have now. */
export function planLines(
  written: readonly WrittenLine[],
  view: Managed,
  records: readonly SubAccount[],
): readonly PlannedLine[] {
  const firstWith = new Map<string, number>();
  const accounts = new Map(view.accounts.map((account) => [account.email.toLowerCase(), account]));
  const asked = new Map(
    records.flatMap((one) => (one.state === 'failed' ? [] : [[one.wish.email.toLowerCase(), one] as const])),
  );
  return written.map((line): PlannedLine => {
    const wrong = (why: string): PlannedLine => ({ ...line, verdict: 'wrong', why: clip(why, 400) });
    const fault = faultOf(line);
    if (fault !== undefined) return wrong(fault);
    const key = line.email.toLowerCase();
    const earlier = firstWith.get(key);
    if (earlier !== undefined) return wrong(`Line ${String(earlier)} has the same e-mail address.`);
    firstWith.set(key, line.line);
    const account = accounts.get(key);
    if (account !== undefined) {
      const called = account.name === line.name ? '' : `, called “${account.name}”`;
      return { ...line, verdict: 'there', accountId: account.id, why: `It is in the organization${called}.` };
    }
    const record = asked.get(key);
    if (record === undefined) return { ...line, verdict: 'make' };
    const how = record.state === 'stopped' ? ', and stopped: go on with it there' : '';
    return { ...line, verdict: 'there', why: `It was asked for already${how}.` };
  });
}

function faultOf({ accessRoleName, email, name, unit }: WrittenLine): string | undefined {
  if (name === '') return 'It has no name.';
  if (email === '') return 'It has no e-mail address.';
  const role = roleNameSchema.safeParse(accessRoleName).error?.issues[0]?.message;
  if (role !== undefined) return `The access role: ${role}`;
  if (unit.some((part) => part.includes('/'))) return 'Units nest five deep below the root at most.';
  const invalid = validateCreateAccount({ email, name, roleName: accessRoleName, tags: [] });
  return invalid === undefined ? undefined : `${invalid.message} ${invalid.whatToDo}`;
}

/** A path as one text. Names of units may hold a slash. */
export function unitKey(path: readonly string[]): string {
  return path.join('\u0000');
}

/** IDs by key of the path of the units that are there; the path of the root is empty. */
export function unitsByPath({ rootId, units }: Managed): ReadonlyMap<string, string> {
  const known = new Map<string, string>([[unitKey([]), rootId]]);
  const inside = grouped(units, ({ parentId }) => parentId);
  const below = (parentId: string, path: readonly string[]): void => {
    for (const unit of inside.get(parentId) ?? []) {
      const inner = [...path, unit.name];
      known.set(unitKey(inner), unit.id);
      below(unit.id, inner);
    }
  };
  below(rootId, []);
  return known;
}

/** Paths that the lines to make need and that are not there, the upper ones first. */
export function missingUnits(lines: readonly PlannedLine[], view: Managed): readonly (readonly string[])[] {
  const known = unitsByPath(view);
  const missing = new Map<string, readonly string[]>();
  for (const { unit, verdict } of lines) {
    if (verdict !== 'make') continue;
    for (let depth = 1; depth <= unit.length; depth += 1) {
      const path = unit.slice(0, depth);
      if (!known.has(unitKey(path))) missing.set(unitKey(path), path);
    }
  }
  return [...missing.values()].sort((a, b) => a.length - b.length);
}
