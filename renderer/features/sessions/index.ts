export { SessionsPage as Page } from './sessions-page';
export { StartSessionDialog } from './start-session-dialog';
