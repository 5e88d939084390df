import { useMemo, useState } from 'react';
import { connectionTagSchema } from '../../../core/domain/connection';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { FormDialog } from '../../ui/form-dialog';
import { formatQuantity } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { wordsOf, type Filed } from './filed';

interface TagDialogProps {
  /** One at least. */
  readonly connections: readonly Filed[];
  readonly onClose: () => void;
}

/** Words that connections are marked with. A tag that only some of them have stays as it is until it is touched. */
export function TagDialog({ connections, onClose }: TagDialogProps) {
  const [typed, setTyped] = useState('');
  const [wish, setWish] = useState<ReadonlyMap<string, boolean>>(new Map());
  const change = useAct('connections', 'tag');
  const all = useAsk('connections', 'connections', 'list', {}).data?.connections;
  const known = useMemo(() => wordsOf(all ?? [], ({ tags = [] }) => tags), [all]);
  const theirs = useMemo(() => wordsOf(connections, ({ tags = [] }) => tags), [connections]);
  const shown = [...new Set([...theirs, ...wish.keys()])];
  const offered = known.filter((tag) => !shown.includes(tag));
  const having = (tag: string) => connections.filter(({ tags = [] }) => tags.includes(tag)).length;
  const fault = typed.trim() === '' ? undefined : connectionTagSchema.safeParse(typed).error?.issues[0]?.message;
  const put = (tag: string, isOn: boolean) => setWish(new Map([...wish, [tag, isOn]]));
  // what stands in the field counts too: nobody presses Enter twice
  const wanted = typed.trim() === '' ? wish : new Map([...wish, [typed.trim(), true]]);
  const run = async () => {
    const of = (isOn: boolean) => [...wanted].filter(([, on]) => on === isOn).map(([tag]) => tag);
    const connectionIds = connections.map(({ id }) => id);
    if ((await change.run({ connectionIds, add: of(true), remove: of(false) })) !== undefined) onClose();
  };
  const [only] = connections.length === 1 ? connections : [];
  return (
    <FormDialog
      title={`Tag ${only === undefined ? formatQuantity(connections.length, 'connection') : only.name}`}
      description="Words of yours to find connections by. They stay here: nothing is written to AWS."
      width="sm"
      submitLabel="Save the tags"
      busy={change.busy ? { label: 'Saving' } : undefined}
      disabledReason={fault ?? (wanted.size === 0 ? 'Nothing is changed yet' : undefined)}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Stack gap="md">
        <TextField label="New tag" value={typed} onChange={setTyped} autoFocus maxLength={32} error={fault} />
        {shown.map((tag) => {
          const count = having(tag);
          const isMixed = wish.get(tag) === undefined && count > 0 && count < connections.length;
          return (
            <Checkbox
              key={tag}
              isSelected={wish.get(tag) ?? count === connections.length}
              isMixed={isMixed}
              onChange={(isOn) => put(tag, isOn)}
              detail={isMixed ? `On ${String(count)} of ${String(connections.length)}` : undefined}
            >
              {tag}
            </Checkbox>
          );
        })}
        {offered.length > 0 && (
          <Stack gap="xs">
            <Text tone="muted" size="sm">
              Tags that there are
            </Text>
            <Row gap="xs" wrap>
              {offered.map((tag) => (
                <Button key={tag} size="sm" icon="plus" onPress={() => put(tag, true)}>
                  {tag}
                </Button>
              ))}
            </Row>
          </Stack>
        )}
        {change.error !== undefined && (
          <ErrorPanel error={change.error} onRemedy={() => void run()} onCopyDetail={copyText} emphasis="secondary" />
        )}
      </Stack>
    </FormDialog>
  );
}
