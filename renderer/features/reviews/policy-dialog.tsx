import { useDeferredValue, useMemo, useState } from 'react';
import type { ReviewPeriod, ReviewPolicy } from '../../../core/domain/review';
import { recipes } from '../../../core/recipes/catalog';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk, useForgetOnClose } from '../../ipc/queries';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { Folded } from '../../ui/folded';
import { FormDialog } from '../../ui/form-dialog';
import { formatCount } from '../../ui/format';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { periodOptions, reasonLooks } from './review-words';

interface PolicyDialogProps {
  readonly policy: ReviewPolicy;
  readonly onClose: () => void;
}

/** When something is due, with how many would be before it is kept. */
export function PolicyDialog({ onClose, policy }: PolicyDialogProps) {
  const [wish, setWish] = useState(policy);
  const [unused, setUnused] = useState(String(policy.unusedDays));
  const [keys, setKeys] = useState(String(policy.keyDays));
  const set = useAct('reviews', 'setPolicy');
  const [unusedDays, keyDays] = [readDays(unused, 400), readDays(keys, 3650)];
  const whole = useMemo(
    () => (unusedDays === undefined || keyDays === undefined ? undefined : { ...wish, unusedDays, keyDays }),
    [keyDays, unusedDays, wish],
  );
  const run = async () => {
    if (whole === undefined || (await set.run({ policy: whole })) === undefined) return;
    showToast({ tone: 'success', icon: 'check', title: 'Review policy kept' });
    onClose();
  };
  const change = (next: Partial<ReviewPolicy>) => setWish({ ...wish, ...next });
  return (
    <FormDialog
      title="Review policy"
      description="When a connection or a key is to be looked at again."
      width="md"
      submitLabel="Keep the policy"
      busy={set.busy ? { label: 'Saving' } : undefined}
      disabledReason={whole === undefined ? 'A number of days is missing' : undefined}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Columns layout="even">
        <Select<ReviewPeriod>
          label="Review connections"
          help="Where no date of its own is set."
          options={periodOptions}
          value={wish.every}
          onChange={(every) => change({ every })}
        />
        <Stack gap="md">
          <TextField
            label="Unused, or not seen, for"
            suffix="days"
            inputMode="numeric"
            value={unused}
            onChange={setUnused}
            maxLength={3}
            error={unusedDays === undefined ? '1 to 400: IAM keeps 400 days.' : undefined}
          />
          <TextField
            label="Access keys older than"
            suffix="days"
            inputMode="numeric"
            value={keys}
            onChange={setKeys}
            maxLength={4}
            error={keyDays === undefined ? '1 to 3650.' : undefined}
          />
        </Stack>
      </Columns>
      <Stack gap="sm">
        <Checkbox isSelected={wish.drift} onChange={(drift) => change({ drift })}>
          When a role drifts from what was agreed
        </Checkbox>
        <Checkbox isSelected={wish.riskRaised} onChange={(riskRaised) => change({ riskRaised })}>
          When it lets in, or do, more than was agreed
        </Checkbox>
        <Checkbox isSelected={wish.tell} onChange={(tell) => change({ tell })}>
          Tell me once when something falls due
        </Checkbox>
      </Stack>
      <Folded title={`By recipe${wish.recipes.length === 0 ? '' : ` (${String(wish.recipes.length)})`}`}>
        <ByRecipe wish={wish} onChange={(next) => change({ recipes: next })} />
      </Folded>
      <WouldBe policy={whole} kept={policy} />
      {set.error !== undefined && (
        <ErrorPanel error={set.error} onRemedy={() => void run()} onCopyDetail={copyText} emphasis="secondary" isBare />
      )}
    </FormDialog>
  );
}

interface ByRecipeProps {
  readonly wish: ReviewPolicy;
  readonly onChange: (recipes: ReviewPolicy['recipes']) => void;
}

/** The recipes by which there are connections. */
function ByRecipe({ onChange, wish }: ByRecipeProps) {
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections;
  const used = useMemo(() => new Set((connections ?? []).map(({ recipeId }) => recipeId)), [connections]);
  const shown = recipes.filter(({ id }) => used.has(id) || wish.recipes.some(({ recipeId }) => recipeId === id));
  return (
    <Stack gap="sm">
      {shown.map(({ id, title }) => (
        <Select<ReviewPeriod | 'as-above'>
          key={id}
          label={title}
          options={[{ value: 'as-above', label: 'As all others' }, ...periodOptions]}
          value={wish.recipes.find(({ recipeId }) => recipeId === id)?.every ?? 'as-above'}
          onChange={(every) =>
            onChange([
              ...wish.recipes.filter(({ recipeId }) => recipeId !== id),
              ...(every === 'as-above' ? [] : [{ recipeId: id, every }]),
            ])
          }
        />
      ))}
      {shown.length === 0 && 'There is no connection yet.'}
    </Stack>
  );
}

/** What would be due under a policy that is not kept yet. */
function WouldBe({ kept, policy }: { readonly policy: ReviewPolicy | undefined; readonly kept: ReviewPolicy }) {
  const wanted = useDeferredValue(policy ?? kept);
  const asked = useAsk('reviews', 'reviews', 'tryPolicy', { policy: wanted });
  useForgetOnClose('reviews', 'reviews', 'tryPolicy');
  if (asked.error !== undefined) {
    return <ErrorPanel error={asked.error} onRemedy={() => asked.again()} emphasis="secondary" isBare />;
  }
  if (asked.data === undefined) return null;
  const { due, reasons } = asked.data;
  return (
    <Note tone="info" title={due === 0 ? 'Nothing would be due now.' : `${formatCount(due)} would be due now.`}>
      {reasons.map(({ count, kind }) => `${reasonLooks[kind].word}: ${formatCount(count)}`).join(', ')}
    </Note>
  );
}

function readDays(text: string, most: number): number | undefined {
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= most ? days : undefined;
}
