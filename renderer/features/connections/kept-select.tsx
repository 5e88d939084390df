import { useMemo } from 'react';
import { Select } from '../../ui/select';
import { wordsOf, type Filed } from './filed';
import type { Kept } from './use-connection-list';

/** `folder:Clients` or `tag:prod`, as it stands in the address. */
export function readKept(text: string): Kept | undefined {
  const [, kind, name] = /^(folder|tag):(.+)$/.exec(text) ?? [];
  return name === undefined ? undefined : { in: kind as Kept['in'], name };
}

interface KeptSelectProps {
  readonly connections: readonly Filed[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const anywhere = 'anywhere';

/** Narrows the list to a folder or a tag; not there while there is none. */
export function KeptSelect({ connections, onChange, value }: KeptSelectProps) {
  const options = useMemo(() => {
    const folders = wordsOf(connections, ({ folder }) => (folder === undefined ? [] : [folder]));
    const tags = wordsOf(connections, ({ tags: theirs = [] }) => theirs);
    return [
      { value: anywhere, label: 'All folders and tags' },
      ...folders.map((name) => ({ value: `folder:${name}`, label: name, detail: 'Folder' })),
      ...tags.map((name) => ({ value: `tag:${name}`, label: name, detail: 'Tag' })),
    ];
  }, [connections]);
  if (options.length === 1 && value === '') return null;
  return (
    <Select
      label="Folder or tag"
      hideLabel
      options={options}
      value={value === '' ? anywhere : value}
      onChange={(next) => onChange(next === anywhere ? '' : next)}
    />
  );
}
