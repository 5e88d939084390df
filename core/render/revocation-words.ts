import type { DoorState, Measure, RevocationWay } from '../domain/revocation-ways';

/** A way for whoever reads about it outside of the app: what is done, and who else notices. */
export type WayInWords = { readonly ask: string; readonly hits: string };

const everybody = 'Everybody and everything that uses this role, not only who asks.';

export const waysInWords: Readonly<Record<RevocationWay, WayInWords>> = {
  'step-by-step': { ask: 'Shut both doors, see that AWS refuses, then delete the role', hits: everybody },
  'close-trust': {
    ask: 'Close the trust of the role',
    hits: 'Everybody who comes in by this role. Who is in stays in.',
  },
  'deny-older-sessions': {
    ask: 'Deny the sessions that are open',
    hits: 'Everybody who is in the role now. They can come in again.',
  },
  'detach-permissions': { ask: 'Take the permissions of the role', hits: everybody },
  quarantine: { ask: 'Quarantine the role: close its trust and deny the sessions that are open', hits: everybody },
  'delete-role': { ask: 'Delete the role with its policies', hits: everybody },
  'deny-all': { ask: 'Deny the role everything', hits: everybody },
  boundary: { ask: 'Set AWSDenyAll as the permissions boundary of the role', hits: everybody },
  scp: {
    ask: 'Deny the role everything by a policy of the organization',
    hits: `${everybody} No other role of the account.`,
  },
  caller: {
    ask: 'Deny the caller the assuming of the role',
    hits: 'Only this one caller. Others whom the role trusts come in as before.',
  },
  'delete-stack': {
    ask: 'Delete the stack that made the role',
    hits: 'Everybody and everything that uses this role, or anything else that the stack made.',
  },
};

export const measuresInWords: Readonly<Record<Measure, string>> = {
  'close-trust': 'Close the trust',
  'deny-older-sessions': 'Deny older sessions',
  'detach-permissions': 'Detach the permissions',
  'deny-all': 'Deny everything',
  'set-boundary': 'Set the boundary',
  'deny-by-scp': 'Deny by the organization',
  'deny-caller': 'Deny the caller',
  prove: 'Prove it',
  'delete-role': 'Delete the role',
  'delete-stack': 'Delete the stack',
};

/** What becomes of sessions that somebody wants to open. */
export const outerDoorWords: Readonly<Record<DoorState, string>> = {
  open: 'They can be opened as before.',
  half: 'They can be opened, and may do nothing.',
  shut: 'Nobody can open one any more.',
};

/** What becomes of sessions that are open. */
export const innerDoorWords: Readonly<Record<DoorState, string>> = {
  open: 'They go on until they expire.',
  half: 'They may do nothing by the role’s own policies. What a bucket or another resource grants them may remain.',
  shut: 'They are denied everything. AWS may need a few minutes to spread it.',
};
