import type { HealthEvery } from '../../../core/domain/health';
import { useNowEvery } from '../../app/clock';
import { useAct, useAsk } from '../../ipc/queries';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatAhead } from '../../ui/format';
import { Stack } from '../../ui/layout';
import { Select } from '../../ui/select';
import { Text } from '../../ui/text';
import { Setting } from './sections';

const choices: readonly { readonly value: HealthEvery; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: 'day', label: 'Every day' },
  { value: 'six-hours', label: 'Every 6 hours' },
  { value: 'hour', label: 'Every hour' },
];

/** How often all connections of this workspace are tested by themselves. */
export function HealthCard() {
  const asked = useAsk('health', 'connections', 'getSchedule', {});
  const change = useAct('connections', 'setSchedule');
  const now = useNowEvery(60_000);
  const { every = 'never', nextAt } = asked.data ?? {};
  const error = change.error ?? asked.error;
  return (
    <Card title="Testing" padding="md">
      <Stack gap="md">
        <Setting id="schedule">
          <Select<HealthEvery>
            label="Test all connections"
            options={choices}
            value={every}
            onChange={(value) => void change.run({ every: value })}
          />
        </Setting>
        <Text as="p" tone="muted" size="sm">
          {nextAt === undefined
            ? 'Only when you ask for it.'
            : `Next ${formatAhead(nextAt, now)}, while Sallyport runs. What was missed meanwhile is caught up once. Roles are looked at for drift along with it.`}
        </Text>
        {error !== undefined && (
          <ErrorPanel
            error={error}
            onRemedy={() => {
              change.reset();
              asked.again();
            }}
            isBare
          />
        )}
      </Stack>
    </Card>
  );
}
