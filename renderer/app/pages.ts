import type { Pages } from './routes';

/** Where each page comes from: a feature's own index, loaded when somebody goes there. */
export const pages: Pages = {
  welcome: async () => import('../features/first-run'),
  sessions: async () => import('../features/sessions'),
  connections: async () => import('../features/connections'),
  revocations: async () => import('../features/revocations'),
  settings: async () => import('../features/settings'),
  connect: async () => import('../features/wizard'),
};
