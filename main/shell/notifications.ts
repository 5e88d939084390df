import { Notification } from 'electron';
import type { Notice } from '../sessions/session-notices';

/**
 * Notifications of the operating system. Where it has none, or the person switched ours off there, nothing happens: the
 * window says the same.
 */
export class SystemNotifications {
  readonly #onPress: () => void;
  /** Kept until they are closed: one that was collected as garbage would no longer answer a press. */
  readonly #shown = new Set<Notification>();

  constructor(onPress: () => void) {
    this.#onPress = onPress;
  }

  /** @returns whether this system has notifications; what it does with one is its own affair */
  show({ title, body }: Notice): boolean {
    if (!Notification.isSupported()) return false;
    const notification = new Notification({ title, body, silent: false });
    this.#shown.add(notification);
    notification.on('close', () => this.#shown.delete(notification));
    notification.on('click', () => {
      this.#shown.delete(notification);
      this.#onPress();
    });
    notification.show();
    return true;
  }
}
