import { breakWords, type ChainState } from '../../../core/domain/activity';
import { useNowEvery } from '../../app/clock';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { formatClock, formatCount, formatMoment, formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Text } from '../../ui/text';

/** What the chain of the log says: one line where it holds, and each place where it does not. */
export function ChainStateLine() {
  const asked = useAsk('activity', 'activity', 'check', {});
  const now = useNowEvery(60_000);
  const state = asked.data;
  return (
    <Stack gap="sm">
      {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={asked.again} />}
      <Row gap="md" wrap>
        {state?.broken === 0 && (
          <Row>
            <Icon name="check-circle" tone="success" />
            <Text tone="muted">{`${soundWords(state)} Checked at ${formatClock(state.checkedAt)}.`}</Text>
          </Row>
        )}
        <Button
          size="sm"
          variant="ghost"
          icon="shield-check"
          busy={asked.asking ? { label: 'Checking' } : undefined}
          onPress={asked.again}
        >
          Check all
        </Button>
        {state?.last !== undefined && (
          <CopyButton
            what="hash of the last line"
            label="Copy the last hash"
            variant="ghost"
            onCopy={() => copyText(state.last ?? '')}
          />
        )}
      </Row>
      {state !== undefined && state.broken > 0 && (
        <Note tone="danger" title={brokenTitle(state)} isAlert>
          {state.breaks.slice(0, 5).map((one) => (
            <div key={one.line}>{breakWords(one, (time) => formatMoment(time, now))}</div>
          ))}
          {state.broken > 5 && <div>{`And ${formatQuantity(state.broken - 5, 'place')} more.`}</div>}
          <div>Nothing was repaired. Compare with an earlier export, and ask who could write the file.</div>
        </Note>
      )}
    </Stack>
  );
}

function brokenTitle({ broken, lines }: ChainState): string {
  return `The log was changed: ${formatQuantity(broken, 'place')} among ${formatQuantity(lines, 'line')}.`;
}

function soundWords({ lines, torn, unchained }: ChainState): string {
  const whole = lines === 0 ? 'No line yet.' : `${formatQuantity(lines, 'line')}, each follows the one before.`;
  const old = unchained === 0 ? '' : ` ${formatCount(unchained)} of them from before lines were chained.`;
  const cut = torn === 0 ? '' : ` ${formatQuantity(torn, 'line')} cut off by a crash.`;
  return `${whole}${old}${cut}`;
}
