import { useRef, useState } from 'react';
import { Button, IconButton } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Grow, Row, Stack } from '../../ui/layout';
import { Text } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import styles from './more-ways.module.css';
import { tagProblem, type Wish, type WishedTag } from './session-wish';

const mostTags = 50;

interface SessionTagsFieldProps {
  readonly wish: Wish;
  readonly onChange: (tags: readonly WishedTag[]) => void;
}

/** A row each: key, value, and whether it goes on to the roles which this session assumes. */
export function SessionTagsField({ wish, onChange }: SessionTagsFieldProps) {
  const { tags } = wish;
  const [justAdded, setJustAdded] = useState(false);
  const foot = useRef<HTMLDivElement>(null);
  const set = (at: number, change: Partial<WishedTag>) =>
    onChange(tags.map((tag, index) => (index === at ? { ...tag, ...change } : tag)));
  return (
    <Stack gap="sm">
      {tags.map((tag, index) => (
        <Row key={index} align="start" gap="sm">
          <Grow>
            <TextField
              label={`Key ${index + 1}`}
              value={tag.key}
              onChange={(key) => set(index, { key })}
              error={tagProblem(wish, index)}
              autoFocus={justAdded && index === tags.length - 1}
              maxLength={128}
            />
          </Grow>
          <Grow>
            <TextField
              label={`Value ${index + 1}`}
              value={tag.value}
              onChange={(value) => set(index, { value })}
              maxLength={256}
            />
          </Grow>
          <div className={styles['beside']}>
            <Checkbox isSelected={tag.goesOn} onChange={(goesOn) => set(index, { goesOn })}>
              Goes on
            </Checkbox>
          </div>
          <div className={styles['beside']}>
            <IconButton
              icon="trash"
              label={`Remove session tag ${index + 1}`}
              onPress={() => {
                onChange(tags.filter((_, at) => at !== index));
                foot.current?.querySelector('button')?.focus();
              }}
            />
          </div>
        </Row>
      ))}
      <div ref={foot}>
        <Row gap="md">
          <Button
            size="sm"
            icon="plus"
            disabledReason={tags.length >= mostTags ? 'STS takes fifty tags' : undefined}
            onPress={() => {
              setJustAdded(true);
              onChange([...tags, { key: '', value: '', goesOn: false }]);
            }}
          >
            Add a session tag
          </Button>
          {tags.length > 0 && (
            <Text tone="muted" size="sm">
              What goes on stays in the sessions that this one opens.
            </Text>
          )}
        </Row>
      </div>
    </Stack>
  );
}
