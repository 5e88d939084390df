export { ReceiptCard } from './receipt-card';
export { ConnectionsRoutes as Page } from './connections-routes';
