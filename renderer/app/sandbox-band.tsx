import { Button as AriaButton } from 'react-aria-components/Button';
import { classNames } from '../ui/class-names';
import { Icon } from '../ui/icon';
import styles from './sandbox-band.module.css';

interface SandboxBandProps {
  /** The trouble in force, in a word or two: “throttling”. */
  readonly trouble?: string | undefined;
  readonly onTrouble?: (() => void) | undefined;
  readonly onLeave?: (() => void) | undefined;
}

/** Across the window on every screen of the practice sandbox. The hatch means practice and nothing else. */
export function SandboxBand({ trouble, onTrouble, onLeave }: SandboxBandProps) {
  return (
    <aside className={styles['band']} aria-label="Practice sandbox">
      <span className={styles['plate']}>
        <Icon name="sandbox" />
        <b>Practice sandbox</b>
        <span className={styles['bandWords']}>Nothing here reaches AWS.</span>
      </span>
      <span className={styles['bandRoom']} />
      <span className={styles['plate']}>
        {onTrouble === undefined ? null : (
          <AriaButton className={classNames(styles['bandButton'])} onPress={onTrouble}>
            <Icon name="bolt" size="sm" />
            {trouble === undefined ? 'Make trouble' : `Trouble: ${trouble}`}
          </AriaButton>
        )}
        {onLeave === undefined ? null : (
          <AriaButton className={classNames(styles['bandButton'])} onPress={onLeave}>
            Leave the sandbox
          </AriaButton>
        )}
      </span>
    </aside>
  );
}
