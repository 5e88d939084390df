export { OrganizationRoutes as Page } from './organization-routes';
