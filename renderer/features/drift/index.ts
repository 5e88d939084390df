export { DriftCard } from './drift-card';
export { DriftPanel, LookForDriftButton } from './drift-panel';
export { NotesCard } from './notes-card';
export { useDrifted, useDriftMark } from './use-drift';
