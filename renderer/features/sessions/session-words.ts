import type { AppErrorKind } from '../../../core/app-error';
import type { Session } from '../../../core/domain/session';
import { renewAt } from '../../../core/domain/renewal';
import { formatMoment, formatShortClock } from '../../ui/format';
import type { IconName } from '../../ui/icon-names';

/** Two lines of a cell, and the picture before them. */
export type CellWords = { readonly icon: IconName; readonly title: string; readonly detail: string };

type UseLook = { readonly icon: IconName; readonly title: (detail?: string) => string; readonly kind: string };

const useLooks: Readonly<Record<Session['uses'][number]['kind'], UseLook>> = {
  console: { icon: 'console', title: () => 'AWS console', kind: '' },
  environment: { icon: 'terminal', title: (shell) => `A ${shell ?? 'bash'} shell`, kind: '' },
  terminal: { icon: 'terminal', title: () => 'A terminal', kind: '' },
  profile: { icon: 'terminal', title: (name) => name ?? 'A profile', kind: 'credential_process' },
  endpoint: { icon: 'link', title: () => 'Local endpoint', kind: '' },
  'plain-profile': { icon: 'file', title: (name) => name ?? 'A plain profile', kind: 'plain profile' },
};

/** What makes it less than its role, and how it was reached. */
function marksOf({ request, isChained }: Session): readonly string[] {
  const policies = { none: [], 'read-only': ['read-only'], document: ['own policy'] } as const;
  return [...policies[request.sessionPolicy.kind], ...(isChained ? ['chained'] : [])];
}

/** Where its credentials are, or else what they were handed to last. `hasEnded`: what it has now is over. */
export function inUseBy(session: Session, hasEnded: boolean): CellWords {
  const { credentials, issuedAt, isChained, openedAt, request, uses } = session;
  if (hasEnded) return { icon: 'hourglass', title: 'Wiped here', detail: 'what it had is over' };
  if (credentials === 'out-of-reach') return { icon: 'lock', title: 'Out of reach', detail: 'still valid at AWS' };
  if (credentials === 'gone') return { icon: 'minus-circle', title: 'No longer here', detail: 'still valid at AWS' };
  const inMemory = credentials === 'memory';
  const [latest, ...others] = uses;
  const marks = marksOf(session);
  if (latest === undefined) {
    if (inMemory) return { icon: 'memory', title: 'In memory only', detail: 'lost on quitting' };
    if (request.sessionPolicy.kind !== 'none') {
      const title = request.sessionPolicy.kind === 'read-only' ? 'Read-only session' : 'Session policy';
      return { icon: 'eye', title, detail: isChained ? 'chained: 1 h at most' : 'not used yet' };
    }
    const detail = isChained ? 'chained: 1 h at most' : `opened ${formatMoment(openedAt, issuedAt)}`;
    return { icon: 'minus-circle', title: 'Not used yet', detail };
  }
  const { icon, kind, title } = useLooks[latest.kind];
  const more = others.length === 0 ? [] : [`and ${String(others.length)} more`];
  const said = [...more, ...marks, ...(inMemory ? ['in memory'] : [])].join(', ');
  const own =
    kind !== '' ? kind : latest.kind === 'endpoint' && latest.detail !== undefined ? latest.detail : undefined;
  return {
    icon,
    title: title(latest.detail),
    detail: said !== '' ? said : (own ?? `last handed over ${formatShortClock(latest.at)}`),
  };
}

/** Why a renewal failed, in as many letters as the column has: the whole of it is in its tooltip. */
const short: Partial<Readonly<Record<AppErrorKind, string>>> = {
  'access-denied': 'AWS refused it',
  'aws-other': 'AWS in trouble',
  'credentials-expired': 'Source expired',
  'credentials-invalid': 'Source refused',
  'credentials-missing': 'No source',
  'clock-wrong': 'Wrong clock',
  'keychain-absent': 'No keychain',
  'keychain-failed': 'No keychain',
  'keychain-locked': 'Keychain locked',
  'not-found': 'A role is gone',
  'not-possible': 'Not possible',
  'region-disabled': 'STS is off',
  throttled: 'Throttled',
  'timed-out': 'No answer',
  unreachable: 'No connection',
};

export function shortReason(kind: AppErrorKind): string {
  return short[kind] ?? 'It failed';
}

/**
 * How its renewal stands. `off` ends for good; `by-hand` can be put off with a press, which is offered when its end is near;
 * `failed` waits for a person where `nextTryAt` is absent; `lapsed` is over, and renewed as soon as that is possible.
 */
export type RenewalState =
  | { readonly kind: 'renewing' | 'off' | 'keychain' | 'lapsed' }
  | { readonly kind: 'automatic'; readonly at: number }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      readonly message: string;
      readonly nextTryAt: number | undefined;
    };

/** `hasEnded`: the time of what it has now is over. */
export function renewalState(session: Session, isRenewing: boolean, hasEnded: boolean): RenewalState {
  if (isRenewing) return { kind: 'renewing' };
  const { credentials, renewal, trouble } = session;
  if (trouble !== undefined)
    return {
      kind: 'failed',
      reason: shortReason(trouble.error.kind),
      message: trouble.error.message,
      nextTryAt: trouble.nextTryAt,
    };
  if (renewal === 'off') return { kind: credentials === 'out-of-reach' ? 'keychain' : 'off' };
  return hasEnded ? { kind: 'lapsed' } : { kind: 'automatic', at: renewAt(session) };
}

/** Until when it would live after the renewal that is planned; nothing where a person has to act first. */
export function renewedUntil(session: Session): number | undefined {
  const { renewal, request, trouble } = session;
  if (renewal === 'off' || request.mfaSerial !== undefined) return undefined;
  if (trouble !== undefined && trouble.nextTryAt === undefined) return undefined;
  return Math.max(renewAt(session), session.issuedAt) + request.durationSeconds * 1000;
}

/** Kinds of trouble with which AWS did not answer at all: the sessions themselves are as good as before. */
const silent: ReadonlySet<AppErrorKind> = new Set(['unreachable', 'timed-out']);

export type Silence = {
  readonly lastTriedAt: number;
  readonly nextTryAt: number | undefined;
  readonly waiting: number;
};

/** That AWS cannot be reached, as far as failed renewals tell. */
export function silenceOf(sessions: readonly Session[]): Silence | undefined {
  const failed = sessions.flatMap(({ trouble }) =>
    trouble !== undefined && silent.has(trouble.error.kind) ? [trouble] : [],
  );
  if (failed.length === 0) return undefined;
  const next = failed.flatMap(({ nextTryAt }) => (nextTryAt === undefined ? [] : [nextTryAt]));
  return {
    lastTriedAt: Math.max(...failed.map(({ at }) => at)),
    nextTryAt: next.length === 0 ? undefined : Math.min(...next),
    waiting: failed.length,
  };
}
