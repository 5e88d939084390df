import { useRef, useState, type ReactNode } from 'react';
import { Button, IconButton } from './button';
import { Grow, Row, Stack } from './layout';
import styles from './tag-rows.module.css';
import { TextField } from './text-field';

interface Tag {
  readonly key: string;
  readonly value: string;
}

interface TagRowsProps<T extends Tag> {
  /** What one is called: “tag”, “session tag”. */
  readonly noun: string;
  readonly tags: readonly T[];
  readonly onChange: (tags: readonly T[]) => void;
  /** What is added. */
  readonly blank: T;
  readonly problemOf: (index: number) => { readonly key?: string | undefined; readonly value?: string | undefined };
  /** Says why no more can be added. */
  readonly fullReason: string | undefined;
  /** What else is asked of each. */
  readonly beside?: ((tag: T, change: (part: Partial<T>) => void) => ReactNode) | undefined;
  /** Beside the button below. */
  readonly note?: ReactNode;
}

/** Keys with their values, a row each. A row that goes gives the focus to the button that adds one. */
export function TagRows<T extends Tag>(props: TagRowsProps<T>) {
  const { beside, blank, fullReason, note, noun, onChange, problemOf, tags } = props;
  const [justAdded, setJustAdded] = useState(false);
  const foot = useRef<HTMLDivElement>(null);
  const set = (at: number, part: Partial<Tag> | Partial<T>) =>
    onChange(tags.map((tag, index) => (index === at ? { ...tag, ...part } : tag)));
  return (
    <Stack gap="sm">
      {tags.map((tag, index) => {
        const problem = problemOf(index);
        return (
          <Row key={index} align="start" gap="sm">
            <Grow>
              <TextField
                label={`Key ${index + 1}`}
                value={tag.key}
                onChange={(key) => set(index, { key })}
                error={problem.key}
                autoFocus={justAdded && index === tags.length - 1}
                maxLength={128}
              />
            </Grow>
            <Grow>
              <TextField
                label={`Value ${index + 1}`}
                value={tag.value}
                onChange={(value) => set(index, { value })}
                error={problem.value}
                maxLength={256}
              />
            </Grow>
            <div className={styles['beside']}>
              {beside?.(tag, (part) => set(index, part))}
              <IconButton
                icon="trash"
                label={`Remove ${noun} ${index + 1}`}
                onPress={() => {
                  onChange(tags.filter((_, at) => at !== index));
                  foot.current?.querySelector('button')?.focus();
                }}
              />
            </div>
          </Row>
        );
      })}
      <div ref={foot}>
        <Row gap="md">
          <Button
            size="sm"
            icon="plus"
            disabledReason={fullReason}
            onPress={() => {
              setJustAdded(true);
              onChange([...tags, blank]);
            }}
          >
            {`Add a ${noun}`}
          </Button>
          {note}
        </Row>
      </div>
    </Stack>
  );
}
