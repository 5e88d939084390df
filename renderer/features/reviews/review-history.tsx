import type { Review } from '../../../core/domain/review';
import { useNowEvery } from '../../app/clock';
import { formatMoment } from '../../ui/format';
import { Text } from '../../ui/text';
import { decisionWords, reasonLooks } from './review-words';
import styles from './reviews.module.css';

/** What was decided before, the newest first. */
export function ReviewHistory({ most, reviews }: { readonly reviews: readonly Review[]; readonly most: number }) {
  const now = useNowEvery(60_000);
  return (
    <ol className={styles['history']} aria-label="Reviews before">
      {reviews.slice(0, most).map((review) => (
        <li key={review.id}>
          <span className={styles['historyHead']}>
            <Text weight="medium">{decisionWords(review)}</Text>
            <Text tone="muted" size="sm" numeric>
              {formatMoment(review.at, now)}
            </Text>
          </span>
          <Text as="div" tone="muted" size="sm">
            {[
              ...(review.reasons.length === 0
                ? ['nothing was due']
                : [review.reasons.map(({ kind }) => reasonLooks[kind].word.toLowerCase()).join(', ')]),
              ...(review.note === undefined ? [] : [`“${review.note}”`]),
            ].join(' · ')}
          </Text>
        </li>
      ))}
    </ol>
  );
}
