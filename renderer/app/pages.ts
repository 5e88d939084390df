import * as firstRun from '../features/first-run';
import * as sessions from '../features/sessions';
import type { Pages } from './routes';

/**
 * Where each page comes from: a feature's own index. Where the window opens is part of the first script; the rest is
 * loaded when somebody goes there.
 */
export const pages: Pages = {
  welcome: () => Promise.resolve(firstRun),
  sessions: () => Promise.resolve(sessions),
  connections: async () => import('../features/connections'),
  reviews: async () => import('../features/reviews'),
  organization: async () => import('../features/organization'),
  identities: async () => import('../features/identities'),
  revocations: async () => import('../features/revocations'),
  activity: async () => import('../features/activity'),
  settings: async () => import('../features/settings'),
  connect: async () => import('../features/wizard'),
};
