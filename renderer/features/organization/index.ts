export { DepartureMark, DepartureNote } from './departure-mark';
export { OrganizationRoutes as Page } from './organization-routes';
