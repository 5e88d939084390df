import type { ReactNode } from 'react';
import type { DoorState } from './chip';
import { Icon } from './icon';
import type { IconName } from './icon-names';
import { PermissionMap } from './permission-map';
import type { PermissionRow } from './permission-order';
import { AccountId } from './text';
import styles from './trust-diagram.module.css';

/** A condition of the trust: asked for, not asked for (shown all the same), or dangerous as it is. */
export interface TrustCondition {
  readonly state: 'set' | 'unset' | 'risky';
  readonly text: string;
}

interface TrustDiagramProps {
  /** One sentence that says the whole picture. */
  readonly label: string;
  readonly who: {
    readonly name: string;
    readonly accountId?: string | undefined;
    readonly detail?: string | undefined;
    readonly icon?: IconName | undefined;
  };
  readonly how: readonly TrustCondition[];
  readonly role: {
    readonly name: string;
    readonly accountId?: string | undefined;
    readonly detail?: string | undefined;
  };
  readonly what: readonly PermissionRow[];
  readonly outerDoor?: DoorState | undefined;
  readonly innerDoor?: DoorState | undefined;
}

const conditionIcons = { set: 'check', unset: 'minus', risky: 'alert' } as const;
const conditionTones = { set: 'success', unset: 'muted', risky: 'warning' } as const;
const doorIcons: Readonly<Record<DoorState, IconName>> = { open: 'door-open', half: 'door-half', shut: 'door-shut' };

/** Who → how → role → what. How and what are doors, who and role are plain. */
export function TrustDiagram({
  label,
  who,
  how,
  role,
  what,
  outerDoor = 'open',
  innerDoor = 'open',
}: TrustDiagramProps) {
  return (
    <figure className={styles['room']} aria-label={label}>
      <div className={styles['trust']}>
        <PlainNode
          title="Who"
          name={who.name}
          icon={who.icon ?? 'user'}
          accountId={who.accountId}
          detail={who.detail}
        />
        <Arrow />
        <DoorNode title="How" caption="Outer door: trust policy" door={outerDoor}>
          <ul>
            {how.map((condition) => (
              <li key={condition.text} className={styles['condition']} data-state={condition.state}>
                <Icon name={conditionIcons[condition.state]} size="sm" tone={conditionTones[condition.state]} />
                {condition.text}
              </li>
            ))}
          </ul>
        </DoorNode>
        <Arrow />
        <PlainNode title="Role" name={role.name} icon="role" accountId={role.accountId} detail={role.detail} />
        <Arrow />
        <DoorNode title="What" caption="Inner door: permissions" door={innerDoor} isWide>
          <PermissionMap label={`What ${role.name} may do`} rows={what} layout="door" />
        </DoorNode>
      </div>
    </figure>
  );
}

interface PlainNodeProps {
  readonly title: string;
  readonly name: string;
  readonly icon: IconName;
  readonly accountId?: string | undefined;
  readonly detail?: string | undefined;
}

function PlainNode({ title, name, icon, accountId, detail }: PlainNodeProps) {
  return (
    <div className={styles['node']}>
      <h2>{title}</h2>
      <span className={styles['name']} title={name}>
        <Icon name={icon} tone="accent" />
        <span>{name}</span>
      </span>
      {accountId === undefined ? null : (
        <span className={styles['detail']}>
          <AccountId id={accountId} />
        </span>
      )}
      {detail === undefined ? null : <span className={styles['detail']}>{detail}</span>}
    </div>
  );
}

interface DoorNodeProps {
  readonly title: string;
  readonly caption: string;
  readonly door: DoorState;
  readonly children: ReactNode;
  readonly isWide?: boolean | undefined;
}

function DoorNode({ title, caption, door, children, isWide = false }: DoorNodeProps) {
  return (
    <div className={styles['door']} data-wide={isWide || undefined}>
      <h2>{title}</h2>
      <div className={styles['doorBody']}>{children}</div>
      <span className={styles['caption']}>
        <Icon name={doorIcons[door]} size="sm" />
        {caption}
      </span>
    </div>
  );
}

function Arrow() {
  return (
    <svg className={styles['arrow']} viewBox="0 0 28 12" aria-hidden="true" focusable="false">
      <path d="M0 6h26m-5-5 5 5-5 5" />
    </svg>
  );
}
