export { ConnectionsRoutes as Page } from './connections-routes';
