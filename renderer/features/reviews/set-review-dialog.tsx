import { useState } from 'react';
import type { ReviewPeriod } from '../../../core/domain/review';
import { currentTime } from '../../app/clock';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { formatDate, formatQuantity } from '../../ui/format';
import { Select } from '../../ui/select';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { readDay } from './review-words';
import { tellDone } from './told';

type Choice = ReviewPeriod | 'day';

const options: readonly { readonly value: Choice; readonly label: string }[] = [
  { value: '1', label: 'In a month' },
  { value: '3', label: 'In 3 months' },
  { value: '6', label: 'In 6 months' },
  { value: '12', label: 'In a year' },
  { value: 'day', label: 'On a day' },
  { value: 'never', label: 'By the policy: no date of its own' },
];

interface SetReviewDialogProps {
  /** One at least. */
  readonly connections: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
}

/** When these are to be looked at again, said first, and taken back from the notice. */
export function SetReviewDialog({ connections, onClose }: SetReviewDialogProps) {
  const [choice, setChoice] = useState<Choice>('6');
  const [typed, setTyped] = useState('');
  const set = useAct('reviews', 'setDates');
  const at = readDay(typed);
  const fault =
    choice !== 'day' || typed.trim() === ''
      ? undefined
      : at === undefined
        ? 'A day is written like 2027-03-01.'
        : at <= currentTime()
          ? 'This day is over. Choose one that is still to come.'
          : undefined;
  const [only] = connections.length === 1 ? connections : [];
  const these = only?.name ?? formatQuantity(connections.length, 'connection');
  const run = async () => {
    if (choice === 'day' && at === undefined) return;
    const answer = await set.run({
      connectionIds: connections.map(({ id }) => id),
      to: choice === 'day' ? { at: at ?? 0 } : { every: choice },
    });
    if (answer === undefined) return;
    const { batchId } = answer;
    const title = choice === 'never' ? `Review of ${these} goes by the policy` : `Review of ${these} set`;
    tellDone({ icon: 'calendar', title }, () => client.reviews.undoDates({ batchId }));
    onClose();
  };
  return (
    <FormDialog
      title={`Set the review of ${these}`}
      description="A date of yours. Nothing is written to AWS."
      width="sm"
      submitLabel="Set the review"
      busy={set.busy ? { label: 'Saving' } : undefined}
      disabledReason={fault ?? (choice === 'day' && at === undefined ? 'A day is needed' : undefined)}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Select label="Next review" options={options} value={choice} onChange={setChoice} />
      {choice === 'day' && (
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
      <Text as="p" tone="muted">
        {planWords(connections.length, choice, at)}
      </Text>
      {set.error !== undefined && (
        <ErrorPanel error={set.error} onRemedy={() => void run()} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}

function planWords(count: number, choice: Choice, at: number | undefined): string {
  const these = count === 1 ? 'It' : `All ${formatQuantity(count, 'connection')}`;
  if (choice === 'never') return `${these} will be due as the policy says. A date that stands there now goes.`;
  const when = choice === 'day' ? (at === undefined ? 'that day' : formatDate(at)) : optionWords(choice);
  return `${these} will be due ${when}, in place of the date that stands there now.`;
}

function optionWords(choice: Choice): string {
  const { label = '' } = options.find(({ value }) => value === choice) ?? {};
  return label.charAt(0).toLowerCase() + label.slice(1);
}
