import {
  guardRailAnswers,
  guardRailFacts,
  type GuardRail,
  type GuardRailRecord,
} from '../../../core/domain/guard-rails';
import type { ManagementView } from './organization-tree';

type Step = GuardRailRecord['steps'][number]['what'];

/** “Only some Regions: eu-west-1” */
export function guardRailTitle(guardRail: GuardRail): string {
  const answers = guardRailAnswers(guardRail);
  const { title } = guardRailFacts[guardRail.kind];
  return answers === '' ? title : `${title}: ${answers}`;
}

const doing: Readonly<Record<Step, string>> = {
  'switch-on': 'Switching service control policies on',
  create: 'Making the policy',
  reuse: 'Using the policy that is there',
  attach: 'Attaching it',
  see: 'Looking that it is attached',
  detach: 'Taking it off',
  delete: 'Deleting the policy',
  keep: 'Leaving the policy where it is used',
};

/** What is being done at this moment. */
export function guardRailDoing({ state, steps }: GuardRailRecord): string {
  const last = steps.at(-1);
  if (last?.state === 'started') return doing[last.what];
  return state === 'detaching' ? 'Looking where it is attached' : 'Looking what is there already';
}

/** What stays of one that stopped. */
export function guardRailStoppedWords({ policyId, wanted }: GuardRailRecord): string {
  if (wanted === 'detached') return 'It was being taken off and may still hold.';
  return policyId === undefined
    ? 'It was being attached. Nothing of it holds yet.'
    : 'The policy is made. Whether it is attached is looked at when you go on.';
}

/** A root, unit or account by its name; by its ID where it came since the organization was read. */
export function nameOfPlace({ accounts, rootId, rootName, units }: ManagementView, id: string): string {
  if (id === rootId) return rootName;
  return units.find((unit) => unit.id === id)?.name ?? accounts.find((account) => account.id === id)?.name ?? id;
}

/** “Leaving the organization.” after other words. */
export function inSentence(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Whether an account is this place or somewhere below it. */
export function isWithin({ accounts, units }: ManagementView, accountId: string, targetId: string): boolean {
  const parents = new Map([...accounts, ...units].map(({ id, parentId }) => [id, parentId]));
  for (let at: string | undefined = accountId; at !== undefined; at = parents.get(at)) if (at === targetId) return true;
  return false;
}
