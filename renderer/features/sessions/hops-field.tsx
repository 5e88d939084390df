import { useRef } from 'react';
import type { ConnectionSummary } from '../../../core/domain/connection';
import { mostHops } from '../../../core/domain/session-request';
import { IconButton } from '../../ui/button';
import { groupAccountId } from '../../ui/format';
import { Grow, Row, Stack } from '../../ui/layout';
import { Select } from '../../ui/select';
import { AccountId, Text } from '../../ui/text';
import styles from './more-ways.module.css';

interface HopsFieldProps {
  readonly hops: readonly string[];
  /** Connections that can be a role on the way; the one at the end is not among them. */
  readonly usable: readonly ConnectionSummary[];
  readonly onChange: (hops: readonly string[]) => void;
}

/** The roles on the way, in the order in which they are assumed. */
export function HopsField({ hops, usable, onChange }: HopsFieldProps) {
  const list = useRef<HTMLDivElement>(null);
  const left = usable.filter(({ id }) => !hops.includes(id));
  const swap = (at: number, other: number) => {
    const next = [...hops];
    const [moved] = next.splice(at, 1);
    if (moved !== undefined) next.splice(other, 0, moved);
    onChange(next);
  };
  return (
    <div ref={list}>
      <Stack gap="sm">
        {hops.length > 0 && (
          <ol className={styles['hops']}>
            {hops.map((id, index) => {
              const hop = usable.find((one) => one.id === id);
              const name = hop?.name ?? 'A connection that is gone';
              return (
                <li key={id} className={styles['hop']}>
                  <Text numeric tone="muted">
                    {index + 1}
                  </Text>
                  <Grow>
                    <b>{name}</b>{' '}
                    {hop !== undefined && (
                      <Text tone="muted" size="sm">
                        <AccountId id={hop.accountId} /> · {hop.roleName}
                      </Text>
                    )}
                  </Grow>
                  <Row gap="xs">
                    <IconButton
                      icon="chevron-left"
                      size="sm"
                      label={`Assume ${name} earlier`}
                      disabledReason={index === 0 ? 'It is the first' : undefined}
                      onPress={() => swap(index, index - 1)}
                    />
                    <IconButton
                      icon="chevron-right"
                      size="sm"
                      label={`Assume ${name} later`}
                      disabledReason={index === hops.length - 1 ? 'It is the last on the way' : undefined}
                      onPress={() => swap(index, index + 1)}
                    />
                    <IconButton
                      icon="trash"
                      size="sm"
                      label={`Leave out ${name}`}
                      onPress={() => {
                        onChange(hops.filter((one) => one !== id));
                        list.current?.querySelector<HTMLElement>('button[aria-haspopup]')?.focus();
                      }}
                    />
                  </Row>
                </li>
              );
            })}
          </ol>
        )}
        {hops.length < mostHops && (left.length > 0 || hops.length === 0) && (
          <Select
            label="Roles on the way"
            help={
              left.length === 0 && hops.length === 0
                ? 'There is no other connection that could be one.'
                : 'Assumed one after the other, each by the one before. AWS allows an hour then.'
            }
            placeholder={hops.length === 0 ? 'None: straight from the source identity' : 'Add another'}
            options={left.map(({ accountId, id, name, roleName }) => ({
              value: id,
              label: name,
              detail: `${groupAccountId(accountId).join(' ')} · ${roleName}`,
            }))}
            value={null}
            onChange={(id) => onChange([...hops, id])}
            isDisabled={left.length === 0}
          />
        )}
      </Stack>
    </div>
  );
}
