import type { GuardRailRecord } from '../../../core/domain/guard-rails';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { Icon } from '../../ui/icon';
import { Progress } from '../../ui/progress';
import { Text, TwoLine } from '../../ui/text';
import { guardRailDoing, guardRailStoppedWords, guardRailTitle } from './guard-rail-words';
import styles from './guard-rails.module.css';

interface RecordProps {
  readonly record: GuardRailRecord;
  readonly sourceId: string;
}

/** One that is being attached or taken off, or has stopped on the way. */
export function GuardRailOnItsWay({ onTakeOff, record, sourceId }: RecordProps & { readonly onTakeOff: () => void }) {
  const { error, guardRail, id, startedAt, state, steps, wanted } = record;
  const cancel = useAct('guardRails', 'cancel');
  const resume = useAct('guardRails', 'resume');
  const goOn = () => void resume.run({ recordId: id, sourceId });
  const remedy = useRemedy({ retry: goOn });
  const isGoing = state !== 'stopped';
  const shown = resume.error ?? error;
  return (
    <div className={styles['onItsWay']}>
      <div className={styles['line']}>
        <span className={styles['what']}>
          <TwoLine
            icon={<Icon name="shield" tone="muted" />}
            title={<b>{guardRailTitle(guardRail)}</b>}
            detail={isGoing ? undefined : guardRailStoppedWords(record)}
          />
        </span>
        {isGoing ? (
          <Progress
            label={guardRailDoing(record)}
            since={steps.at(-1)?.at ?? startedAt}
            onCancel={() => void cancel.run({ recordId: id })}
          />
        ) : (
          <>
            <Chip tone="warning" icon="stop">
              Stopped
            </Chip>
            {wanted === 'attached' && (
              <Button size="sm" onPress={onTakeOff}>
                Take it off…
              </Button>
            )}
            <Button size="sm" busy={resume.busy ? { label: 'Going on' } : undefined} onPress={goOn}>
              Go on
            </Button>
          </>
        )}
      </div>
      {!isGoing && shown !== undefined && (
        <ErrorPanel error={shown} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </div>
  );
}

/** One that AWS has no longer: somebody took it off by hand. */
export function MissingGuardRail({ record, sourceId }: RecordProps) {
  const resume = useAct('guardRails', 'resume');
  const forget = useAct('guardRails', 'forget');
  const again = () => void resume.run({ recordId: record.id, sourceId });
  const remedy = useRemedy({ retry: again });
  const error = resume.error ?? forget.error;
  return (
    <div className={styles['onItsWay']}>
      <div className={styles['line']}>
        <span className={styles['what']}>
          <TwoLine
            icon={<Icon name="shield" tone="muted" />}
            title={<b>{guardRailTitle(record.guardRail)}</b>}
            detail={<Text>Somebody took it off outside of Sallyport. It refuses nothing here.</Text>}
          />
        </span>
        <Chip tone="warning" icon="diff">
          Gone since
        </Chip>
        <Button size="sm" onPress={() => void forget.run({ recordId: record.id })}>
          Leave it off
        </Button>
        <Button size="sm" busy={resume.busy ? { label: 'Attaching' } : undefined} onPress={again}>
          Attach it again
        </Button>
      </div>
      {error !== undefined && (
        <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </div>
  );
}
