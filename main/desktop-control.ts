import { desktopAtFirst, type DesktopSettings } from '../core/contract/desktop';
import { err, ok, type Result } from '../core/result';
import type { Settings } from './app-state';
import type { Handlers } from './ipc/register';
import { appError, type Publisher, type StoredDocument } from './workspace-context';

export type DesktopControlPorts = {
  readonly settings: StoredDocument<Settings>;
  readonly publisher: Publisher;
  /** shows or takes away what the settings ask for */
  readonly apply: (settings: DesktopSettings) => void;
};

/** Icon, notifications and how the window comes and goes. */
export class DesktopControl {
  readonly #ports: DesktopControlPorts;

  constructor(ports: DesktopControlPorts) {
    this.#ports = ports;
  }

  handlers(): Handlers['desktop'] {
    return { get: () => ok(this.#ports.settings.read().desktop ?? desktopAtFirst), set: (wanted) => this.#set(wanted) };
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
