import type { ReviewItem } from '../../../core/domain/review';
import { useNowEvery } from '../../app/clock';
import { Chip } from '../../ui/chip';
import type { TableColumn } from '../../ui/data-table';
import { formatAgo, formatDate, toIso } from '../../ui/format';
import { Row } from '../../ui/layout';
import { AccountId, Text, TwoLine } from '../../ui/text';
import { reasonLooks } from './review-words';
import { whenOf } from './use-queue';

export const reviewColumns: readonly TableColumn<ReviewItem>[] = [
  {
    id: 'name',
    header: 'What',
    isRowHeader: true,
    isSortable: true,
    render: ({ kind, name, of, subjectId }) =>
      kind === 'connection' ? (
        <TwoLine title={<b>{name}</b>} detail={of} />
      ) : (
        <TwoLine title={<b>{name}</b>} detail={`Access key ${subjectId}`} />
      ),
  },
  {
    id: 'account',
    header: 'Account',
    width: 8.5,
    isSortable: true,
    render: ({ accountId }) => <AccountId id={accountId} />,
  },
  { id: 'why', header: 'Why', width: 12.5, isSortable: true, render: (item) => <Why item={item} /> },
  { id: 'since', header: 'Since', width: 6, isSortable: true, render: (item) => <Since item={item} /> },
];

function Why({ item: { reasons } }: { readonly item: ReviewItem }) {
  if (reasons.length === 0) return <Text tone="muted">Put off</Text>;
  const shown = reasons.slice(0, 2);
  const more = reasons.length - shown.length;
  return (
    <Row gap="xs">
      {shown.map(({ kind }) => {
        const { icon, tone, word } = reasonLooks[kind];
        return (
          <Chip key={kind} tone={tone} icon={icon}>
            {word}
          </Chip>
        );
      })}
      {more > 0 && (
        <Text tone="muted" size="sm">
          +{more}
        </Text>
      )}
    </Row>
  );
}

function Since({ item }: { readonly item: ReviewItem }) {
  const now = useNowEvery(60_000);
  const at = whenOf(item);
  return (
    <Text tone="muted" numeric>
      <time dateTime={toIso(at)}>{item.reasons.length === 0 ? formatDate(at) : formatAgo(at, now)}</time>
    </Text>
  );
}
