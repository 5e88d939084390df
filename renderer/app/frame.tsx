import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { isTyped, pressedShortcut, type PressedShortcut } from '../../core/domain/shortcuts';
import { Announcer } from '../ui/announcer';
import { isModalOpen } from '../ui/modal-open';
import { Toasts } from '../ui/toast';
import type { MenuGroup } from '../ui/menu';
import type { Platform } from './platform';
import { moveToRegion } from './regions';
import { SandboxBand } from './sandbox-band';
import { Sidebar, type SidebarProps } from './sidebar';
import { TitleBar, type IdentitySummary } from './title-bar';
import styles from './frame.module.css';

interface FrameProps {
  readonly platform: Platform;
  readonly identity: IdentitySummary | undefined;
  readonly identityMenu: readonly MenuGroup[];
  /** Present while the practice sandbox is in use. */
  readonly sandbox?:
    | {
        readonly trouble?: string | undefined;
        readonly onTrouble?: (() => void) | undefined;
        readonly onLeave?: (() => void) | undefined;
      }
    | undefined;
  /** What stands at the left of the sheet. Steps and a picture are the page's own: it puts them there with `FrameSide`. */
  readonly side:
    ({ readonly kind: 'places' } & Omit<SidebarProps, 'platform'>) | { readonly kind: 'steps' | 'picture' };
  /** Names the sheet for screen readers. */
  readonly sheetLabel: string;
  readonly onOpenCommands?: (() => void) | undefined;
  /** A key of the window was pressed; true when it meant something here. */
  readonly onShortcut?: ((pressed: PressedShortcut) => boolean) | undefined;
  /** Long work that goes on whatever page is open, as a sign in the title bar. */
  readonly work?: ReactNode;
  readonly children: ReactNode;
}

const SideSlot = createContext<HTMLElement | null>(null);

/** Puts a page's stepper or picture at the left of the sheet. */
export function FrameSide({ children }: { readonly children: ReactNode }) {
  const slot = useContext(SideSlot);
  return slot === null ? null : createPortal(children, slot);
}

/** The window: title bar, sandbox band, what is at the left, and the sheet with its one round corner. */
export function Frame(props: FrameProps) {
  const { platform, identity, identityMenu, sandbox, side, sheetLabel, onOpenCommands, onShortcut, work, children } =
    props;
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (isModalOpen()) return;
      const pressed = pressedShortcut(platform, event);
      if (pressed === undefined || (isTyped(event) && isText(event.target))) return;
      if (pressed.id === 'next-region' || pressed.id === 'previous-region') {
        moveToRegion(pressed.id === 'previous-region');
      } else if (pressed.id === 'palette' && onOpenCommands !== undefined) {
        onOpenCommands();
      } else if (onShortcut?.(pressed) !== true) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
    };
  }, [platform, onOpenCommands, onShortcut]);

  return (
    <div className={styles['window']}>
      <TitleBar
        platform={platform}
        identity={identity}
        identityMenu={identityMenu}
        onOpenCommands={onOpenCommands}
        work={work}
      />
      {sandbox === undefined ? null : <SandboxBand {...sandbox} />}
      <div className={styles['shell']}>
        {side.kind === 'places' ? (
          <Sidebar platform={platform} {...side} />
        ) : (
          <aside
            className={styles[side.kind]}
            aria-label={side.kind === 'steps' ? 'Wizard' : 'How access works'}
            data-region="sidebar"
            tabIndex={-1}
            ref={setSlot}
          />
        )}
        <main className={styles['sheet']} aria-label={sheetLabel} data-region="sheet" tabIndex={-1}>
          <SideSlot value={slot}>{children}</SideSlot>
        </main>
      </div>
      <Toasts />
      <Announcer />
    </div>
  );
}

/** A letter that is typed here belongs to a text, or finds an entry of a menu or list. */
function isText(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, [contenteditable], [role="menu"], [role="listbox"]') !== null
  );
}
