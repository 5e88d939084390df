import { useMemo, useState } from 'react';
import type { NarrowingProposal } from '../../../core/contract/narrowing';
import { formatAgo } from '../../ui/format';
import { Checkbox } from '../../ui/checkbox';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Mono, Text, TwoLine, VisuallyHidden } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import styles from './narrowing.module.css';

type Unused = NarrowingProposal['unused'][number];

interface UnusedTableProps {
  readonly unused: readonly Unused[];
  readonly now: number;
  readonly onKeep: (id: string, isKept: boolean) => void;
}

/** So many are looked through by eye; from there on a search helps. */
const searchedFrom = 12;

/** What was not used, each with a way to keep it all the same. What was used once stands first. */
export function UnusedTable({ now, onKeep, unused }: UnusedTableProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = useMemo(
    () => unused.filter(({ id, service }) => `${id} ${service}`.toLowerCase().includes(wanted)),
    [unused, wanted],
  );
  const columns: readonly TableColumn<Unused>[] = [
    {
      id: 'what',
      header: 'Service or action',
      isRowHeader: true,
      render: ({ action, id, service }) => (
        <TwoLine
          title={action === undefined ? service : <Mono>{id}</Mono>}
          detail={action === undefined ? id : service}
        />
      ),
    },
    {
      id: 'last',
      header: 'Last used',
      width: 9,
      render: ({ lastAt }) =>
        lastAt === undefined ? <Text tone="muted">not in 400 days</Text> : <Text>{formatAgo(lastAt, now)}</Text>,
    },
    {
      id: 'can',
      header: 'It could',
      width: 15,
      render: ({ can }) => <Text tone="muted">{can.map((level) => levelWords[level]).join(', ')}</Text>,
    },
    {
      id: 'keep',
      header: 'Keep',
      width: 6,
      render: ({ id, isKept }) => (
        <Checkbox isSelected={isKept} onChange={(next) => onKeep(id, next)}>
          Keep<VisuallyHidden> {id}</VisuallyHidden>
        </Checkbox>
      ),
    },
  ];
  return (
    <>
      {unused.length > searchedFrom && (
        <div className={styles['search']}>
          <TextField label="Find a service or an action" value={search} onChange={setSearch} maxLength={100} />
        </div>
      )}
      <div className={styles['table']} data-long={unused.length > searchedFrom || undefined}>
        <DataTable
          label="What would stop working"
          columns={columns}
          items={shown}
          keyOf={({ id }) => id}
          rowHeight="tall"
          isVirtual={unused.length > searchedFrom}
          empty={unused.length === 0 ? 'It used everything that it may.' : 'Nothing unused is called so.'}
        />
      </div>
    </>
  );
}

const levelWords: Readonly<Record<Unused['can'][number], string>> = {
  list: 'list',
  read: 'read',
  write: 'write',
  permissions: 'give rights',
  tagging: 'tag',
};
