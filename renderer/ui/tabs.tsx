import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import { classNames } from './class-names';
import { Icon, type Tone } from './icon';
import type { IconName } from './icon-names';
import { formatCount } from './format';
import styles from './choice.module.css';

export interface TabEntry<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly content: ReactNode;
  readonly count?: number | undefined;
  /** A sign behind the label; `mark.label` says it to a screen reader. */
  readonly mark?: { readonly icon: IconName; readonly tone: Tone; readonly label: string } | undefined;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly TabEntry<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** Controls at the end of the bar. */
  readonly actions?: ReactNode;
  /** In a card, or across a page. */
  readonly look?: 'card' | 'page' | undefined;
}

/** Views of the same thing, one at a time. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, actions, look = 'card' }: TabsProps<Id>) {
  return (
    <AriaTabs
      className={classNames(styles['tabs'])}
      selectedKey={selected}
      onSelectionChange={(key) => {
        const chosen = tabs.find((tab) => tab.id === key);
        if (chosen !== undefined) onSelect(chosen.id);
      }}
    >
      <div className={styles['tabBar']} data-look={look}>
        <TabList aria-label={label} className={classNames(styles['tabList'])}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={classNames(styles['tab'])}>
              {tab.label}
              {tab.count === undefined ? null : <span className={styles['tabCount']}>{formatCount(tab.count)}</span>}
              {tab.mark === undefined ? null : (
                <span className={styles['tabMark']} role="img" aria-label={tab.mark.label}>
                  <Icon name={tab.mark.icon} size="sm" tone={tab.mark.tone} />
                </span>
              )}
            </Tab>
          ))}
        </TabList>
        {actions}
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={classNames(styles['panel'])}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
