export { HandoffDialog } from './handoff-dialog';
