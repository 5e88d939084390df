export { HealthNotices } from './health-notices';
export { ReceiptCard } from './receipt-card';
export { ConnectionsRoutes as Page } from './connections-routes';
