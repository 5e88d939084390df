export { RevocationsRoutes as Page } from './revocations-routes';
export { RevocationRequestRead } from './revocation-request-read';
export { RevokeDialog } from './revoke-dialog';
export { RevokeManyDialog } from './revoke-many-dialog';
