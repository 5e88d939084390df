import { useState } from 'react';
import { useNavigate } from 'react-router';
import {
  dayTicks,
  failureWords,
  spellsOf,
  type DayTick,
  type TestedBy,
  type TestEnd,
  type TestSpell,
} from '../../../core/domain/health';
import { actWords } from '../../../core/domain/activity-words';
import type { ActivityEntry } from '../../../core/domain/activity';
import { useNowEvery } from '../../app/clock';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { DayTicks } from '../../ui/day-ticks';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment, formatQuantity, formatTaken, startOfDay } from '../../ui/format';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';
import styles from './history-card.module.css';

const days = 30;
/** Entries before somebody asks for more. */
const shown = 6;

/** What was done with a connection and how its tests went, the newest first, with a tick for each day of tests. */
export function HistoryCard({ connectionId }: { readonly connectionId: string }) {
  const asked = useAsk('connections', 'connections', 'history', { connectionId });
  const acts = useAsk('activity', 'activity', 'page', { filter: { connectionId } });
  const now = useNowEvery(60_000);
  const [isWhole, setWhole] = useState(false);
  const navigate = useNavigate();
  const failed = asked.error === undefined ? acts : asked;
  if (failed.error !== undefined) {
    return (
      <Card title="History" padding="md">
        <ErrorPanel error={failed.error} onRemedy={() => failed.again()} isBare />
      </Card>
    );
  }
  const ends = asked.data?.ends ?? [];
  const rows = rowsOf(spellsOf(ends), acts.data?.entries ?? []);
  if (rows.length === 0) return null;
  const ticks = dayTicks(ends, days, (daysAgo) => startOfDay(now, daysAgo));
  const more = rows.length - shown;
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
        {(isWhole ? rows : rows.slice(0, shown)).map((row) => (
          <li key={row.key} className={styles['row']}>
            {'spell' in row ? (
              <SpellRow spell={row.spell} now={now} />
            ) : (
              <ActRow entry={row.entry} at={row.at} now={now} />
            )}
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
      {acts.data?.before !== undefined && (more <= 0 || isWhole) && (
        <div className={styles['row']}>
          <Row>
            <Button variant="link" size="sm" onPress={() => void navigate(`/activity?connection=${connectionId}`)}>
              What was done before, in Activity
            </Button>
          </Row>
        </div>
      )}
    </Card>
  );
}

type HistoryRow = { readonly key: string; readonly at: number } & (
  { readonly spell: TestSpell } | { readonly entry: ActivityEntry }
);

function rowsOf(spells: readonly TestSpell[], acts: readonly ActivityEntry[]): readonly HistoryRow[] {
  const rows: HistoryRow[] = [
    ...spells.map((spell) => ({ key: `test ${String(spell.first.at)}`, at: spell.last.at, spell })),
    // a line without a time is one that was cut off
    ...acts.flatMap((entry) =>
      entry.time === undefined ? [] : [{ key: `act ${String(entry.at)}`, at: entry.time, entry }],
    ),
  ];
  return rows.sort((one, other) => other.at - one.at);
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

interface ActRowProps {
  readonly entry: ActivityEntry;
  readonly at: number;
  readonly now: number;
}

function ActRow({ at, entry: { act, facts }, now }: ActRowProps) {
  const said = facts.filter(({ name }) => shownFacts.has(name)).map(({ value }) => value);
  return (
    <>
      <Icon name={iconOf(act)} size="sm" tone={act.endsWith('failed') ? 'danger' : 'muted'} />
      <span className={styles['words']}>
        <Text weight="medium">{actWords(act)}</Text>
        <span className={styles['detail']}>{said.join(', ')}</span>
      </span>
      <span className={styles['when']}>{formatMoment(at, now)}</span>
    </>
  );
}

/** What of a line says something to a person who knows which connection it is about. */
const shownFacts: ReadonlySet<string> = new Set(['parts', 'note', 'by', 'way', 'name']);

const icons: readonly (readonly [RegExp, IconName])[] = [
  [/^session\.handed/, 'send'],
  [/^session\.(?:ended|expired)/, 'stop'],
  [/^session\./, 'play'],
  [/^revocation\./, 'door-shut'],
  [/^drift\.put-back/, 'undo'],
  [/^drift\./, 'diff'],
  [/^review\./, 'calendar'],
  [/^connection\./, 'link'],
  [/^role\./, 'role'],
];

function iconOf(act: string): IconName {
  return icons.find(([pattern]) => pattern.test(act))?.[1] ?? 'list';
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
