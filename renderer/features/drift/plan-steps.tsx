import type { PutBackPreview } from '../../../core/contract/drift';
import { Mono, Text } from '../../ui/text';
import styles from './put-back.module.css';

interface PlanStepsProps {
  /** Whose calls these will be. */
  readonly title: string;
  readonly acts: PutBackPreview['acts'];
}

/** The calls of a change of a role, in their order. */
export function PlanSteps({ acts, title }: PlanStepsProps) {
  return (
    <section aria-label="Plan">
      <Text weight="semibold">{title}</Text>
      <ol className={styles['plan']}>
        {acts.map(({ call, title: what }) => (
          <li key={what}>
            <Text>{what}</Text>
            <Mono>{call}</Mono>
          </li>
        ))}
      </ol>
    </section>
  );
}
