import type { App } from 'electron';
import { linkScheme } from '../../core/domain/exchange-link';
import { err, ok, type Result } from '../../core/result';
import { appError } from '../workspace-context';

type Registry = Pick<
  App,
  'isPackaged' | 'isDefaultProtocolClient' | 'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient'
>;

/** Which program the system opens our links with. Packages say so when they are installed; here a person may. */
export class LinkHandler {
  readonly #app: Registry;
  readonly #isByHand: boolean;

  /** `isByHand`: no package has registered them, so whoever has is a person, here. */
  constructor(app: Registry, isByHand: boolean) {
    this.#app = app;
    this.#isByHand = isByHand;
  }

  isOurs(): boolean {
    return this.#app.isDefaultProtocolClient(linkScheme);
  }

  /** Links that a person gave to this program lead nowhere again. False where the system does not let go of them. */
  giveBack(): boolean {
    if (!this.#isByHand || !this.isOurs()) return true;
    return this.#app.removeAsDefaultProtocolClient(linkScheme);
  }

  /** Errors: `not-possible` where the program is not installed, or the system does not take it. */
  set(isOurs: boolean): Result<void> {
    // started from its sources it would leave a link to a runtime that opens nothing
    if (!this.#app.isPackaged) {
      return err(
        appError(
          'not-possible',
          'This Sallyport was started from its sources, so the system cannot start it by a link.',
          {
            whatToDo: 'Install it, and switch this on there.',
          },
        ),
      );
    }
    const taken = isOurs
      ? this.#app.setAsDefaultProtocolClient(linkScheme)
      : this.#app.removeAsDefaultProtocolClient(linkScheme);
    if (taken) return ok(undefined);
    return err(
      appError('not-possible', 'The system did not take the change.', {
        whatToDo: isOurs
          ? 'On Linux this needs the deb or rpm package, which registers links itself. The file of a request works everywhere.'
          : 'Choose another program for sallyport links in the settings of the system.',
      }),
    );
  }
}
