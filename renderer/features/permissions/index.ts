export { ReachCard } from './reach-card';
export { TrustWatch } from './trust-watch';
export { WatchCard } from './watch-card';
