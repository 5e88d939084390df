import type { Watched } from '../../../core/contract/permissions';
import { Icon } from '../../ui/icon';
import { Text, VisuallyHidden } from '../../ui/text';
import styles from './permissions.module.css';

const severities = { danger: 'danger', warning: 'warning' } as const;

/** Each thing to look at: where it stands, why it matters, how it is narrowed. */
export function Findings({ label, findings }: { readonly label: string; readonly findings: readonly Watched[] }) {
  return (
    <ul className={styles['findings']} aria-label={label}>
      {findings.map(({ document, id, line, message, narrow, severity }) => (
        <li key={id} className={styles['finding']} data-severity={severity}>
          <Icon name={severity === 'danger' ? 'x-circle' : 'alert'} tone={severity} />
          <div className={styles['words']}>
            <VisuallyHidden>{severities[severity]}: </VisuallyHidden>
            <b>{message}</b>
            <Text as="p" tone="soft">
              {narrow}
            </Text>
          </div>
          <span className={styles['place']}>
            {document}, line {line}
          </span>
        </li>
      ))}
    </ul>
  );
}
