import { useState } from 'react';
import type { AttachedPolicy } from '../../../core/contract/guard-rails';
import { guardRailFacts, type GuardRailRecord } from '../../../core/domain/guard-rails';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Note } from '../../ui/note';
import { Progress } from '../../ui/progress';
import { Text, TwoLine } from '../../ui/text';
import { GuardRailDialog } from './guard-rail-dialog';
import { GuardRailOnItsWay, MissingGuardRail } from './guard-rail-record';
import { TakeOffDialog } from './guard-rail-take-off-dialog';
import { guardRailTitle, nameOfPlace } from './guard-rail-words';
import styles from './guard-rails.module.css';
import type { ManagementView } from './organization-tree';

interface GuardRailsCardProps {
  readonly view: ManagementView;
  readonly sourceId: string;
  /** the root, a unit or an account */
  readonly targetId: string;
}

/** Which service control policies hold for a place, from where, and which of them are ours to take off. */
export function GuardRailsCard({ sourceId, targetId, view }: GuardRailsCardProps) {
  const asked = useAsk('guard-rails', 'guardRails', 'read', { sourceId, targetId });
  const records = useAsk('guard-rail-records', 'guardRails', 'list', {}).data?.records ?? [];
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<GuardRailRecord>();
  const [since] = useState(currentTime);
  const remedy = useRemedy({ retry: asked.again });
  const here = records.filter((record) => record.targetId === targetId);
  const onTheirWay = here.filter(({ state }) => state === 'attaching' || state === 'detaching' || state === 'stopped');
  const missing = here.filter(({ id, state }) => state === 'attached' && asked.data?.missing.includes(id) === true);
  const isManagement = targetId === view.accountId;
  const rows = (asked.data?.policies ?? [])
    .filter(({ maker }) => maker !== 'aws')
    .filter(({ recordId }) => !onTheirWay.some(({ id }) => id === recordId));
  const isEmpty = asked.data !== undefined && rows.length + onTheirWay.length + missing.length === 0;
  return (
    <Card
      title="Guard rails"
      subtitle={asked.data === undefined ? undefined : `Read ${formatClock(asked.data.readAt)}`}
      actions={
        <Button
          icon="plus"
          disabledReason={
            isManagement
              ? 'No guard rail binds the management account'
              : view.allFeatures
                ? undefined
                : 'They need all features of the organization'
          }
          onPress={() => setAdding(true)}
        >
          Add a guard rail…
        </Button>
      }
    >
      {isManagement && (
        <div className={styles['words']}>
          <Note tone="info" title="The management account is never bound.">
            Policies that are attached here or above do not hold for it.
          </Note>
        </div>
      )}
      {asked.data?.isSwitchedOn === false && (
        <div className={styles['words']}>
          <Note tone="info" title="Service control policies are switched off.">
            None holds anywhere in the organization. Adding a guard rail switches them on.
          </Note>
        </div>
      )}
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
      {asked.pending && asked.error === undefined && (
        <div className={styles['words']}>
          <Progress label="Reading which policies hold here" since={since} />
        </div>
      )}
      {onTheirWay.map((record) => (
        <GuardRailOnItsWay key={record.id} record={record} sourceId={sourceId} onTakeOff={() => setLeaving(record)} />
      ))}
      {missing.map((record) => (
        <MissingGuardRail key={record.id} record={record} sourceId={sourceId} />
      ))}
      {rows.length > 0 && (
        <ul className={styles['rows']} aria-label="Guard rails that hold here">
          {rows.map((policy) => (
            <Row
              key={`${policy.attachedTo} ${policy.policyId}`}
              policy={policy}
              record={records.find(({ id }) => id === policy.recordId)}
              from={policy.attachedTo === targetId ? undefined : nameOfPlace(view, policy.attachedTo)}
              onTakeOff={setLeaving}
            />
          ))}
        </ul>
      )}
      {isEmpty && asked.data.isSwitchedOn && (
        <div className={styles['words']}>
          <Text as="p" tone="muted">
            Nothing is refused here yet. A guard rail forbids something to every identity of the accounts below, their
            administrators too, such as leaving the organization.
          </Text>
        </div>
      )}
      {isAdding && (
        <GuardRailDialog
          view={view}
          sourceId={sourceId}
          targetId={targetId}
          holding={asked.data?.policies ?? []}
          onClose={() => setAdding(false)}
        />
      )}
      {leaving !== undefined && (
        <TakeOffDialog
          record={leaving}
          sourceId={sourceId}
          placeName={nameOfPlace(view, targetId)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Card>
  );
}

interface RowProps {
  readonly policy: AttachedPolicy;
  readonly record: GuardRailRecord | undefined;
  /** Where it is attached, if that is above. */
  readonly from: string | undefined;
  readonly onTakeOff: (record: GuardRailRecord) => void;
}

const makers: Readonly<Record<Exclude<AttachedPolicy['maker'], 'ours'>, string>> = {
  aws: 'AWS’s own',
  sallyport: 'from Sallyport on another computer',
  revocation: 'of a revocation, which is taken back on its own page',
  foreign: 'not from Sallyport',
};

function Row({ from, onTakeOff, policy, record }: RowProps) {
  const { isChanged, kind, maker, name } = policy;
  const title =
    record === undefined ? (kind === undefined ? name : guardRailFacts[kind].title) : guardRailTitle(record.guardRail);
  const said = [
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(maker === 'ours' ? [] : [makers[maker]]),
    ...(title === name ? [] : [name]),
  ].join(' · ');
  return (
    <li>
      <span className={styles['what']}>
        <TwoLine
          icon={
            <Icon name={maker === 'ours' ? 'shield-check' : 'shield'} tone={maker === 'ours' ? undefined : 'muted'} />
          }
          title={<b>{title}</b>}
          detail={said}
        />
      </span>
      {isChanged && (
        <Chip tone="warning" icon="diff">
          Changed since
        </Chip>
      )}
      {record !== undefined && from === undefined && (
        <Button size="sm" onPress={() => onTakeOff(record)}>
          Take it off…
        </Button>
      )}
    </li>
  );
}
