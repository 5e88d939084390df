export { RevocationsRoutes as Page } from './revocations-routes';
export { RevokeDialog } from './revoke-dialog';
