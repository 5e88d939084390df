import { z } from '../zod';
import { accountLists } from './account-lists';
import { activity } from './activity';
import { app } from './app';
import type { Call, CallInput, CallOutput } from './call';
import { connectionSummarySchema } from '../domain/connection';
import { connections } from './connections';
import { departures } from './departures';
import { desktop } from './desktop';
import { drift } from './drift';
import { guardRails } from './guard-rails';
import { handoff } from './handoff';
import { identities } from './identities';
import { imports } from './imports';
import { narrowing } from './narrowing';
import { network } from './network';
import { onboarding } from './onboarding';
import { operations, operationSchema } from './operations';
import { organization } from './organization';
import { permissions } from './permissions';
import { practice } from './practice';
import { revocation } from './revocation';
import { reviews } from './reviews';
import { sessions } from './sessions';
import { settings } from './settings';
import { sources } from './sources';
import { updates } from './updates';

/** Every call between window and main. Channels, preload methods, the client and the fakes are derived from this. */
export const contract = {
  app,
  sources,
  onboarding,
  connections,
  reviews,
  drift,
  narrowing,
  imports,
  permissions,
  sessions,
  handoff,
  revocation,
  organization,
  departures,
  accountLists,
  guardRails,
  identities,
  operations,
  practice,
  network,
  desktop,
  settings,
  updates,
  activity,
};
export type Contract = typeof contract;
export type Feature = keyof Contract;

export const topics = [
  'app',
  'sources',
  'drafts',
  'connections',
  'health',
  'reviews',
  'drift',
  'sessions',
  'revocations',
  'organization',
  'sub-accounts',
  'departures',
  'guard-rails',
  'guard-rail-records',
  'identities',
  'handoff',
  'activity',
  'updates',
  'links',
] as const;
export type Topic = (typeof topics)[number];

/** Every event from main to the window. `revision` grows by one with each event of either kind. */
export const events = {
  /** answers about these topics are out of date */
  changed: {
    payload: z.strictObject({ revision: z.int(), topics: z.array(z.enum(topics)).min(1).max(topics.length) }),
  },
  /** the window was brought up from the icon or a notification, for this */
  show: { payload: z.strictObject({ revision: z.int(), what: z.enum(['sessions', 'search']) }) },
  operation: { payload: z.strictObject({ revision: z.int(), operation: operationSchema }) },
  /** these connections were tested, of a list that is otherwise as it was: a thousand need not be read anew for them */
  tested: {
    payload: z.strictObject({ revision: z.int(), connections: z.array(connectionSummarySchema).min(1).max(20_000) }),
  },
} as const;
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = Readonly<z.infer<(typeof events)[E]['payload']>>;

export type CallOf<F extends Feature, M extends keyof Contract[F]> = Contract[F][M] extends Call
  ? Contract[F][M]
  : never;
export type InputOf<F extends Feature, M extends keyof Contract[F]> = CallInput<CallOf<F, M>>;
export type OutputOf<F extends Feature, M extends keyof Contract[F]> = CallOutput<CallOf<F, M>>;

/** What preload exposes as `window.sallyport`: untyped answers, parsed by the client. */
export type Bridge = {
  readonly calls: {
    readonly [F in Feature]: { readonly [M in keyof Contract[F]]: (input: unknown) => Promise<unknown> };
  };
  readonly on: { readonly [E in EventName]: (listener: (payload: unknown) => void) => () => void };
};
