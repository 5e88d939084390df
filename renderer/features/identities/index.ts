export { IdentitiesRoutes as Page } from './identities-routes';
