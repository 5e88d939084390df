import type { PerformerView } from '../../core/contract/revocation';
import type { RevocationTarget } from './targets';
import {
  revocationWays,
  selfWays,
  wayFacts,
  type ActingAccount,
  type RevocationWay,
} from '../../core/domain/revocation-ways';
import type { Sessions } from '../sessions/sessions';
import type { Sources } from '../sources/sources';
import { memberRoleName } from './acting';

const waysIn = (account: ActingAccount): RevocationWay[] =>
  revocationWays.filter((way) => way !== 'delete-stack' && wayFacts[way].account === account);

/** Whoever could take a way, as far as this app knows without asking AWS; the best first for each. */
export function listPerformers(
  { sources, sessions }: { readonly sources: Sources; readonly sessions: Sessions },
  target: RevocationTarget,
): PerformerView[] {
  const known = sources.list();
  const caller = known.find(({ source }) => source.id === target.sourceId)?.identity?.accountId;
  const first =
    known.find(({ source }) => source.id === target.targetSourceId) ??
    known.find(({ identity }) => identity?.accountId === target.accountId) ??
    known.find(({ source }) => source.kind === 'sandbox' && source.identity === 'owner');
  const fromSources = known.map(({ identity, source }): PerformerView => {
    const accountId = identity?.accountId;
    // whose it is may not be known yet: then AWS is asked when it is chosen
    const unknown = accountId === undefined;
    const ways = [
      ...(unknown || accountId === target.accountId ? waysIn('target') : []),
      ...(unknown || accountId !== target.accountId ? waysIn('management') : []),
      ...(unknown || accountId === caller || caller === undefined ? waysIn('source') : []),
    ];
    return {
      performer: { kind: 'source', sourceId: source.id },
      label: source.label,
      ...(unknown ? {} : { accountId }),
      ways,
      suggestedFor: [
        ...(source.id === first?.source.id ? waysIn('target') : []),
        ...(source.id === target.sourceId ? waysIn('source') : []),
      ].filter((way) => ways.includes(way)),
    };
  });
  const fromMembers = known
    .filter(({ identity, source }) => {
      // one such role is not entered through another
      return identity !== undefined && identity.accountId !== target.accountId && source.kind !== 'member-role';
    })
    .map(({ identity, source }): PerformerView => ({
      performer: { kind: 'member-role', sourceId: source.id, roleName: memberRoleName },
      label: `${memberRoleName}, by ${source.label}`,
      detail: 'If that is the organization’s management account',
      ...(identity === undefined ? {} : { accountId: identity.accountId }),
      ways: waysIn('target'),
      suggestedFor: [],
    }));
  const fromSessions = sessions.liveFor(target.id).map((session): PerformerView => ({
    performer: { kind: 'own-session', sessionId: session.id },
    label: `The role’s own session …${session.accessKeyId.slice(-4)}`,
    detail: 'Its last call takes its own power away',
    accountId: target.accountId,
    ways: [...selfWays],
    suggestedFor: [],
  }));
  const owner: PerformerView = {
    performer: { kind: 'owner' },
    label: 'Nobody here: ask the owner',
    ways: [...revocationWays],
    suggestedFor: first === undefined ? [...revocationWays] : ['delete-stack'],
  };
  return [...fromSources, ...fromMembers, ...fromSessions, owner].slice(0, 500);
}
