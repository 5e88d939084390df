export { NarrowingPage } from './narrowing-page';
