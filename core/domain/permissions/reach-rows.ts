import { accessLevels, type AccessLevel } from './action-levels';
import type { Reach, ServiceReach } from './reach';

/** `risky`: every way of giving rights to others, on everything. `extra`: more than was agreed. */
export type ReachCell = Reach | 'risky' | 'extra';

/** A line of the permission map: one service, or many that are alike. */
export type ReachRow = {
  readonly service: string;
  /** names of the services, where it is more than one */
  readonly services: readonly string[];
  readonly cells: Readonly<Record<AccessLevel, ReachCell>>;
};

/** As many alike are one row. */
const crowd = 12;
/** As few that differ are named one by one, also where nothing is allowed of them. */
const fewOthers = 12;

function cellOf({ extra, levels }: ServiceReach, level: AccessLevel): ReachCell | undefined {
  if (extra.includes(level)) return 'extra';
  const reach = levels[level];
  return reach === 'all' && level === 'permissions' ? 'risky' : reach;
}

type Cells = Partial<Record<AccessLevel, ReachCell>>;

function cellsOf(service: ServiceReach): Cells {
  const cells: Cells = {};
  for (const level of accessLevels) {
    const cell = cellOf(service, level);
    if (cell !== undefined) cells[level] = cell;
  }
  return cells;
}

function filled(cells: Cells): ReachRow['cells'] {
  const { list = 'none', permissions = 'none', read = 'none', tagging = 'none', write = 'none' } = cells;
  return { list, read, write, permissions, tagging };
}

/** A service that has no action of a level is like any other there. */
function fits(cells: Cells, pattern: Cells): boolean {
  return accessLevels.every((level) => cells[level] === undefined || cells[level] === pattern[level]);
}

type Read = { readonly name: string; readonly cells: Cells };

/** The cells that most of these have. */
function commonest(read: readonly Read[]): Cells {
  const counts = new Map<string, { readonly cells: Cells; count: number }>();
  for (const { cells } of read) {
    // Only a service with an action of each level can say what all have in common.
    if (accessLevels.some((level) => cells[level] === undefined)) continue;
    const key = accessLevels.map((level) => cells[level]).join();
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { cells, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].sort((one, other) => other.count - one.count)[0]?.cells ?? {};
}

const isReached = ({ cells }: Read): boolean => Object.values(cells).some((cell) => cell !== 'none');

/**
 * The rows of the picture: what is reached, a service each. Many services alike become one row: “Every service”, or
 * “Every other service” beside the few that differ, or “40 services alike”.
 */
export function reachRows(services: readonly ServiceReach[]): readonly ReachRow[] {
  const read = services.map((service): Read => ({ name: service.name, cells: cellsOf(service) }));
  const rows: ReachRow[] = [];
  let left: readonly Read[] = read;
  for (;;) {
    const candidates = left.filter(isReached);
    const pattern = commonest(candidates);
    const alike = left.filter(({ cells }) => fits(cells, pattern));
    const reached = alike.filter(isReached);
    if (Object.keys(pattern).length === 0 || reached.length < crowd) break;
    const others = left.filter((one) => !alike.includes(one));
    const isEvery = rows.length === 0 && others.length === 0;
    const isMost = rows.length === 0 && others.length <= fewOthers;
    rows.push({
      service: isEvery ? 'Every service' : isMost ? 'Every other service' : `${reached.length} services alike`,
      services: reached.map(({ name }) => name),
      cells: filled(pattern),
    });
    left = others;
    if (isMost) return [...rows, ...others.map(oneRow)];
  }
  return [...rows, ...left.filter(isReached).map(oneRow)];
}

function oneRow({ cells, name }: Read): ReachRow {
  return { service: name, services: [name], cells: filled(cells) };
}
