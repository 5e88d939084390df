import { describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { PerformerView } from '../../../../core/contract/revocation';
import type { Performer } from '../../../../core/domain/revocation';
import { revocationWays, type RevocationWay } from '../../../../core/domain/revocation-ways';
import { keyOf, owner, performersFor } from '../../../../renderer/features/revocations/performers';

const view = (
  performer: Performer,
  ways: readonly RevocationWay[] = revocationWays,
  suggestedFor: readonly RevocationWay[] = [],
): PerformerView => ({ performer, label: keyOf(performer), ways: [...ways], suggestedFor: [...suggestedFor] });

const session: Performer = { kind: 'own-session', sessionId: randomUUID() };
const member: Performer = { kind: 'member-role', sourceId: 'boss', roleName: 'OrganizationAccountAccessRole' };
const admin: Performer = { kind: 'source', sourceId: 'admin' };
const other: Performer = { kind: 'source', sourceId: 'other' };

describe('who can do it', () => {
  const known = [
    view(owner),
    view(session, ['quarantine']),
    view(member),
    view(other),
    view(admin, revocationWays, ['quarantine']),
  ];
  const order = (way: RevocationWay) => performersFor(way, known).map(({ label }) => label);

  it('stands in order: suggested first, the role’s own session and the owner last', () => {
    expect(order('quarantine')).toEqual([admin, other, member, session, owner].map(keyOf));
  });

  it('is left out for a way that it cannot take', () => {
    expect(order('delete-role')).not.toContain(keyOf(session));
  });

  it('is told apart by all that it is', () => {
    expect(new Set([session, member, admin, other, owner].map(keyOf)).size).toBe(5);
    expect(keyOf({ ...member, roleName: 'Other' })).not.toBe(keyOf(member));
  });
});
