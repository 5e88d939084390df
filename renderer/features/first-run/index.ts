export { FirstRunPage as Page } from './first-run-page';
