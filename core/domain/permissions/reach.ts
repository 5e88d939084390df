import { compileActions } from '../policy-compile';
import { parsePolicyDocument, type PolicyStatement, type PolicyUse } from '../policy-document';
import { accessLevels, type AccessLevel, type ServiceActions } from './action-levels';

/**
 * How far something reaches. `none`: nothing of it is allowed on any resource. `all`: all of it is allowed on every
 * resource, without conditions. `some`: anything between; conditions are not evaluated, so it may be less than it looks.
 */
export type Reach = 'none' | 'some' | 'all';

/** What one role may do: JSON texts of its policies, whichever way they are held, and of its boundary. */
export type RoleDocuments = {
  readonly identity: readonly string[];
  readonly boundary?: string;
};

/** One service: what is allowed of it by level. Levels of which it has no action are not there. */
export type ServiceReach = {
  readonly prefix: string;
  readonly name: string;
  readonly levels: Readonly<Partial<Record<AccessLevel, Reach>>>;
  /** levels at which there is more than was agreed */
  readonly extra: readonly AccessLevel[];
};

type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly covers: (asked: { readonly actionLowerCase: string; readonly service: string }) => boolean;
  /** it names every resource, and sets no condition */
  readonly isWhole: boolean;
  /** where and when it holds, to tell one limit from another */
  readonly limits: string;
};

/** What is known of one action: its reach, and where it is limited, by what. */
type ActionReach = { readonly reach: Reach; readonly allows: readonly string[]; readonly denies: readonly string[] };

const nothing: ActionReach = { reach: 'none', allows: [], denies: [] };

function readStatement({ actions, conditions, effect, resources }: PolicyStatement): Statement[] {
  const values = resources?.values ?? ['*'];
  const negated = resources?.negated === true;
  const namesAll = values.includes('*');
  // Whatever is not among all resources is none.
  if (negated && namesAll) return [];
  return [
    {
      effect,
      covers: compileActions(actions),
      isWhole: namesAll && conditions.length === 0,
      limits: JSON.stringify([negated, [...values].sort(), conditions]),
    },
  ];
}

function readStatements(texts: readonly string[], use: PolicyUse): readonly Statement[] {
  return texts.flatMap((text) => {
    const read = parsePolicyDocument(text, use);
    return read.ok ? read.document.statements.flatMap(readStatement) : [];
  });
}

/** What one layer of policies says of an action: all allows of it together, cut by its denials. */
function layerReach(statements: readonly Statement[], service: string, actionLowerCase: string): ActionReach {
  const met = statements.filter(({ covers }) => covers({ actionLowerCase, service }));
  const allows = met.filter(({ effect }) => effect === 'Allow');
  const denies = met.filter(({ effect }) => effect === 'Deny');
  if (allows.length === 0 || denies.some(({ isWhole }) => isWhole)) return nothing;
  const isWhole = denies.length === 0 && allows.some((one) => one.isWhole);
  return {
    reach: isWhole ? 'all' : 'some',
    allows: allows.map(({ limits }) => limits),
    denies: denies.map(({ limits }) => limits),
  };
}

type Layers = { readonly identity: readonly Statement[]; readonly boundary: readonly Statement[] | undefined };

function readLayers({ boundary, identity }: RoleDocuments): Layers {
  return {
    identity: readStatements(identity, 'identity'),
    boundary: boundary === undefined ? undefined : readStatements([boundary], 'boundary'),
  };
}

/** Both layers must let it through (IAM User Guide, "Permissions boundaries"). */
function actionReach({ boundary, identity }: Layers, service: string, name: string): ActionReach {
  const actionLowerCase = `${service}:${name}`.toLowerCase();
  const own = layerReach(identity, service, actionLowerCase);
  if (boundary === undefined || own.reach === 'none') return own;
  const cut = layerReach(boundary, service, actionLowerCase);
  if (cut.reach === 'none') return nothing;
  return cut.reach === 'all'
    ? own
    : {
        reach: 'some',
        // What the boundary leaves is a limit too: without it there is more.
        allows: own.allows.map((limits) => `${limits} ${cut.allows.join(' ')}`),
        denies: [...own.denies, ...cut.denies],
      };
}

const order: Readonly<Record<Reach, number>> = { none: 0, some: 1, all: 2 };

/** More than before: farther, or as far but somewhere else. */
function isMore(now: ActionReach, agreed: ActionReach): boolean {
  if (order[now.reach] !== order[agreed.reach]) return order[now.reach] > order[agreed.reach];
  if (now.reach !== 'some') return false;
  return (
    now.allows.some((limits) => !agreed.allows.includes(limits)) ||
    agreed.denies.some((limits) => !now.denies.includes(limits))
  );
}

function together(reaches: readonly Reach[]): Reach {
  const [first = 'none'] = reaches;
  return reaches.every((reach) => reach === first) ? first : 'some';
}

/**
 * How far a role's policies reach, by service and access level. With `agreed`, levels that now hold more than those
 * policies did are named as `extra`. Service control policies, session policies and policies of resources are not in
 * it. Pure; a document that is no policy counts as none.
 */
export function reachOf(
  services: readonly ServiceActions[],
  documents: RoleDocuments,
  agreed?: RoleDocuments,
): readonly ServiceReach[] {
  const now = readLayers(documents);
  const before = agreed === undefined ? undefined : readLayers(agreed);
  return services.map(({ actions, name, prefix }) => {
    const levels: Partial<Record<AccessLevel, Reach>> = {};
    const extra: AccessLevel[] = [];
    for (const level of accessLevels) {
      const names = actions[level];
      if (names.length === 0) continue;
      const reaches = names.map((action) => actionReach(now, prefix, action));
      levels[level] = together(reaches.map(({ reach }) => reach));
      if (before === undefined) continue;
      const isExtra = names.some((action, index) =>
        isMore(reaches[index] ?? nothing, actionReach(before, prefix, action)),
      );
      if (isExtra) extra.push(level);
    }
    return { prefix, name, levels, extra };
  });
}
