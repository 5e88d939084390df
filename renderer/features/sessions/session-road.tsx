import { Fragment } from 'react';
import { groupAccountId } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { AccountId } from '../../ui/text';
import styles from './session-road.module.css';
import type { Plan } from './session-wish';

interface SessionRoadProps {
  readonly road: Plan['road'];
}

/** From the source identity over the roles on the way to the role at the end: a picture that can be read as a list. */
export function SessionRoad({ road }: SessionRoadProps) {
  return (
    <ol className={styles['road']} aria-label={sentence(road)}>
      {road.map(({ accountId, isRole, label }, index) => (
        <Fragment key={`${String(index)} ${label}`}>
          {index === 0 ? null : (
            <li className={styles['way']} aria-hidden="true">
              <Icon name="arrow-right" size="sm" tone="muted" />
            </li>
          )}
          <li className={styles['stop']} data-last={index === road.length - 1 || undefined}>
            <Icon name={isRole ? 'role' : 'user'} tone={index === road.length - 1 ? 'accent' : 'muted'} />
            <span className={styles['words']}>
              <b title={label}>{label}</b>
              <small>{accountId === '' ? 'account not known' : <AccountId id={accountId} />}</small>
            </span>
          </li>
        </Fragment>
      ))}
    </ol>
  );
}

function sentence(road: Plan['road']): string {
  const stops = road.map(({ accountId, label }) =>
    accountId === '' ? label : `${label} in ${groupAccountId(accountId).join(' ')}`,
  );
  return `The road of this session: ${stops.join(', then ')}`;
}
