import type { ServiceActions } from '../permissions/action-levels';
import { accessLevels } from '../permissions/action-levels';
import type { NarrowingChoice, ServiceUsage } from './usage';

const dayMs = 86_400_000;

/** What goes, and what stays. Names of actions in lower case, as IAM compares them. */
export type Cut = {
  /** Services that stay, of those that AWS told of. */
  readonly kept: ReadonlySet<string>;
  /** Services that AWS told of. */
  readonly told: ReadonlySet<string>;
  /** Of services that stay: single actions that go. */
  readonly removed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every action that is known of a service, as it is written. */
  readonly actionsOf: (namespace: string) => readonly string[];
};

/** Whether it was used in the days that count. `now` in ms since the epoch. */
export function isUnused(lastAt: number | undefined, { unusedForDays }: NarrowingChoice, now: number): boolean {
  return lastAt === undefined || lastAt < now - unusedForDays * dayMs;
}

/** What a choice comes to. Of an action that AWS keeps no track of nothing is known, so it stays with its service. */
export function cutOf(
  usage: readonly ServiceUsage[],
  services: readonly ServiceActions[],
  choice: NarrowingChoice,
  now: number,
): Cut {
  const keep = new Set(choice.keep.map((id) => id.toLowerCase()));
  const kept = new Set<string>();
  const removed = new Map<string, ReadonlySet<string>>();
  for (const { actions, lastAt, namespace } of usage) {
    if (isUnused(lastAt, choice, now) && !keep.has(namespace)) continue;
    kept.add(namespace);
    if (choice.level === 'services' || keep.has(namespace)) continue;
    const gone = actions
      .filter((action) => isUnused(action.lastAt, choice, now))
      .map(({ name }) => name.toLowerCase())
      .filter((name) => !keep.has(`${namespace}:${name}`));
    if (gone.length > 0) removed.set(namespace, new Set(gone));
  }
  const known = new Map(services.map((service) => [service.prefix, service]));
  return {
    ...{ kept, removed },
    told: new Set(usage.map(({ namespace }) => namespace)),
    actionsOf: (namespace) => {
      const actions = known.get(namespace)?.actions;
      return actions === undefined ? [] : accessLevels.flatMap((level) => actions[level]).sort();
    },
  };
}
