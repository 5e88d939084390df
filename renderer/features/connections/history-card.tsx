import { useState } from 'react';
import {
  dayTicks,
  failureWords,
  spellsOf,
  type DayTick,
  type TestedBy,
  type TestEnd,
  type TestSpell,
} from '../../../core/domain/health';
import { useNowEvery } from '../../app/clock';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { DayTicks } from '../../ui/day-ticks';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment, formatQuantity, formatTaken, startOfDay } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';
import styles from './history-card.module.css';

const days = 30;
/** Entries before somebody asks for more. */
const shown = 6;

/** How the tests of a connection went: a tick for each day, and the same in words. */
export function HistoryCard({ connectionId }: { readonly connectionId: string }) {
  const asked = useAsk('connections', 'connections', 'history', { connectionId });
  const now = useNowEvery(60_000);
  const [isWhole, setWhole] = useState(false);
  if (asked.error !== undefined) {
    return (
      <Card title="History" padding="md">
        <ErrorPanel error={asked.error} onRemedy={() => asked.again()} isBare />
      </Card>
    );
  }
  const ends = asked.data?.ends ?? [];
  if (ends.length === 0) return null;
  const spells = spellsOf(ends);
  const ticks = dayTicks(ends, days, (daysAgo) => startOfDay(now, daysAgo));
  const more = spells.length - shown;
  return (
    <Card
      title="History"
      actions={
        <span className={styles['picture']}>
          <DayTicks label={ticksInWords(ticks)} days={ticks} />
          {`${String(days)} days of tests`}
        </span>
      }
    >
      <ol>
        {(isWhole ? spells : spells.slice(0, shown)).map((spell) => (
          <li key={spell.first.at} className={styles['row']}>
            <SpellRow spell={spell} now={now} />
          </li>
        ))}
      </ol>
      {more > 0 && !isWhole && (
        <div className={styles['row']}>
          <Row>
            <Button variant="link" size="sm" onPress={() => setWhole(true)}>
              {`Show ${formatQuantity(more, 'earlier entry', 'earlier entries')}`}
            </Button>
          </Row>
        </div>
      )}
    </Card>
  );
}

const looks = {
  passed: { icon: 'check', tone: 'success', word: 'Test passed', many: 'tests passed' },
  warned: { icon: 'alert', tone: 'warning', word: 'Test passed with a warning', many: 'tests passed with a warning' },
  failed: { icon: 'x-circle', tone: 'danger', word: 'Test failed', many: 'tests failed' },
} as const;

const askers: Readonly<Record<TestedBy, string>> = {
  person: 'asked for here',
  'test-all': 'with all connections',
  schedule: 'by schedule',
};

function SpellRow({ spell: { count, first, last }, now }: { readonly spell: TestSpell; readonly now: number }) {
  const { icon, many, tone, word } = looks[last.state];
  const detail = [failureWords(last), askers[last.by], count === 1 ? `took ${formatTaken(last.tookMs)}` : '']
    .filter((part) => part !== '')
    .join(', ');
  return (
    <>
      <Icon name={icon} size="sm" tone={tone} />
      <span className={styles['words']}>
        <Text weight="medium">{count === 1 ? word : `${String(count)} ${many}`}</Text>
        <span className={styles['detail']}>{detail}</span>
      </span>
      <span className={styles['when']}>
        {count === 1 ? formatMoment(last.at, now) : `${formatMoment(first.at, now)} to ${formatMoment(last.at, now)}`}
      </span>
    </>
  );
}

function ticksInWords(ticks: readonly DayTick[]): string {
  const count = (state: TestEnd['state']) => ticks.filter((tick) => tick.state === state).length;
  const parts = [
    [count('passed'), 'well'],
    [count('warned'), 'with a warning'],
    [count('failed'), 'with a failure'],
  ] as const;
  const words = parts
    .filter(([number]) => number > 0)
    .map(([number, how]) => `${formatQuantity(number, 'day')} ${how}`);
  const untested = ticks.filter(({ state }) => state === 'none').length;
  return `Tests of the last ${String(ticks.length)} days: ${[...words, `${String(untested)} without a test`].join(', ')}.`;
}
