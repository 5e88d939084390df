import { Fragment } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { formatCount } from '../ui/format';
import { Icon } from '../ui/icon';
import { ProgressBar } from '../ui/progress';
import { Tooltip } from '../ui/tooltip';
import { numberedPlaces, places, type Place, type PlaceId } from './places';
import { writePlaceKey, writeShortcut, type Platform } from './platform';
import styles from './sidebar.module.css';

/** A wizard that was left before its end. */
export interface DraftSummary {
  /** How many others are unfinished. */
  readonly others: number;
  readonly id: string;
  readonly name: string;
  /** 1 is the first. */
  readonly step: number;
  readonly steps: number;
}

export interface SidebarProps {
  readonly platform: Platform;
  readonly current: PlaceId | undefined;
  readonly counts: Readonly<Partial<Record<PlaceId, number>>>;
  readonly draft: DraftSummary | undefined;
  readonly onGo: (place: Place) => void;
  readonly onConnect: () => void;
  readonly onContinueDraft: (id: string) => void;
  readonly onListDrafts: () => void;
}

/** Connect account, the places with their counts, an unfinished draft, settings. A rail of icons in a narrow window. */
export function Sidebar({
  platform,
  current,
  counts,
  draft,
  onGo,
  onConnect,
  onContinueDraft,
  onListDrafts,
}: SidebarProps) {
  const settings = places.filter((place) => place.id === 'settings');
  const groups = [...new Set(numberedPlaces.map((place) => place.group))];
  return (
    <nav className={styles['sidebar']} aria-label="Main" data-region="sidebar">
      <div className={styles['connect']}>
        <Button icon="plus" keys={writeShortcut(platform, 'connect')} onPress={onConnect} fill>
          Connect account
        </Button>
      </div>
      {groups.map((group) => (
        <Fragment key={group ?? ''}>
          {group === undefined ? null : <h2 className={styles['group']}>{group}</h2>}
          <PlaceList
            list={numberedPlaces.filter((place) => place.group === group)}
            platform={platform}
            current={current}
            counts={counts}
            onGo={onGo}
          />
        </Fragment>
      ))}
      <div className={styles['sidebarEnd']}>
        {draft === undefined ? null : <DraftCard draft={draft} onContinue={onContinueDraft} onList={onListDrafts} />}
        <PlaceList list={settings} platform={platform} current={current} counts={counts} onGo={onGo} />
      </div>
    </nav>
  );
}

interface PlaceListProps extends Pick<SidebarProps, 'platform' | 'current' | 'counts' | 'onGo'> {
  readonly list: readonly Place[];
}

function PlaceList({ list, platform, current, counts, onGo }: PlaceListProps) {
  return (
    <ul>
      {list.map((place) => {
        const count = counts[place.id] ?? 0;
        return (
          <li key={place.id}>
            <Tooltip text={`${place.label}, ${writePlaceKey(platform, place)}`}>
              <AriaButton
                className={classNames(styles['place'])}
                {...(place.id === current ? { 'aria-current': 'page' as const } : {})}
                onPress={() => {
                  onGo(place);
                }}
              >
                <Icon name={place.icon} />
                <span className={styles['placeLabel']}>{place.label}</span>
                {count === 0 ? null : <span className={styles['count']}>{formatCount(count)}</span>}
              </AriaButton>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

interface DraftCardProps {
  readonly draft: DraftSummary;
  readonly onContinue: (id: string) => void;
  readonly onList: () => void;
}

function DraftCard({ draft, onContinue, onList }: DraftCardProps) {
  const words = `Wizard saved at step ${String(draft.step)} of ${String(draft.steps)}`;
  return (
    <section className={styles['draft']} aria-label={`Unfinished: ${draft.name}`}>
      <div className={styles['draftHead']}>
        <b>{draft.name}</b>
        <Button
          variant="link"
          size="sm"
          onPress={() => {
            onContinue(draft.id);
          }}
        >
          Continue
        </Button>
      </div>
      <span className={styles['draftWords']}>{words}</span>
      <ProgressBar label={words} share={draft.step / draft.steps} tone="live" width="fill" />
      {draft.others === 0 ? null : (
        <Button variant="link" size="sm" onPress={onList}>
          {`and ${String(draft.others)} more`}
        </Button>
      )}
    </section>
  );
}
