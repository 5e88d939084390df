import type { Recipe } from '../../../core/recipes/recipe';
import { linkOf } from '../../../core/domain/links';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { Grow, Row, Stack } from '../../ui/layout';
import { ProgressBar } from '../../ui/progress';

interface ChecklistProps {
  readonly recipeId: string;
  readonly entries: NonNullable<Recipe['checklist']>;
}

/** What a person does once, in order. What is ticked off is kept. */
export function Checklist({ recipeId, entries }: ChecklistProps) {
  const asked = useAsk('drafts', 'onboarding', 'getChecklist', { recipeId });
  const tick = useAct('onboarding', 'tickChecklist');
  const ticked = new Set(asked.data?.ticked);
  const error = asked.error ?? tick.error;
  return (
    <Stack gap="md">
      <ProgressBar
        label={`${String(ticked.size)} of ${String(entries.length)} done`}
        share={ticked.size / entries.length}
        tone="live"
      />
      {error !== undefined && (
        <ErrorPanel error={error} onRemedy={() => asked.again()} onCopyDetail={copyText} isBare />
      )}
      {entries.map(({ id, label, linkId, text, title }) => {
        const link = linkOf(linkId);
        return (
          <Row key={id} align="start">
            <Grow>
              <Checkbox
                isSelected={ticked.has(id)}
                onChange={(isDone) => void tick.run({ recipeId, entryId: id, isDone })}
                detail={text}
              >
                {title}
              </Checkbox>
            </Grow>
            {label === undefined ? null : <Chip tone={label === 'recommended' ? 'success' : 'warning'}>{label}</Chip>}
            {link === undefined ? null : (
              <Button size="sm" icon="external" onPress={() => void client.app.openLink({ linkId: link })}>
                Open
              </Button>
            )}
          </Row>
        );
      })}
    </Stack>
  );
}
