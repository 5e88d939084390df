import type { HealthOperation } from '../../../core/contract/operations';
import { formatCount, formatQuantity } from '../../ui/format';

/** “996 working, 4 failing. 3 were left out: their access is closed.” */
export function resultWords({ closed, done, failed, passed, state, total, unasked, warned }: HealthOperation): string {
  const counts = [
    [passed, 'working'],
    [warned, 'working with a warning'],
    [failed, 'failing'],
    [unasked, 'not asked'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const sentences = [
    state === 'cancelled' ? `Cancelled after ${formatCount(done)} of ${formatCount(total)}` : '',
    said.join(', '),
    closed > 0 ? `${formatCount(closed)} left out, as their access is closed or closing` : '',
  ];
  return sentences.flatMap((sentence) => (sentence === '' ? [] : [`${sentence}.`])).join(' ');
}

/** “412 of 1,000 tested, 3 failing”. */
export function progressWords({ done, failed, total }: HealthOperation): string {
  const tested = `${formatCount(done)} of ${formatQuantity(total, 'connection')} tested`;
  return failed === 0 ? tested : `${tested}, ${formatCount(failed)} failing`;
}
