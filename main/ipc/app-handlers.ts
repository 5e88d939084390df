import type { Handlers } from './register';

/** The frame's own calls; implemented by the running app (main/app-state.ts). */
export type AppHandlers = Handlers['app'];
