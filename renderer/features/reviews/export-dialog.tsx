import { useState } from 'react';
import { currentTime } from '../../app/clock';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { formatQuantity } from '../../ui/format';
import { Select } from '../../ui/select';
import { showToast } from '../../ui/toast';

type Period = '30' | '90' | '365' | 'all';

const periods: readonly { readonly value: Period; readonly label: string }[] = [
  { value: '30', label: 'The last 30 days' },
  { value: '90', label: 'The last 90 days' },
  { value: '365', label: 'The last 365 days' },
  { value: 'all', label: 'All that is on record' },
];

/** Decisions of a time, for whoever asks for them: a file for spreadsheets. */
export function ExportReviewsDialog({ onClose }: { readonly onClose: () => void }) {
  const [period, setPeriod] = useState<Period>('90');
  const save = useAct('reviews', 'save');
  const run = async () => {
    const to = currentTime();
    const from = period === 'all' ? 0 : to - Number(period) * 86_400_000;
    const saved = await save.run({ from, to });
    if (saved?.path === undefined) return;
    showToast({ icon: 'check', title: `${formatQuantity(saved.count, 'review')} saved`, detail: saved.path });
    onClose();
  };
  return (
    <FormDialog
      title="Save reviews"
      description="What was decided, why, by whom, until when, and the note. A CSV for spreadsheets."
      width="sm"
      submitLabel="Save as CSV…"
      busy={save.busy ? { label: 'Saving' } : undefined}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Select label="Decided in" options={periods} value={period} onChange={setPeriod} />
      {save.error !== undefined && (
        <ErrorPanel
          error={save.error}
          onRemedy={() => void run()}
          onCopyDetail={copyText}
          emphasis="secondary"
          isBare
        />
      )}
    </FormDialog>
  );
}
