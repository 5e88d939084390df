import { useState } from 'react';
import type { Revocation } from '../../../core/domain/revocation';
import { labelSchema } from '../../../core/domain/limits';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment } from '../../ui/format';
import { useNowEvery } from '../../app/clock';
import { FormDialog } from '../../ui/form-dialog';
import { RadioGroup } from '../../ui/radio-group';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';

type Form = 'report-html' | 'report-json';

const forms = [
  { value: 'report-html', label: 'HTML', detail: 'A page to read, to print and to file' },
  { value: 'report-json', label: 'JSON', detail: 'For another program' },
] as const;

/** The record as a report, signed off by a person who looked at it. Nobody has to sign. */
export function ExportDialog({
  onClose,
  revocation,
}: {
  readonly revocation: Revocation;
  readonly onClose: () => void;
}) {
  const { id: revocationId, signOff: before } = revocation;
  const [form, setForm] = useState<Form>('report-html');
  const [by, setBy] = useState(before?.by ?? '');
  const [note, setNote] = useState(before?.note ?? '');
  const sign = useAct('revocation', 'signOff');
  const save = useAct('revocation', 'save');
  const now = useNowEvery(60_000);
  const name = by.trim();
  const wrong = name === '' ? undefined : labelSchema.safeParse(name).error?.issues[0]?.message;
  const isNew = name !== '' && (name !== before?.by || note.trim() !== before.note);
  const error = sign.error ?? save.error;

  const run = async () => {
    if (isNew && (await sign.run({ revocationId, by: name, note: note.trim() })) === undefined) return;
    const answer = await save.run({ revocationId, what: form });
    if (answer?.path === undefined) return;
    onClose();
    showToast({ title: 'Proof saved', detail: answer.path, icon: 'check' });
  };

  return (
    <FormDialog
      title="Export the proof"
      description={`What was done to ${revocation.roleName}, both clocks, and every answer of AWS. No secret stands in it.`}
      width="md"
      submitLabel="Save…"
      submitIcon="download"
      busy={sign.busy || save.busy ? { label: 'Saving' } : undefined}
      disabledReason={
        wrong !== undefined
          ? 'The name cannot be written like this'
          : name === '' && note.trim() !== ''
            ? 'A note needs the name of who signs it'
            : undefined
      }
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <RadioGroup<Form> label="As" layout="cards" options={forms} value={form} onChange={setForm} />
      <TextField
        label="Signed off by (optional)"
        help={
          before === undefined
            ? 'Who looked at this record and vouches for it.'
            : `Signed by ${before.by}, ${formatMoment(before.at, now)}. Another name takes its place.`
        }
        error={wrong}
        value={by}
        onChange={setBy}
        maxLength={80}
      />
      <TextField label="Note (optional)" value={note} onChange={setNote} maxLength={300} />
      {error !== undefined && (
        <ErrorPanel
          error={error}
          onRemedy={() => {
            sign.reset();
            save.reset();
            void run();
          }}
          emphasis="secondary"
        />
      )}
    </FormDialog>
  );
}
