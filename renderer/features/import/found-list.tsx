import { useMemo, useState } from 'react';
import type { ImportCandidate, ImportPreview } from '../../../core/contract/imports';
import { Checkbox } from '../../ui/checkbox';
import { EmptyState } from '../../ui/empty-state';
import { formatCount, formatDuration, formatQuantity } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Mono, Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import styles from './import.module.css';

interface FoundListProps {
  readonly preview: ImportPreview;
  readonly picked: ReadonlySet<number>;
  readonly onPick: (picked: ReadonlySet<number>) => void;
}

/** Drawn at once; more are found by typing, and picked with all the others. */
const most = 200;

/** Neither impossible nor there already. */
export function canImport({ problem, sameAs }: ImportCandidate): boolean {
  return problem === undefined && sameAs === undefined;
}

/** What was found in a file: what can be imported with a box to pick it, the rest with why not. */
export function FoundList({ preview, picked, onPick }: FoundListProps) {
  const { candidates, format, others } = preview;
  const [search, setSearch] = useState('');
  const possible = useMemo(() => candidates.filter(canImport), [candidates]);
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return candidates.filter(({ name, roleArn }) => `${name} ${roleArn}`.toLowerCase().includes(wanted));
  }, [candidates, search]);
  const pick = (key: number, isPicked: boolean) => {
    const next = new Set(picked);
    if (isPicked) next.add(key);
    else next.delete(key);
    onPick(next);
  };
  const entries = format === 'leapp' ? 'session' : 'profile';
  if (candidates.length === 0) {
    return (
      <EmptyState title="No role stands in this file" isSmall>
        {others === 0
          ? 'It is empty.'
          : `${formatQuantity(others, entries)} without a role. Add such a profile in the settings, as a source identity.`}
      </EmptyState>
    );
  }
  const connected = candidates.filter(({ sameAs }) => sameAs !== undefined).length;
  const impossible = candidates.length - possible.length - connected;
  return (
    <Stack gap="md">
      <Text tone="muted" size="sm">
        {[
          connected > 0 ? `${formatCount(connected)} connected already or there twice` : '',
          impossible > 0 ? `${formatCount(impossible)} cannot be imported` : '',
          others > 0 ? `${formatQuantity(others, `other ${entries}`)} without a role` : '',
        ]
          .filter((part) => part !== '')
          .join(', ') || 'Every one of them can be imported.'}
      </Text>
      <Row justify="between" gap="md" wrap align="end">
        <Checkbox
          isSelected={possible.length > 0 && picked.size === possible.length}
          isMixed={picked.size > 0 && picked.size < possible.length}
          isDisabled={possible.length === 0}
          onChange={(all) => onPick(new Set(all ? possible.map(({ key }) => key) : []))}
        >
          {`All ${formatCount(possible.length)} that can be imported`}
        </Checkbox>
        <div className={styles['search']}>
          <TextField
            label="Find a role"
            hideLabel
            placeholder="Name, account or role"
            icon="search"
            type="search"
            value={search}
            onChange={setSearch}
            maxLength={100}
            autoFocus
          />
        </div>
      </Row>
      <ul className={styles['list']} aria-label="Roles found">
        {shown.slice(0, most).map((candidate) => (
          <li key={candidate.key} className={styles['entry']}>
            <Checkbox
              isSelected={picked.has(candidate.key)}
              isDisabled={!canImport(candidate)}
              onChange={(isPicked) => pick(candidate.key, isPicked)}
              detail={<Details candidate={candidate} />}
            >
              <b>{candidate.name}</b>
            </Checkbox>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <Text tone="muted">Nothing matches.</Text>}
      {shown.length > most && (
        <Text tone="muted" size="sm">{`The first ${String(most)} are shown. Type more of the name.`}</Text>
      )}
    </Stack>
  );
}

function Details({ candidate }: { readonly candidate: ImportCandidate }) {
  const { durationSeconds, externalId, mfaSerial, note, problem, roleArn, sameAs, sourceLabel } = candidate;
  const facts = [
    externalId === undefined ? 'no external ID' : `external ID ${externalId}`,
    ...(mfaSerial === undefined ? [] : ['asks for an MFA code']),
    ...(durationSeconds === undefined ? [] : [`sessions of ${formatDuration(durationSeconds * 1000)}`]),
    ...(sourceLabel === undefined ? ['no source identity yet'] : [`entered as ${sourceLabel}`]),
  ];
  return (
    <span className={styles['details']}>
      <Mono>{roleArn}</Mono>
      {sameAs !== undefined ? (
        <Text tone="muted">{`The same role as ${sameAs}.`}</Text>
      ) : problem !== undefined ? (
        <Text tone="warning">{problem}</Text>
      ) : (
        <span>{capital(facts.join(', '))}.</span>
      )}
      {problem === undefined && sameAs === undefined && note !== undefined && <Text tone="muted">{note}</Text>}
    </span>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
