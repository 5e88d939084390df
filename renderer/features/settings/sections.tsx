import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { settingsPath, settingsSections, type SettingsSection } from '../../app/settings-places';
import { Icon } from '../../ui/icon';
import styles from './sections.module.css';

/** The names of the sections, beside them or above them where there is no room. */
export function SectionNav({ current }: { readonly current: SettingsSection | undefined }) {
  return (
    <nav className={styles['nav']} aria-label="Sections of the settings">
      <ul>
        {settingsSections.map(({ icon, id, label }) => (
          <li key={id}>
            <Link
              to={settingsPath(id)}
              className={styles['link'] ?? ''}
              {...(id === current && { 'aria-current': 'location' as const })}
            >
              <Icon name={icon} size="sm" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface SectionProps {
  readonly id: SettingsSection;
  readonly children: ReactNode;
}

/** A part with an address. Going to it brings it into view, and reading goes on from there. */
export function Section({ children, id }: SectionProps) {
  const { hash, key, pathname } = useLocation();
  const part = useRef<HTMLDivElement>(null);
  const isWanted = pathname === settingsPath(id) && hash === '';
  const label = settingsSections.find((section) => section.id === id)?.label;
  useEffect(() => {
    if (!isWanted) return;
    part.current?.scrollIntoView({ block: 'start' });
    part.current?.focus({ preventScroll: true });
  }, [isWanted, key]);
  return (
    <div ref={part} role="group" aria-label={label} tabIndex={-1} className={styles['section']}>
      {children}
    </div>
  );
}

/** One setting, found by its name: its control takes the focus when it is gone to, each time. */
export function Setting({ children, id }: { readonly id: string; readonly children: ReactNode }) {
  const { hash, key } = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const isWanted = hash === `#${id}`;
  useEffect(() => {
    const element = box.current;
    if (!isWanted || element === null) return;
    element.scrollIntoView({ block: 'center' });
    const control =
      element.querySelector<HTMLElement>('[role="radio"][aria-checked="true"]') ??
      element.querySelector<HTMLElement>('input:not(:disabled), button:not(:disabled)');
    control?.focus({ preventScroll: true });
  }, [isWanted, key]);
  return <div ref={box}>{children}</div>;
}
