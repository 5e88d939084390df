/** What kind of thing an act belongs to, for the filter. */
export const activityKinds = [
  'connections',
  'roles',
  'sessions',
  'revocations',
  'organization',
  'identities',
  'sources',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/**
 * Every act that stands in the audit log, with what a person reads in its place. The compiler refuses an act that is not
 * here: who adds one adds its words. What was written once keeps its name for ever, for old lines are read too.
 */
const words = {
  connections: {
    'connection.added': 'Connection added',
    'connection.begun': 'Connecting an account of its own began',
    'connection.made': 'Connection made by itself',
    'connection.stopped': 'Connecting by itself was stopped',
    'connection.failed': 'Connecting by itself failed',
    'connection.forgotten': 'Connection forgotten',
    'connections.imported': 'Connections imported',
    'connections.exported': 'Connections exported',
    'connections.changed-by-import': 'Connection changed by an import',
    'connections.import-undone': 'Import undone',
    'activity.exported': 'Activity exported',
    'review.kept': 'Reviewed and kept',
    'review.snoozed': 'Review put off',
    'review.narrowed': 'Reviewed and narrowed',
    'review.revoking': 'Review: revocation begun',
    'review.revoked': 'Reviewed and revoked',
    'review.undone': 'Review taken back',
    'review.dates-set': 'Review dates set',
    'review.policy-set': 'Review policy set',
    'reviews.exported': 'Reviews exported',
    'request.opened': 'Connection request opened',
    'reply.taken': 'Reply to a request taken',
  },
  roles: {
    'role.created': 'Role created',
    'role.undone': 'What was created was taken back',
    'role.creation-stopped': 'Creating the role was stopped',
    'role.creation-failed': 'Creating the role failed',
    'role.trust-corrected': 'Trust policy corrected',
    'identity.changed': 'User or role changed',
    'identity.deactivated': 'User or role deactivated',
    'identity.deleted': 'User or role deleted',
    'identity.put-back': 'What was taken from a user or role was put back',
    'drift.confirmed': 'Role confirmed as agreed',
    'drift.accepted': 'Drift accepted',
    'drift.put-back': 'Putting the role back began',
    'drift.put-back-done': 'Role put back as agreed',
    'drift.put-back-failed': 'Putting the role back failed',
    'drift.put-back-undone': 'Undoing a put-back began',
    'drift.undo-done': 'Put-back undone',
    'narrowing.begun': 'Narrowing the role began',
    'narrowing.done': 'Role narrowed',
    'narrowing.failed': 'Narrowing the role failed',
    'narrowing.undone': 'Undoing a narrowing began',
    'narrowing.undo-done': 'Narrowing undone',
  },
  sessions: {
    'session.started': 'Session started',
    'session.renewed': 'Session renewed',
    'session.renewal-set': 'Renewal of a session set',
    'session.ended-here': 'Session ended',
    'session.revoked': 'Session ended by a revocation',
    'session.expired': 'Session expired',
    'session.handed-to.console': 'AWS console opened',
    'session.handed-to.environment': 'Session handed to a shell',
    'session.handed-to.terminal': 'Session handed to a terminal',
    'session.handed-to.profile': 'Session handed to a profile',
    'session.handed-to.endpoint': 'Session handed to an endpoint',
    'session.handed-to.plain-profile': 'Session handed to a plain profile',
    'endpoint.gave': 'Endpoint gave credentials',
    'endpoint.stopped': 'Endpoint stopped',
    'profile.written': 'Profile written',
    'profile.changed': 'Profile changed',
    'profile.removed': 'Profile removed',
    'plain-profile.written': 'Plain profile written',
    'plain-profile.removed': 'Plain profile removed',
  },
  revocations: {
    'revocation.asked': 'Revocation asked of the owner',
    'revocation.started': 'Revocation started',
    'revocation.closed': 'Door shut',
    'revocation.failed': 'Revocation failed',
    'revocation.proof': 'Proof seen',
    'revocation.many': 'Revocation of many started',
    'revocation.saved': 'Revocation saved to a file',
    'revocation.signed-off': 'Revocation signed off',
    'revocation.narrowed': 'Latest end looked up',
    'revocation.cleaned-up': 'Revocation cleaned up',
    'revocation.withdrawn': 'Revocation withdrawn',
    'revocation.undone': 'Revocation undone',
  },
  organization: {
    'organization.created': 'Organization created',
    'organization.unit-created': 'Unit created',
    'organization.account-moved': 'Account moved',
    'sub-account.asked': 'Account asked for',
    'sub-account.requested': 'AWS took the request for an account',
    'sub-account.answer-lost': 'AWS’s answer about an account was lost',
    'sub-account.found': 'Request for an account found',
    'sub-account.made': 'Account made',
    'sub-account.moved': 'New account moved to its unit',
    'sub-account.ready': 'New account ready',
    'sub-account.failed': 'AWS did not make the account',
    'sub-account.stopped': 'Making an account was stopped',
    'sub-account.unwatched': 'New account no longer watched',
    'sub-account.forgotten': 'Record of an account forgotten',
    'account-list.started': 'List of accounts started',
    'account-list.done': 'List of accounts done',
    'account-list.halted': 'List of accounts halted',
    'account-list.stopped': 'List of accounts stopped',
    'account-list.forgotten': 'List of accounts forgotten',
    'account-list.saved': 'List of accounts saved to a file',
    'departure.asked': 'Closing of an account asked for',
    'departure.taken': 'AWS took the closing of an account',
    'departure.answer-lost': 'AWS’s answer about a closing was lost',
    'departure.closed': 'Account closed',
    'departure.stopped': 'Closing an account was stopped',
    'departure.unwatched': 'Closing account no longer watched',
    'departure.forgotten': 'Record of a closing forgotten',
    'guard-rail.attached': 'Guard rail attached',
    'guard-rail.detached': 'Guard rail taken off',
    'guard-rail.stopped': 'Guard rail stopped',
    'guard-rail.forgotten': 'Record of a guard rail forgotten',
  },
  identities: {
    'identity.key-made': 'Access key made',
    'identity.key-copied': 'Access key copied',
    'identity.key-rotated': 'Access key rotated',
    'identity.key-rotation-undone': 'Rotation of a key undone',
    'identity.make-room': 'Access key deleted to make room',
    'identity.deactivate': 'Access key switched off',
    'identity.delete-old': 'Old access key deleted',
    'identity.delete-stray': 'Access key of nobody deleted',
    'identity.activate-old': 'Old access key switched on again',
    'identity.delete-new': 'New access key deleted',
  },
  sources: {
    'source.added': 'Source identity added',
    'source.replaced': 'Source identity replaced',
    'source.removed': 'Source identity removed',
    'key.made': 'Access key made',
    'key.copied': 'New access key copied',
    'key.changed': 'Access key changed',
    'key.rotated': 'Access key rotated',
    'key.rotation-undone': 'Rotation of an access key taken back',
    'sign-in.done': 'Signed in to a portal',
    'sign-in.ended': 'Sign-in ended',
    'key.typed-once': 'Access key typed for one use',
  },
} as const satisfies Readonly<Record<ActivityKind, Readonly<Record<string, string>>>>;

/** What is taken from an identity, step by step; each may be put back, which is an act of its own. */
const takenSteps = {
  'attach-deny': 'Everything denied to an identity',
  'deactivate-key': 'Access key switched off',
  'leave-group': 'User taken out of a group',
  'detach-policy': 'Policy detached',
  'delete-inline': 'Inline policy deleted',
  'leave-instance-profile': 'Role taken out of an instance profile',
  'delete-password': 'Console password deleted',
  'deactivate-mfa': 'MFA device switched off',
  'delete-mfa': 'MFA device deleted',
  'delete-certificate': 'Signing certificate deleted',
  'delete-ssh-key': 'SSH key deleted',
  'delete-service-credential': 'Service credential deleted',
  'delete-key': 'Access key deleted',
  'delete-user': 'User deleted',
  'delete-role': 'Role deleted',
  deactivate: 'Identity switched off',
  delete: 'Identity deleted',
} as const;

/** An act that is written to the audit log. */
export type Act =
  | { [K in ActivityKind]: keyof (typeof words)[K] }[ActivityKind]
  | `identity.${keyof typeof takenSteps}.${'done' | 'undone'}`;

const known: ReadonlyMap<string, { readonly kind: ActivityKind; readonly words: string }> = new Map(
  [
    ...activityKinds.flatMap((kind) => Object.entries(words[kind]).map(([act, said]) => ({ act, kind, words: said }))),
    ...Object.entries(takenSteps).flatMap(([step, said]) => [
      { act: `identity.${step}.done`, kind: 'identities' as const, words: said },
      { act: `identity.${step}.undone`, kind: 'identities' as const, words: `Undone: ${said}` },
    ]),
  ].map(({ act, ...rest }) => [act, rest]),
);

/** An act in words. One that a newer Sallyport wrote is shown as it stands in the log. */
export function actWords(act: string): string {
  return known.get(act)?.words ?? act;
}

/** Undefined for an act that is not known here. */
export function actKind(act: string): ActivityKind | undefined {
  return known.get(act)?.kind;
}
