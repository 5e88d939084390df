import type { Recipe } from './recipe';

/** Everything is the person's choice; the trust keeps its external ID unless it is switched off on purpose. */
export const custom: Recipe = {
  id: 'custom',
  title: 'Custom',
  summary: 'Any policies, any limits',
  description: 'You choose who may come in and on which conditions, the policies, the boundary and the tags.',
  icon: 'sliders',
  reach: 0,
  lets: ['Whatever the policies you attach allow'],
  doesNotLet: ['Enter without the external ID, unless you switch it off', 'Anything the policies leave out'],
  watchOut: [],
  facts: [
    { term: 'Makes', text: '1 role, the policies you choose' },
    { term: 'Asks you for', text: 'managed policies, an inline policy, or both; conditions as you like' },
    { term: 'Session', text: '1 h to 12 h at most, external ID on' },
  ],
  customizable: true,
  defaults: {
    roleName: 'SallyportAccess',
    path: '/',
    maxSessionDuration: 3600,
    managedPolicies: ['job-function/ViewOnlyAccess'],
  },
  permissionMap: [],
  checks: { mustAllow: [], mustNotAllow: [] },
};
