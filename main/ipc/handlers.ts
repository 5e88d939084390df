import type { AppHandlers } from './app-handlers';
import { connectionsHandlers } from './connections-handlers';
import { handoffHandlers } from './handoff-handlers';
import { importsHandlers } from './imports-handlers';
import { onboardingHandlers } from './onboarding-handlers';
import { operationsHandlers } from './operations-handlers';
import { permissionsHandlers } from './permissions-handlers';
import type { Handlers } from './register';
import { revocationHandlers } from './revocation-handlers';
import { sessionsHandlers } from './sessions-handlers';
import { sourcesHandlers } from './sources-handlers';
import type { Workspace } from '../workspace';

/** `workspace` is asked at each call: the person may switch between practice and AWS while the window is open. */
export function makeHandlers(
  app: AppHandlers,
  practice: Handlers['practice'],
  network: Handlers['network'],
  desktop: Handlers['desktop'],
  workspace: () => Workspace,
): Handlers {
  return {
    app,
    practice,
    network,
    desktop,
    sources: sourcesHandlers(workspace),
    onboarding: onboardingHandlers(workspace),
    connections: connectionsHandlers(workspace),
    imports: importsHandlers(workspace),
    permissions: permissionsHandlers(workspace),
    sessions: sessionsHandlers(workspace),
    handoff: handoffHandlers(workspace),
    revocation: revocationHandlers(workspace),
    operations: operationsHandlers(workspace),
  };
}
