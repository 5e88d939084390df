import type { Measure, RevocationWay } from '../../../core/domain/revocation-ways';

export interface WayWords {
  readonly name: string;
  readonly detail: string;
  /** What is chosen for, where it is not for every day. */
  readonly chip?: string;
  /** On the button that does it, where the name is no verb with its object. */
  readonly act?: string;
  readonly outer: string;
  readonly inner: string;
  readonly innerDetail?: string;
  /** What is changed, where nothing is lost. */
  readonly change: string;
  /** Who notices it, besides who is meant. */
  readonly hits: string;
  /** “Role X …”, once it is done. */
  readonly done: string;
  readonly proved: string;
  /** What putting it back lets happen again, for whoever reads only one sentence; absent where nothing can be put back. */
  readonly putBack?: string;
}

const everybody = 'Everybody who uses this role';

export const wayWords: Readonly<Record<RevocationWay, WayWords>> = {
  'step-by-step': {
    name: 'Step by step',
    detail: 'Close, deny, prove, then delete',
    chip: 'recommended',
    act: 'Revoke step by step',
    outer: 'Blocked',
    inner: 'Denied, then gone with the role',
    change: 'First both doors are shut. Only once AWS was seen to refuse, the role is deleted.',
    hits: everybody,
    done: 'taken back step by step',
    proved: 'Both doors shut, proved',
  },
  'close-trust': {
    name: 'Close the trust',
    detail: 'Nobody may assume the role',
    outer: 'Blocked',
    inner: 'Untouched until it expires',
    change:
      'The trust policy is replaced by one that denies everybody. The one from before is kept here and can be put back.',
    hits: 'Everybody who comes in by this role',
    done: 'closed',
    proved: 'Outer door shut, proved',
    putBack: 'Whoever the trust policy named before may assume the role again.',
  },
  'deny-older-sessions': {
    name: 'Deny older sessions',
    detail: 'The trust stays as it is',
    outer: 'Still allowed',
    inner: 'Denied if issued before the cutoff',
    change: 'One inline policy, AWSRevokeOlderSessions. It can be deleted again.',
    hits: 'Everybody who is in the role now',
    done: 'denies older sessions',
    proved: 'Older sessions refused, proved',
    putBack: 'Sessions from before the cutoff that have not expired work again.',
  },
  'detach-permissions': {
    name: 'Detach its permissions',
    detail: 'The role stays, empty',
    outer: 'Allowed, powerless',
    inner: 'Powerless',
    innerDetail: 'bucket policies may still let it in',
    change: 'They are kept here, inline policies with their text, and can be put back.',
    hits: everybody,
    done: 'may do nothing',
    proved: 'Powerless, proved',
    putBack: 'Whoever is in the role, or comes in, has its permissions again.',
  },
  quarantine: {
    name: 'Quarantine',
    detail: 'Close, deny, keep it to look at',
    chip: 'for an incident',
    outer: 'Blocked',
    inner: 'Denied everything',
    change: 'The trust denies everybody, and one inline policy denies who is in the role now. Nothing of it is lost.',
    hits: everybody,
    done: 'quarantined',
    proved: 'Both doors shut, proved',
    putBack:
      'Whoever the trust policy named before may assume the role again, and sessions from before that have not expired work again.',
  },
  'delete-role': {
    name: 'Delete the role',
    detail: 'With its policies, for good',
    outer: 'Blocked',
    inner: 'Loses all permissions',
    change: 'A role of the same name can be made again, but this one cannot come back.',
    hits: everybody,
    done: 'deleted',
    proved: 'Both doors shut, proved',
  },
  'deny-all': {
    name: 'Deny everything',
    detail: 'One policy on the role',
    outer: 'Allowed, powerless',
    inner: 'Denied everything',
    innerDetail: 'bucket policies included',
    change: 'One inline policy, DeniedBySallyport, denies every action. It can be deleted again.',
    hits: everybody,
    done: 'is denied everything',
    proved: 'Denied everything, proved',
    putBack: 'Whoever is in the role, or comes in, may do again what its permissions allow.',
  },
  boundary: {
    name: 'Deny by a boundary',
    detail: 'AWSDenyAll as its boundary',
    act: 'Set the boundary',
    outer: 'Allowed, powerless',
    inner: 'Powerless',
    innerDetail: 'bucket policies may still let it in',
    change: 'AWS’s policy AWSDenyAll becomes its permissions boundary. The one from before is kept here.',
    hits: everybody,
    done: 'is bounded to nothing',
    proved: 'Powerless, proved',
    putBack: 'Whoever is in the role, or comes in, may do again what its permissions allow.',
  },
  scp: {
    name: 'Deny by the organization',
    detail: 'From the management account',
    outer: 'Allowed, powerless',
    inner: 'Denied everything',
    innerDetail: 'whatever the account itself allows',
    change:
      'A service control policy that denies this one role is made and attached to its account. It can be detached and deleted again.',
    hits: 'Everybody who uses this role; no other role of the account',
    done: 'is denied by its organization',
    proved: 'Denied by the organization, proved',
    putBack: 'Whoever is in the role, or comes in, may do again what its permissions allow.',
  },
  caller: {
    name: 'Take the caller’s right',
    detail: 'On this side; the role stays as it is',
    outer: 'Blocked for the caller',
    inner: 'Untouched until it expires',
    change: 'The user or role that calls is denied sts:AssumeRole on this role. The role itself is not touched.',
    hits: 'Only who calls from here; others come in as before',
    done: 'is out of reach for the caller',
    proved: 'Closed for the caller, proved',
    putBack: 'The user or role that called may assume the role again.',
  },
  'delete-stack': {
    name: 'Delete the stack',
    detail: 'In CloudFormation, which made the role',
    outer: 'Blocked',
    inner: 'Loses all permissions',
    change: 'It is deleted in CloudFormation. Sallyport asks AWS until the role is gone, and keeps the proof.',
    hits: 'Everybody who uses anything that the stack made',
    done: 'deleted with its stack',
    proved: 'Both doors shut, proved',
  },
};

/** The words of the button that takes this way. */
export function actOf(way: RevocationWay): string {
  return wayWords[way].act ?? wayWords[way].name;
}

/** One of several measures, while it is still to come and once it is done. */
export const measureWords: Readonly<Record<Measure, { readonly name: string; readonly done: string }>> = {
  'close-trust': { name: 'Close the trust', done: 'Nobody may assume it' },
  'deny-older-sessions': { name: 'Deny older sessions', done: 'Who was in is denied' },
  'detach-permissions': { name: 'Detach its permissions', done: 'It may do nothing' },
  'deny-all': { name: 'Deny everything', done: 'It is denied everything' },
  'set-boundary': { name: 'Set the boundary', done: 'It is bounded to nothing' },
  'deny-by-scp': { name: 'Deny by the organization', done: 'It is denied everything' },
  'deny-caller': { name: 'Take the caller’s right', done: 'The caller is denied' },
  prove: { name: 'Prove it', done: 'AWS refused twice' },
  'delete-role': { name: 'Delete the role', done: 'It is gone' },
  'delete-stack': { name: 'Delete the stack', done: 'It is gone' },
};
