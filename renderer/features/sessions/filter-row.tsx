import type { Session } from '../../../core/domain/session';
import { useFromNow } from '../../app/clock';
import { formatCount, groupAccountId } from '../../ui/format';
import { Row } from '../../ui/layout';
import { SegmentedControl } from '../../ui/segmented-control';
import { Select } from '../../ui/select';
import { Key } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { accountsIn, countIn, hasTrouble, type SessionFilter, type SessionState } from './session-filter';
import styles from './sessions.module.css';

interface FilterRowProps {
  readonly sessions: readonly Session[];
  readonly filter: SessionFilter;
  readonly onChange: (filter: SessionFilter) => void;
}

const words: Readonly<Record<SessionState, string>> = { all: 'All', ending: 'About to end', trouble: 'Trouble' };

/** By words, by state and by account. */
export function FilterRow({ filter, onChange, sessions }: FilterRowProps) {
  // drawn anew when a number changes: a row of fields costs more than all that counts down
  const ending = useFromNow((now) => countIn(sessions, 'ending', now));
  const counts = { all: sessions.length, ending, trouble: sessions.filter(hasTrouble).length };
  const accounts = accountsIn(sessions);
  const states = (Object.keys(words) as SessionState[])
    .map((value) => ({ value, count: counts[value] }))
    .filter(({ count, value }) => value === 'all' || value === filter.state || count > 0);
  return (
    <Row gap="md" wrap>
      <div className={styles['search']}>
        <TextField
          label="Search sessions"
          hideLabel
          placeholder="Connection, role or account ID"
          icon="search"
          type="search"
          value={filter.search}
          onChange={(search) => onChange({ ...filter, search })}
          suffix={filter.search === '' ? <Key>/</Key> : undefined}
          maxLength={200}
        />
      </div>
      {states.length > 1 && (
        <SegmentedControl<SessionState>
          label="Which sessions"
          options={states.map(({ count, value }) => ({
            value,
            label: `${words[value]} ${formatCount(count)}`,
          }))}
          value={filter.state}
          onChange={(state) => onChange({ ...filter, state })}
        />
      )}
      {accounts.length > 1 && (
        <div className={styles['account']}>
          <Select
            label="Account"
            hideLabel
            options={[
              { value: 'all', label: `All ${formatCount(accounts.length)} accounts` },
              ...accounts.map(({ count, id }) => ({
                value: id,
                label: groupAccountId(id).join(' '),
                detail: count === 1 ? '1 session' : `${formatCount(count)} sessions`,
              })),
            ]}
            value={filter.account}
            onChange={(account) => onChange({ ...filter, account })}
          />
        </div>
      )}
    </Row>
  );
}
