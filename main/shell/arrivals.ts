import type { App } from 'electron';
import type { ArrivedFile } from '../onboarding/arrived-file';
import { becomeOnlyInstance, readSecondStart, type SecondStart } from '../security/second-instance';

/**
 * Files and links that the system gives this app: as its own arguments, as those of a second process, or by the events of
 * macOS. Each waits in `arrived`; `show` brings the window up. To be called before Electron is ready.
 * @returns false when another process is the app, has been given all that, and this one is to quit
 */
export function takeArrivals(app: App, arrived: ArrivedFile, show: () => void, isReadOnly: boolean): boolean {
  const arrive = (start: SecondStart) => {
    if (start.kind === 'open-file') arrived.open(start.path);
    else if (start.kind === 'open-link') arrived.openLink(start.link);
  };
  const begin = (start: SecondStart) => {
    arrive(start);
    show();
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    begin(readSecondStart(['', path]));
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    begin(readSecondStart(['', url]));
  });
  if (!becomeOnlyInstance(app, begin, isReadOnly)) return false;
  arrive(readSecondStart(process.argv));
  return true;
}
