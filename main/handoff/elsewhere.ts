import { mkdirSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import type { Clock } from '../platform/clock';
import type { Elsewhere } from '../sessions/elsewhere';
import { RenewalLog } from './renewal-log';
import { lockSession } from './session-lock';

/** The credential processes beside the app, as far as they leave anything in the workspace's folder. */
export function elsewhereIn(folder: string, clock: Clock): Elsewhere {
  const log = new RenewalLog(join(folder, 'renewals.jsonl'), clock);
  return {
    lock: (sessionId) => lockSession(folder, sessionId, clock),
    takeIn: (keep) => log.takeIn(keep),
    watch: (onRenewed) => {
      try {
        mkdirSync(folder, { recursive: true });
        const watcher = watch(folder, { persistent: false }, (_event, name) => {
          if (name === basename(log.path)) onRenewed();
        });
        // where a folder cannot be watched, it is looked into at the next expiry and on waking
        watcher.on('error', () => watcher.close());
        return () => watcher.close();
      } catch {
        return () => undefined;
      }
    },
  };
}
