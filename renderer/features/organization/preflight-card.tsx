import type { PreflightCheck } from '../../../core/contract/organization';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CheckList, type CheckState } from '../../ui/check-list';
import { ErrorPanel } from '../../ui/error-panel';
import { Progress } from '../../ui/progress';
import { Text } from '../../ui/text';
import styles from './preflight-card.module.css';
import type { Preflight } from './use-preflight';

interface PreflightCardProps {
  readonly preflight: Preflight;
  readonly canCheck: boolean;
}

const states: Readonly<Record<PreflightCheck['state'], CheckState>> = {
  passed: 'passed',
  warned: 'warning',
  failed: 'failed',
  unknown: 'inconclusive',
};

/** Everything that can be known before AWS is asked for the account. Changes nothing. */
export function PreflightCard({ canCheck, preflight }: PreflightCardProps) {
  const { check, checks, error, hasRun, isRunning, since } = preflight;
  const remedy = useRemedy({ retry: check });
  return (
    <Card
      title="Can it be had?"
      subtitle={hasRun ? 'Checked again when something changes' : 'Changes nothing'}
      actions={
        <Button
          icon="refresh"
          busy={isRunning ? { label: 'Checking' } : undefined}
          disabledReason={canCheck ? undefined : 'Name it and give it an e-mail address first'}
          onPress={check}
        >
          {hasRun ? 'Check again' : 'Check now'}
        </Button>
      }
    >
      {error !== undefined && <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} isBare />}
      {checks.length > 0 && (
        <CheckList
          label="Can it be had?"
          rows={checks.map(({ detail, error: fault, id, state, title }) => ({
            id,
            name: title,
            state: states[state],
            more:
              fault === undefined || state === 'passed' ? (
                <Text as="p" tone="soft" size="sm">
                  {detail}
                </Text>
              ) : (
                <>
                  <Text as="p" tone="soft" size="sm">
                    {detail}
                  </Text>
                  {fault.whatToDo !== '' && (
                    <Text as="p" size="sm">
                      {fault.whatToDo}
                    </Text>
                  )}
                </>
              ),
          }))}
        />
      )}
      {checks.length === 0 && error === undefined && (
        <div className={styles['before']}>
          {isRunning ? (
            <Progress label="Asking AWS what can be known before" since={since} />
          ) : (
            <Text tone="muted">
              Organization, rights, what is under way, the address, the name and the unit are looked at first.
            </Text>
          )}
        </div>
      )}
    </Card>
  );
}
