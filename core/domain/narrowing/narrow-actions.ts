import { compilePattern, matchesPattern } from '../policy-match';
import type { Cut } from './cut';

/**
 * Giving a role on to a service is not told of as a use of IAM: whoever may do it may do it still, as long as anything else
 * stays.
 */
const passRole = 'PassRole';

/** The same list of action patterns without what goes. Never lets through what the list did not. Empty: nothing is left. */
export function narrowActions(patterns: readonly string[], cut: Cut): string[] {
  return [...new Set(patterns.flatMap((pattern) => narrowPattern(pattern, cut)))];
}

/** What goes on being allowed of IAM though it was not used. */
function passing(cut: Cut): readonly string[] {
  return cut.kept.size > 0 && !cut.kept.has('iam') ? [`iam:${passRole}`] : [];
}

/**
 * What `NotAction` allows, as a list of what stays of it; `undefined` where that cannot be said, as the actions of a
 * service that it names in part are not known.
 */
export function narrowAllBut(patterns: readonly string[], cut: Cut): string[] | undefined {
  const left: string[] = [];
  for (const namespace of [...cut.kept].sort()) {
    const inService = patterns.map(split).filter(({ service }) => service === '*' || service === namespace);
    if (inService.some(({ action }) => action === '*')) continue;
    if (inService.length === 0) {
      left.push(...narrowService(namespace, '*', cut));
      continue;
    }
    const names = cut.actionsOf(namespace);
    if (names.length === 0) return undefined;
    const gone = cut.removed.get(namespace);
    const stays = names.filter(
      (name) => gone?.has(name.toLowerCase()) !== true && !inService.some(({ action }) => fits(action, name)),
    );
    left.push(...shortened(namespace, stays, names, '*'));
  }
  return allButAllows(patterns, passRole) ? [...left, ...passing(cut)] : left;
}

function allButAllows(patterns: readonly string[], name: string): boolean {
  return !patterns
    .map(split)
    .some(({ action, service }) => (service === '*' || service === 'iam') && fits(action, name));
}

/** IAM takes no wildcard for a part of a service’s name: only `*`, which is everything. */
function split(pattern: string): { readonly service: string; readonly action: string } {
  const colon = pattern.indexOf(':');
  return colon === -1
    ? { service: '*', action: '*' }
    : { service: pattern.slice(0, colon).toLowerCase(), action: pattern.slice(colon + 1) };
}

function fits(pattern: string, name: string): boolean {
  return matchesPattern(compilePattern(pattern.toLowerCase()), name.toLowerCase());
}

const hasWildcard = (text: string): boolean => /[*?]/.test(text);

function narrowPattern(pattern: string, cut: Cut): readonly string[] {
  const { action, service } = split(pattern);
  if (service !== '*') return narrowService(service, action, cut, pattern);
  if (cut.removed.size === 0 && cut.kept.size === cut.told.size) return [pattern];
  const left = [...cut.kept].sort().flatMap((namespace) => narrowService(namespace, '*', cut));
  return [...left, ...passing(cut)];
}

/** `written`: how it stands in the policy, if one pattern of it means this service alone. */
function narrowService(namespace: string, action: string, cut: Cut, written?: string): readonly string[] {
  const whole = written ?? `${namespace}:${action}`;
  // AWS told of every service that the policies allow: of one that it left out nothing is known
  if (!cut.told.has(namespace)) return [whole];
  if (!cut.kept.has(namespace)) return namespace === 'iam' && fits(action, passRole) ? passing(cut) : [];
  const gone = [...(cut.removed.get(namespace) ?? [])].filter((name) => fits(action, name));
  if (gone.length === 0) return [whole];
  if (!hasWildcard(action)) return [];
  const names = cut.actionsOf(namespace);
  const stays = names.filter((name) => fits(action, name) && !gone.includes(name.toLowerCase()));
  // an action that is gone and not among those that are known would come back by what the others have in common
  return shortened(namespace, stays, [...names, ...gone], action);
}

/**
 * Names of one service, together where they begin with the same word, nothing else of the service does, and `within`
 * allowed all that begins so.
 */
function shortened(
  namespace: string,
  names: readonly string[],
  all: readonly string[],
  within: string,
): readonly string[] {
  const stays = new Set(names.map((name) => name.toLowerCase()));
  const words = new Map<string, string[]>();
  for (const name of names) {
    const word = /^[A-Z][a-z]*/.exec(name)?.[0] ?? name;
    words.set(word, [...(words.get(word) ?? []), name]);
  }
  return [...words].flatMap(([word, group]) => {
    const begins = all.filter((name) => name.toLowerCase().startsWith(word.toLowerCase()));
    const isAll = begins.every((name) => stays.has(name.toLowerCase()));
    return group.length > 1 && isAll && allowsAllBeginning(within, word)
      ? [`${namespace}:${word}*`]
      : group.map((name) => `${namespace}:${name}`);
  });
}

function allowsAllBeginning(pattern: string, word: string): boolean {
  if (pattern === '*') return true;
  const beginning = pattern.slice(0, -1);
  return pattern.endsWith('*') && !hasWildcard(beginning) && word.toLowerCase().startsWith(beginning.toLowerCase());
}
