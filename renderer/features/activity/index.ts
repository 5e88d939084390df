export { ActivityPage as Page } from './activity-page';
