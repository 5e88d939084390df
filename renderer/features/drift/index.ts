export { DriftCard } from './drift-card';
export { DriftPanel, LookForDriftButton } from './drift-panel';
export { NotesCard } from './notes-card';
export { PlanSteps } from './plan-steps';
export { PutBackProgress } from './put-back-progress';
export { useDrifted, useDriftMark } from './use-drift';
