import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { ariaChord, shortcut } from '../../core/domain/shortcuts';
import { classNames } from '../ui/class-names';
import { formatDuration } from '../ui/format';
import { Icon, Mark } from '../ui/icon';
import { Menu, type MenuGroup } from '../ui/menu';
import { Ring } from '../ui/ring';
import { countdownLevel, shareLeft } from '../ui/countdown-model';
import { AccountId, Key, VisuallyHidden } from '../ui/text';
import { useNow } from './clock';
import { writeShortcut, type Platform } from './platform';
import styles from './title-bar.module.css';

/** Who the app calls AWS as. */
export interface IdentitySummary {
  readonly name: string;
  readonly accountId?: string | undefined;
  /** “Identity Center”, “profile deployer”, “access key”. */
  readonly kind: string;
  readonly isPractice: boolean;
  /** When these credentials end; an access key has no end. Milliseconds since the epoch. */
  readonly life?: { readonly from: number; readonly until: number } | undefined;
  /** Set when they cannot be used now, in a few words: “signed out”. */
  readonly trouble?: string | undefined;
}

interface TitleBarProps {
  readonly platform: Platform;
  /** Undefined before one is chosen: then nothing is shown. */
  readonly identity: IdentitySummary | undefined;
  readonly identityMenu: readonly MenuGroup[];
  /** Left out where there is nothing to search yet, as in the first run. */
  readonly onOpenCommands?: (() => void) | undefined;
  readonly work?: ReactNode;
}

/** 44 px, draggable: the brand, the way to everything, and who the app is to AWS. */
export function TitleBar({ platform, identity, identityMenu, onOpenCommands, work }: TitleBarProps) {
  return (
    <header className={styles['titleBar']} data-platform={platform} data-region="title-bar">
      <div className={styles['titleLeft']}>
        <span className={styles['brand']}>
          <Mark />
          Sallyport
        </span>
        {work}
      </div>
      <div>
        {onOpenCommands === undefined ? null : (
          <AriaButton
            className={classNames(styles['search'])}
            onPress={onOpenCommands}
            aria-keyshortcuts={ariaChord(platform, shortcut('palette').chords[0])}
          >
            <Icon name="search" />
            <span className={styles['searchWords']}>Search or run a command</span>
            <Key>{writeShortcut(platform, 'palette')}</Key>
          </AriaButton>
        )}
      </div>
      <div className={styles['titleRight']}>
        {identity === undefined ? null : <Identity identity={identity} menu={identityMenu} />}
      </div>
    </header>
  );
}

function Identity({ identity, menu }: { readonly identity: IdentitySummary; readonly menu: readonly MenuGroup[] }) {
  const { name, accountId, isPractice, kind, life, trouble } = identity;
  return (
    <Menu
      label="What the app calls AWS with"
      placement="bottom end"
      groups={menu}
      trigger={
        <AriaButton
          className={classNames(styles['identity'])}
          data-practice={isPractice || undefined}
          data-trouble={trouble === undefined ? undefined : true}
        >
          {trouble !== undefined ? (
            <Icon name="alert" size="sm" tone="warning" />
          ) : isPractice ? (
            <Icon name="sandbox" />
          ) : life === undefined ? (
            <Icon name="user" size="sm" />
          ) : (
            <LifeRing from={life.from} until={life.until} />
          )}
          <VisuallyHidden>Source identity: </VisuallyHidden>
          {/* what is seen is the name of the button, so that it can be called by it */}
          <b>{name}</b>{' '}
          <span className={styles['identityDetail']}>
            {accountId === undefined ? null : <AccountId id={accountId} />}
            {trouble !== undefined ? (
              <span> · {trouble}</span>
            ) : life === undefined || isPractice ? null : (
              <LifeWords until={life.until} />
            )}
          </span>
          <VisuallyHidden>, {isPractice ? 'practice sandbox' : kind}</VisuallyHidden>
          <Icon name="chevron-down" size="sm" />
        </AriaButton>
      }
    />
  );
}

function LifeRing({ from, until }: { readonly from: number; readonly until: number }) {
  const now = useNow();
  const level = countdownLevel(until - now);
  return (
    <Ring
      size="xs"
      share={shareLeft(from, until, now)}
      tone={level === 'soon' ? 'warning' : level === 'urgent' ? 'danger' : 'live'}
    />
  );
}

function LifeWords({ until }: { readonly until: number }) {
  const left = until - useNow();
  return <span> · {left <= 0 ? 'expired' : `${formatDuration(left)} left`}</span>;
}
