import { useState } from 'react';
import { longestReviewNote, type ReviewItem } from '../../../core/domain/review';
import { currentTime } from '../../app/clock';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { formatDate, formatQuantity } from '../../ui/format';
import { RadioGroup } from '../../ui/radio-group';
import { TextField } from '../../ui/text-field';
import { itemName, readDay } from './review-words';
import { tellDone } from './told';

interface DecideDialogProps {
  /** One at least. */
  readonly items: readonly ReviewItem[];
  readonly onClose: () => void;
}

/** What one or many are called in a title. */
function titleOf(items: readonly ReviewItem[]): string {
  const [only] = items.length === 1 ? items : [];
  return only === undefined ? formatQuantity(items.length, 'line') : itemName(only);
}

/** They stay as they are until the next review. */
export function KeepDialog({ items, onClose }: DecideDialogProps) {
  const [note, setNote] = useState('');
  const keep = useAct('reviews', 'keep');
  const [only] = items.length === 1 ? items : [];
  const next = useAsk(
    'reviews',
    'reviews',
    'get',
    { subjectId: only?.subjectId ?? '' },
    { enabled: only !== undefined },
  );
  const nextAt = next.data?.nextAt;
  const run = async () => {
    const why = note.trim();
    const answer = await keep.run({
      subjectIds: items.map(({ subjectId }) => subjectId),
      ...(why !== '' && { note: why }),
    });
    if (answer === undefined) return;
    const { batchId } = answer;
    tellDone({ icon: 'check', title: `${titleOf(items)} kept` }, () => client.reviews.undo({ batchId }));
    onClose();
  };
  return (
    <FormDialog
      title={`Keep ${titleOf(items)}`}
      description={
        only === undefined
          ? 'Each gets its next date by your policy. Nothing changes in AWS.'
          : `${nextAt === undefined ? 'No next date' : `Next review ${formatDate(nextAt)}`}. Nothing changes in AWS.`
      }
      width="sm"
      submitLabel="Keep it"
      busy={keep.busy ? { label: 'Keeping' } : undefined}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <NoteField value={note} onChange={setNote} />
      {keep.error !== undefined && (
        <ErrorPanel
          error={keep.error}
          onRemedy={() => void run()}
          onCopyDetail={copyText}
          emphasis="secondary"
          isBare
        />
      )}
    </FormDialog>
  );
}

type Until = 'week' | 'month' | 'day';
const dayMs = 86_400_000;

/** What is due now waits; what comes meanwhile does not. */
export function SnoozeDialog({ items, onClose }: DecideDialogProps) {
  const [until, setUntil] = useState<Until>('week');
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const [now] = useState(() => currentTime());
  const snooze = useAct('reviews', 'snooze');
  const day = readDay(typed);
  const at = until === 'week' ? now + 7 * dayMs : until === 'month' ? now + 30 * dayMs : day;
  const fault =
    until !== 'day' || typed.trim() === ''
      ? undefined
      : day === undefined
        ? 'A day is written like 2027-03-01.'
        : day <= now
          ? 'This day is over. Choose one that is still to come.'
          : undefined;
  const run = async () => {
    if (at === undefined) return;
    const why = note.trim();
    const subjectIds = items.map(({ subjectId }) => subjectId);
    const answer = await snooze.run({ subjectIds, until: at, ...(why !== '' && { note: why }) });
    if (answer === undefined) return;
    const { batchId } = answer;
    tellDone({ icon: 'clock', title: `${titleOf(items)} put off until ${formatDate(at)}` }, () =>
      client.reviews.undo({ batchId }),
    );
    onClose();
  };
  return (
    <FormDialog
      title={`Put off ${titleOf(items)}`}
      description="What is due now comes back then. A new reason is shown at once."
      width="sm"
      submitLabel="Put it off"
      busy={snooze.busy ? { label: 'Writing' } : undefined}
      disabledReason={fault ?? (at === undefined ? 'A day is needed' : undefined)}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <RadioGroup<Until>
        label="Until"
        options={[
          { value: 'week', label: `For a week, until ${formatDate(now + 7 * dayMs)}` },
          { value: 'month', label: `For 30 days, until ${formatDate(now + 30 * dayMs)}` },
          { value: 'day', label: 'Until a day' },
        ]}
        value={until}
        onChange={setUntil}
      />
      {until === 'day' && (
        <TextField
          label="Day"
          placeholder="2027-03-01"
          value={typed}
          onChange={setTyped}
          error={fault}
          maxLength={10}
          autoFocus
        />
      )}
      <NoteField value={note} onChange={setNote} />
      {snooze.error !== undefined && (
        <ErrorPanel
          error={snooze.error}
          onRemedy={() => void run()}
          onCopyDetail={copyText}
          emphasis="secondary"
          isBare
        />
      )}
    </FormDialog>
  );
}

function NoteField({ onChange, value }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <TextField
      label="Why"
      value={value}
      onChange={onChange}
      maxLength={longestReviewNote}
      help="Stands on record with what was seen. May be empty."
    />
  );
}
