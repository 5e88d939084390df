import type { HandoffOutside } from '../../main/handoff/handoff';
import { ok } from '../../core/result';
import type { Elsewhere } from '../../main/sessions/elsewhere';

/** Nobody beside the app: locks are free, and nothing was renewed. */
export const nobodyElsewhere: Elsewhere = {
  lock: () => Promise.resolve(ok(() => undefined)),
  takeIn: () => Promise.resolve(ok(undefined)),
  watch: () => () => undefined,
};

/** A person's computer on which no AWS files can be made, whoever runs the test, and on which nothing is opened. */
export const nothingOutside: HandoffOutside = {
  program: { platform: 'linux', execPath: '/opt/sallyport/sallyport', isRoot: false },
  profileFiles: () => ({ configFile: '/dev/null/config', credentialsFile: '/dev/null/credentials' }),
  cliCacheFolder: '/nowhere/.aws/cli/cache',
  terminal: { way: () => 'none', open: () => Promise.resolve(ok('none')) },
  writeClipboard: () => undefined,
};
