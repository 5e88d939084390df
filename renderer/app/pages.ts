import * as firstRun from '../features/first-run';
import * as sessions from '../features/sessions';
import type { Pages } from './routes';

/** The longest of the pages that are not there at once; it brings the script of all of them. */
export const loadConnections = async () => import('../features/connections');

/**
 * Where each page comes from: a feature's own index. Where the window opens is part of the first script and drawn at once;
 * the rest is loaded when somebody goes there.
 */
export const pages: Pages = {
  welcome: firstRun,
  sessions,
  connections: loadConnections,
  reviews: async () => import('../features/reviews'),
  organization: async () => import('../features/organization'),
  identities: async () => import('../features/identities'),
  revocations: async () => import('../features/revocations'),
  activity: async () => import('../features/activity'),
  settings: async () => import('../features/settings'),
  connect: async () => import('../features/wizard'),
};
