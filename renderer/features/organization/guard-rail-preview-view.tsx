import { useEffect, useRef } from 'react';
import type { AttachedPolicy, GuardRailPreview } from '../../../core/contract/guard-rails';
import { guardRailFacts, guardRailSizeLimit, type GuardRail } from '../../../core/domain/guard-rails';
import { Facts } from '../../ui/card';
import { CheckList, type CheckRow } from '../../ui/check-list';
import { Folded } from '../../ui/folded';
import { formatCount, formatQuantity, groupAccountId } from '../../ui/format';
import { PolicyView } from '../../ui/policy-view';
import { Mono, Text } from '../../ui/text';
import { guardRailTitle } from './guard-rail-words';
import styles from './guard-rails.module.css';

interface GuardRailPreviewViewProps {
  readonly guardRail: GuardRail;
  readonly preview: GuardRailPreview;
  readonly holding: readonly AttachedPolicy[];
}

/** Names of accounts that are listed; more are a number. */
const mostNames = 4;
/** Policies of one type that one place takes: so many from the beginning, twice as many since May 2026. */
const oldQuota = 5;
const quota = 10;

/** Whom it binds, what of ours it would refuse, what it needs. */
export function GuardRailPreviewView({ guardRail, holding, preview }: GuardRailPreviewViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // what was focused before is gone, as the fields are
  useEffect(() => heading.current?.focus(), []);
  const { denies, hits, stillWorks } = guardRailFacts[guardRail.kind];
  const { document } = preview;
  return (
    <div className={styles['preview']}>
      <div>
        <h3 ref={heading} tabIndex={-1}>
          {guardRailTitle(guardRail)}
        </h3>
        <Facts
          facts={[
            { term: 'Refuses', value: denies },
            { term: 'Whom', value: hits },
            { term: 'Still works', value: stillWorks },
          ]}
        />
      </div>
      <div className={styles['effects']}>
        <CheckList label="What it would do" rows={[...otherRegions(guardRail, preview, holding), ...rowsOf(preview)]} />
      </div>
      <Folded title={`The policy: ${formatCount(document.length)} of ${formatCount(guardRailSizeLimit)} characters`}>
        <PolicyView label="The policy" text={JSON.stringify(JSON.parse(document), undefined, 2)} />
      </Folded>
    </div>
  );
}

function rowsOf(preview: GuardRailPreview): CheckRow[] {
  const { accounts, attachedCount, denied, hasManagement, isAttached, isSwitchedOn } = preview;
  return [
    ...(isAttached
      ? [{ id: 'attached', name: 'It is attached here already', state: 'warning' as const, reason: 'Nothing to do' }]
      : []),
    {
      id: 'accounts',
      name: accounts.length === 0 ? 'Binds no account yet' : `Binds ${formatQuantity(accounts.length, 'account')}`,
      state: accounts.length === 0 ? 'warning' : 'passed',
      reason: accounts.length === 0 ? 'It holds for those that come' : namesOf(accounts),
    },
    ...(hasManagement
      ? [
          {
            ...{ id: 'management', name: 'Not the management account', state: 'skipped' as const },
            reason: 'It is below this place, and never bound',
          },
        ]
      : []),
    ...(isSwitchedOn
      ? []
      : [
          {
            ...{ id: 'on', name: 'Policies are switched on first', state: 'warning' as const },
            reason: 'They stay on when this is taken off',
          },
        ]),
    quotaRow(attachedCount),
    ...(denied.length === 0
      ? [
          {
            ...{ id: 'denied', name: 'Nothing of yours is refused', state: 'passed' as const },
            reason: 'No action that your connections need',
          },
        ]
      : denied.map(({ accountId, actions, name, purpose }, index): CheckRow => ({
          id: `denied ${String(index)}`,
          name: purpose === 'recipe' ? `“${name}” would be refused` : `“${name}” could not take access back`,
          state: purpose === 'recipe' ? 'failed' : 'warning',
          reason: groupAccountId(accountId).join(' '),
          more: (
            <Text as="p" size="sm" tone={purpose === 'recipe' ? 'danger' : 'soft'}>
              <Mono>{actions.join(', ')}</Mono>
            </Text>
          ),
        }))),
  ];
}

/** Two of them deny what either denies: allowing one more Region by adding another does not work. */
function otherRegions(
  { kind }: GuardRail,
  { isAttached }: GuardRailPreview,
  holding: readonly AttachedPolicy[],
): CheckRow[] {
  if (kind !== 'regions' || isAttached || !holding.some((policy) => policy.kind === 'regions')) return [];
  const reason = 'Only Regions that both allow stay open. To allow more, take the other off';
  return [{ id: 'others', name: 'Another one holds here', state: 'warning', reason }];
}

function quotaRow(attachedCount: number): CheckRow {
  const words = `${formatQuantity(attachedCount, 'policy', 'policies')} here now, AWS’s own counted`;
  if (attachedCount < oldQuota) return { id: 'quota', name: 'There is room for it', state: 'passed', reason: words };
  return attachedCount < quota
    ? { id: 'quota', name: 'Perhaps no room for it', state: 'warning', reason: `${words}. AWS takes 5 or 10` }
    : { id: 'quota', name: 'No room for it', state: 'failed', reason: `${words}. AWS takes 10` };
}

function namesOf(accounts: GuardRailPreview['accounts']): string {
  const shown = accounts.slice(0, mostNames).map(({ name }) => name);
  const more = accounts.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${formatCount(more)} more`;
}
