import { useState } from 'react';
import type { SharedEntry, SharedPreview } from '../../../core/contract/imports';
import type { SharedField } from '../../../core/domain/connection-export';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { formatCount, formatDate, formatDuration } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { SegmentedControl } from '../../ui/segmented-control';
import { Mono, Text } from '../../ui/text';
import styles from './import.module.css';

/** What is chosen so far: entries to add, and fields in which theirs is to hold. */
export interface Chosen {
  readonly add: ReadonlySet<number>;
  readonly take: ReadonlyMap<number, ReadonlySet<SharedField>>;
}

interface SharedListProps {
  readonly preview: SharedPreview;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

/** Drawn at once; so many more with each press. */
const most = 200;

const fieldWords: Readonly<Record<SharedField, string>> = {
  name: 'Name',
  region: 'Region',
  externalId: 'External ID',
  recipeId: 'Recipe',
  maxSessionDuration: 'Longest session',
  folder: 'Folder',
  tags: 'Tags',
  reviewAt: 'Review',
};

/** New ones are added unless a person says no; mine holds unless a person says theirs. */
export function chosenAtFirst({ entries }: SharedPreview): Chosen {
  return { add: new Set(entries.filter(({ state }) => state === 'new').map(({ key }) => key)), take: new Map() };
}

/** What a file of connections would add and change. */
export function SharedList({ chosen, onChoose, preview }: SharedListProps) {
  const { entries } = preview;
  const [drawn, setDrawn] = useState(most);
  const count = (state: SharedEntry['state']) => entries.filter((one) => one.state === state).length;
  const differing = entries.filter(({ state }) => state === 'differs');
  const addable = entries.filter(({ state }) => state === 'new' || state === 'twice');
  const pick = (key: number, isPicked: boolean) => {
    const add = new Set(chosen.add);
    if (isPicked) add.add(key);
    else add.delete(key);
    onChoose({ ...chosen, add });
  };
  const take = (key: number, field: SharedField, isTheirs: boolean) => {
    const fields = new Set(chosen.take.get(key));
    if (isTheirs) fields.add(field);
    else fields.delete(field);
    onChoose({ ...chosen, take: new Map(chosen.take).set(key, fields) });
  };
  const listed = [...differing, ...addable];
  const words = [
    [count('new'), 'new'],
    [count('same'), 'the same'],
    [differing.length, 'with differences'],
    [count('twice'), 'there twice'],
  ] as const;
  return (
    <Stack gap="md">
      <Text tone="muted" size="sm">
        {`Exported on ${formatDate(preview.exportedAt)}. ${words
          .filter(([number]) => number > 0)
          .map(([number, what]) => `${formatCount(number)} ${what}`)
          .join(', ')}. What you do not choose stays as it is.`}
      </Text>
      <ul className={styles['list']} aria-label="Connections in the file">
        {listed.slice(0, drawn).map((entry) => (
          <li key={entry.key} className={styles['entry']}>
            {entry.state === 'differs' ? (
              <Differing entry={entry} taken={chosen.take.get(entry.key)} onTake={take} />
            ) : (
              <Checkbox
                isSelected={chosen.add.has(entry.key)}
                onChange={(isPicked) => pick(entry.key, isPicked)}
                detail={<Role entry={entry} />}
              >
                <b>{entry.name}</b>
              </Checkbox>
            )}
          </li>
        ))}
      </ul>
      {listed.length > drawn && (
        <Row gap="md">
          <Button size="sm" onPress={() => setDrawn(drawn + most)}>
            {`Show ${formatCount(Math.min(most, listed.length - drawn))} more`}
          </Button>
          <Text tone="muted" size="sm">
            {`${formatCount(drawn)} of ${formatCount(listed.length)} are shown. ${unshownWords(listed.slice(drawn))}`}
          </Text>
        </Row>
      )}
    </Stack>
  );
}

/** What happens to those that nobody looked at. */
function unshownWords(unshown: readonly SharedEntry[]): string {
  const added = unshown.filter(({ state }) => state === 'new').length;
  const differing = unshown.filter(({ state }) => state === 'differs').length;
  return [
    ...(differing === 0 ? [] : [`Of the others, yours hold where they differ.`]),
    ...(added === 0 ? [] : [`New ones among the others are added.`]),
  ].join(' ');
}

function Role({ entry }: { readonly entry: SharedEntry }) {
  return (
    <span className={styles['details']}>
      <Mono>{entry.roleArn}</Mono>
      {entry.state === 'twice' && <Text tone="warning">This role stands in the file more than once. Choose one.</Text>}
    </span>
  );
}

interface DifferingProps {
  readonly entry: SharedEntry;
  readonly taken: ReadonlySet<SharedField> | undefined;
  readonly onTake: (key: number, field: SharedField, isTheirs: boolean) => void;
}

function Differing({ entry, onTake, taken }: DifferingProps) {
  return (
    <Stack gap="sm">
      <b>{entry.name}</b>
      <Role entry={entry} />
      {entry.fields.map(({ field, mine, theirs }) => (
        <div key={field} className={styles['difference']}>
          <Text weight="medium">{fieldWords[field]}</Text>
          <Text tone="muted">{`mine: ${shown(field, mine)} · theirs: ${shown(field, theirs)}`}</Text>
          <SegmentedControl<'mine' | 'theirs'>
            label={`${fieldWords[field]} of ${entry.name}`}
            value={taken?.has(field) === true ? 'theirs' : 'mine'}
            onChange={(value) => onTake(entry.key, field, value === 'theirs')}
            options={[
              { value: 'mine', label: 'Mine' },
              { value: 'theirs', label: 'Theirs' },
            ]}
          />
        </div>
      ))}
    </Stack>
  );
}

function shown(field: SharedField, text: string): string {
  if (text === '') return 'none';
  if (field === 'reviewAt') return formatDate(Number(text));
  return field === 'maxSessionDuration' ? formatDuration(Number(text) * 1000) : text;
}
