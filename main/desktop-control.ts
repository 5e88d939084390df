import type { DesktopSettings } from '../core/contract/desktop';
import { err, ok, type Result } from '../core/result';
import { desktopOf } from './open-settings';
import type { Settings } from './settings';
import type { Handlers } from './ipc/register';
import type { LinkHandler } from './shell/link-handler';
import { appError, type Publisher, type StoredDocument } from './workspace-context';

export type DesktopControlPorts = {
  readonly settings: StoredDocument<Settings>;
  readonly publisher: Publisher;
  /** shows or takes away what the settings ask for */
  readonly apply: (settings: DesktopSettings) => void;
  readonly links: Pick<LinkHandler, 'isOurs' | 'set'>;
  /** whether the system has notifications */
  readonly notify: (notice: { readonly title: string; readonly body: string }) => boolean;
};

/** Icon, notifications and how the window comes and goes. */
export class DesktopControl {
  readonly #ports: DesktopControlPorts;

  constructor(ports: DesktopControlPorts) {
    this.#ports = ports;
  }

  handlers(): Handlers['desktop'] {
    const { links, notify, publisher, settings } = this.#ports;
    return {
      get: () => ok(desktopOf(settings.read())),
      set: (wanted) => this.#set(wanted),
      getLinks: () => ok({ isOurs: links.isOurs() }),
      setLinks: ({ isOurs }) => {
        const set = links.set(isOurs);
        publisher.changed('links');
        return set.ok ? ok({}) : set;
      },
      tryNotification: () =>
        ok({ shown: notify({ title: 'Sallyport', body: 'This is how Sallyport tells you something.' }) }),
    };
  }

  /** Without its icon a window that does not show could not be brought back. */
  #set(wanted: DesktopSettings): Result<Record<string, never>> {
    if (!wanted.tray && (wanted.closeToTray || wanted.startHidden)) {
      return err(
        appError('invalid-input', 'Without its icon a hidden window could not be brought back.', {
          whatToDo: 'Switch the icon on, or let the window show.',
          field: 'tray',
        }),
      );
    }
    const saved = this.#ports.settings.update((settings) => ({ ...settings, desktop: wanted }));
    if (!saved.ok) return saved;
    this.#ports.apply(wanted);
    this.#ports.publisher.changed('app');
    return ok({});
  }
}
