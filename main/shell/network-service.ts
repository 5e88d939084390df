import type { CommandLine } from 'electron';

/** Chromium's name for its network service in the process of the browser (content/public/common/content_features.cc). */
const inProcess = 'NetworkServiceInProcess2';

/**
 * Chromium's network service has nobody to serve here: the page reaches no network (S-06) and main goes by Node's. So it gets
 * no process of its own, which would be one more to start and to keep. To be called before Electron is ready; features that
 * the person asked for on the command line stay.
 */
export function shareNetworkService(commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>): void {
  const asked = commandLine.getSwitchValue('enable-features');
  commandLine.appendSwitch('enable-features', asked === '' ? inProcess : `${asked},${inProcess}`);
}
