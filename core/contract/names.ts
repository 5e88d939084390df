import { contract, events } from './contract';

/**
 * The names alone. The build replaces this module by its value for the preload bundle, which must stay small and needs no
 * schemas.
 */
export const callNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(contract).map(([feature, calls]) => [feature, Object.keys(calls)]),
);

export const eventNames: readonly string[] = Object.keys(events);
