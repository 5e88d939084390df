export { PracticePanel } from './practice-panel';
