import { useEffect, useEffectEvent, useState } from 'react';
import type { OutputOf } from '../../../core/contract/contract';
import { breakWords, type ChainState } from '../../../core/domain/activity';
import { useNowEvery } from '../../app/clock';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
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
  const check = useAct('activity', 'check');
  const [state, setState] = useState<Followed>();
  const now = useNowEvery(60_000);
  const checkAll = () => void check.run({ fromFirst: true }).then((followed) => setState(followed ?? state));
  const begin = useEffectEvent(() => check.run({ fromFirst: false }));
  // once: each act while the page is open would have it read again
  useEffect(() => {
    void begin().then(setState);
  }, []);
  return (
    <Stack gap="sm">
      {check.error !== undefined && <ErrorPanel error={check.error} onRemedy={checkAll} />}
      <Row gap="md" wrap>
        {state?.broken === 0 && (
          <Row>
            <Icon name="check-circle" tone="success" />
            <Text tone="muted">{`${soundWords(state)} ${whenWords(state)}`}</Text>
          </Row>
        )}
        <Button
          size="sm"
          variant="ghost"
          icon="shield-check"
          busy={check.busy ? { label: 'Checking' } : undefined}
          onPress={checkAll}
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

type Followed = OutputOf<'activity', 'check'>;

function whenWords({ checkedAt, wholeAt }: Followed): string {
  const [at, first] = [formatClock(checkedAt), formatClock(wholeAt)];
  return at === first ? `Checked at ${at}.` : `Checked at ${at}, from the first line at ${first}.`;
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
