import type { ReactNode } from 'react';
import type { WrittenLine } from '../../../core/domain/account-list';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Text, TwoLine } from '../../ui/text';
import styles from './place.module.css';

interface LinesTableProps<Line extends WrittenLine> {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly state: (line: Line) => ReactNode;
  readonly why: (line: Line) => ReactNode;
  readonly onOpen?: ((line: number) => void) | undefined;
}

const mostDrawn = 40;

/** The lines of a list: what each wishes for, how it stands, and why. */
export function LinesTable<Line extends WrittenLine>({ label, lines, onOpen, state, why }: LinesTableProps<Line>) {
  const isVirtual = lines.length > mostDrawn;
  const columns: readonly TableColumn<Line>[] = [
    { id: 'line', header: 'Line', width: 4, render: ({ line }) => <Text numeric>{line}</Text> },
    {
      id: 'account',
      header: 'Account',
      isRowHeader: true,
      render: ({ email, name, unit }) => (
        <TwoLine
          title={<b>{name === '' ? 'no name' : name}</b>}
          detail={unit.length === 0 ? email : `${email} · ${unit.join(' / ')}`}
        />
      ),
    },
    { id: 'state', header: 'State', width: 12, render: state },
    { id: 'why', header: 'Why', render: (line) => <Text tone="soft">{why(line)}</Text> },
  ];
  return (
    <div className={styles['children']} data-virtual={isVirtual || undefined}>
      <DataTable
        label={label}
        columns={columns}
        items={lines}
        keyOf={({ line }) => String(line)}
        rowHeight="tall"
        isVirtual={isVirtual}
        {...(onOpen === undefined ? {} : { onOpen: (key: string) => onOpen(Number(key)) })}
      />
    </div>
  );
}
