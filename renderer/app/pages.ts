import type { Pages } from './routes';

const empty = async () => import('./empty-page');

/** Where each page comes from. A feature takes its line over with an import of its own index. */
export const pages: Pages = {
  welcome: empty,
  sessions: empty,
  connections: empty,
  revocations: empty,
  settings: empty,
  connect: empty,
};
