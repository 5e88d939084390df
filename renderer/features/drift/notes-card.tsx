import { useState } from 'react';
import { longestNotes, longestOwner } from '../../../core/domain/connection-notes';
import { useAct, useAsk } from '../../ipc/queries';
import { Card } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { Stack } from '../../ui/layout';
import { TextArea, TextField } from '../../ui/text-field';

/** What a person wants to remember of a connection. Saved when a field is left; a failure keeps what was typed. */
export function NotesCard({ connectionId }: { readonly connectionId: string }) {
  const asked = useAsk('drift', 'drift', 'getNotes', { connectionId });
  if (asked.error !== undefined) {
    return (
      <Card title="Notes" padding="md">
        <ErrorPanel error={asked.error} onRemedy={asked.again} emphasis="secondary" isBare />
      </Card>
    );
  }
  if (asked.data === undefined) return null;
  return <Fields connectionId={connectionId} kept={asked.data} />;
}

type Words = { readonly notes: string; readonly owner: string };

function Fields({ connectionId, kept }: { readonly connectionId: string; readonly kept: Words }) {
  const save = useAct('drift', 'setNotes');
  const [typed, setTyped] = useState<Words>(kept);
  const isKept = typed.notes === kept.notes && typed.owner === kept.owner;
  const left = () => {
    if (!isKept) void save.run({ connectionId, ...typed });
  };
  const fault = (field: keyof Words) =>
    save.error === undefined || (save.error.field !== undefined && save.error.field !== field)
      ? undefined
      : `${save.error.message} ${save.error.whatToDo}`;
  return (
    <Card
      title="Notes"
      subtitle={save.busy ? 'saving' : isKept ? undefined : 'saved when you leave the field'}
      padding="md"
    >
      <Stack gap="md">
        <TextField
          label="Owner"
          placeholder="Team, mail address, phone"
          value={typed.owner}
          onChange={(owner) => setTyped({ ...typed, owner })}
          onBlur={left}
          maxLength={longestOwner}
          error={fault('owner')}
        />
        <TextArea
          label="Notes"
          rows={3}
          value={typed.notes}
          onChange={(notes) => setTyped({ ...typed, notes: notes.slice(0, longestNotes) })}
          onBlur={left}
          error={fault('notes')}
        />
      </Stack>
    </Card>
  );
}
