import { scenarioSchema, type Scenario } from './scenario';

/** The scenarios that come with the app, each a file of data that is read when it is needed. */
const files = {
  'two-accounts': () => import('./scenarios/two-accounts.json', { with: { type: 'json' } }),
  fresh: () => import('./scenarios/fresh.json', { with: { type: 'json' } }),
  organization: () => import('./scenarios/organization.json', { with: { type: 'json' } }),
  'organization-with-units': () => import('./scenarios/organization-with-units.json', { with: { type: 'json' } }),
  'thousand-accounts': () => import('./scenarios/thousand-accounts.json', { with: { type: 'json' } }),
  identities: () => import('./scenarios/identities.json', { with: { type: 'json' } }),
  'roles-on-the-way': () => import('./scenarios/roles-on-the-way.json', { with: { type: 'json' } }),
  'trouble-propagation': () => import('./scenarios/trouble-propagation.json', { with: { type: 'json' } }),
  'trouble-throttling': () => import('./scenarios/trouble-throttling.json', { with: { type: 'json' } }),
  'trouble-server-errors': () => import('./scenarios/trouble-server-errors.json', { with: { type: 'json' } }),
  'trouble-network': () => import('./scenarios/trouble-network.json', { with: { type: 'json' } }),
  'trouble-clock': () => import('./scenarios/trouble-clock.json', { with: { type: 'json' } }),
  'trouble-region': () => import('./scenarios/trouble-region.json', { with: { type: 'json' } }),
  'trouble-scp': () => import('./scenarios/trouble-scp.json', { with: { type: 'json' } }),
  'trouble-deleted-principal': () => import('./scenarios/trouble-deleted-principal.json', { with: { type: 'json' } }),
  'trouble-keychain': () => import('./scenarios/trouble-keychain.json', { with: { type: 'json' } }),
} satisfies Readonly<Record<string, () => Promise<{ readonly default: unknown }>>>;

export type ScenarioName = keyof typeof files;

export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(files, name);
}

/** In the order in which they are offered. */
export const scenarioNames: readonly ScenarioName[] = Object.keys(files).filter(isScenarioName);

export async function loadScenario(name: ScenarioName): Promise<Scenario> {
  return scenarioSchema.parse((await files[name]()).default);
}
