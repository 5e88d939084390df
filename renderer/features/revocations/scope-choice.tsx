import { useMemo } from 'react';
import { findRecipe } from '../../../core/recipes/catalog';
import { useAsk } from '../../ipc/queries';
import { formatCount, formatQuantity } from '../../ui/format';
import { Row } from '../../ui/layout';
import { SegmentedControl } from '../../ui/segmented-control';
import { Select, type SelectOption } from '../../ui/select';
import { groupAccountId } from '../../ui/text';
import type { ScopeWish } from './many-words';

const kinds = [
  { value: 'everything', label: 'Everything' },
  { value: 'recipe', label: 'A recipe' },
  { value: 'folder', label: 'A folder' },
  { value: 'account', label: 'An account' },
  { value: 'source', label: 'A source identity' },
] as const;

const labels = { recipe: 'Recipe', folder: 'Folder', account: 'Account', source: 'Source identity' } as const;

interface ScopeChoiceProps {
  readonly wish: ScopeWish;
  readonly onChange: (wish: ScopeWish) => void;
}

/** Which connections: all of them, or those that have a recipe, a folder, an account or a caller in common. */
export function ScopeChoice({ onChange, wish }: ScopeChoiceProps) {
  const options = useOptions(wish.kind);
  return (
    <Row gap="md" align="end" wrap>
      <SegmentedControl<ScopeWish['kind']>
        label="Which connections"
        options={
          wish.connectionIds === undefined
            ? kinds
            : [{ value: 'chosen', label: `The ${formatCount(wish.connectionIds.length)} chosen` }, ...kinds]
        }
        value={wish.kind}
        onChange={(kind) => onChange({ kind, connectionIds: wish.connectionIds })}
      />
      {wish.kind !== 'everything' && wish.kind !== 'chosen' && (
        <Select
          label={labels[wish.kind]}
          hideLabel
          placeholder={`Choose: ${labels[wish.kind].toLowerCase()}`}
          options={options}
          value={wish.of ?? null}
          onChange={(of) => onChange({ ...wish, of })}
        />
      )}
    </Row>
  );
}

const labelOf = {
  recipe: (id: string) => findRecipe(id)?.title ?? id,
  folder: (folder: string) => folder,
  account: (id: string) => groupAccountId(id).join(' '),
} as const;

/** What there is something of, with how many. */
function useOptions(kind: ScopeWish['kind']): readonly SelectOption<string>[] {
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections;
  const sources = useAsk('sources', 'sources', 'list', {}).data?.sources;
  return useMemo(() => {
    if (kind === 'source') return (sources ?? []).map(({ source }) => ({ value: source.id, label: source.label }));
    if (kind === 'everything' || kind === 'chosen') return [];
    const counts = new Map<string, number>();
    for (const { accountId, folder, recipeId, status } of connections ?? []) {
      const key = { account: accountId, folder, recipe: recipeId }[kind];
      if (key === undefined || status === 'closing' || status === 'revoked') continue;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].map(([value, count]) => ({
      value,
      label: labelOf[kind](value),
      detail: formatQuantity(count, 'connection'),
    }));
  }, [connections, kind, sources]);
}
