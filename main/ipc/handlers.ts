import { activityHandlers } from './activity-handlers';
import { accountListsHandlers } from './account-lists-handlers';
import type { AppHandlers } from './app-handlers';
import { connectionsHandlers } from './connections-handlers';
import { driftHandlers } from './drift-handlers';
import { guardRailsHandlers } from './guard-rails-handlers';
import { departuresHandlers } from './departures-handlers';
import { handoffHandlers } from './handoff-handlers';
import { identitiesHandlers } from './identities-handlers';
import { importsHandlers } from './imports-handlers';
import { narrowingHandlers } from './narrowing-handlers';
import { onboardingHandlers } from './onboarding-handlers';
import { operationsHandlers } from './operations-handlers';
import { organizationHandlers } from './organization-handlers';
import { permissionsHandlers } from './permissions-handlers';
import type { Handlers } from './register';
import { reviewsHandlers } from './reviews-handlers';
import { revocationHandlers } from './revocation-handlers';
import { sessionsHandlers } from './sessions-handlers';
import { sourcesHandlers } from './sources-handlers';
import type { Workspace } from '../workspace';

/** What is there once, and what belongs to a workspace. `workspace` is asked at each call: the person may switch between practice and AWS while the window is open. */
export function makeHandlers(
  ofTheApp: { readonly app: AppHandlers } & Pick<Handlers, 'practice' | 'network' | 'desktop' | 'settings' | 'updates'>,
  workspace: () => Workspace,
): Handlers {
  return {
    ...ofTheApp,
    sources: sourcesHandlers(workspace),
    onboarding: onboardingHandlers(workspace),
    connections: connectionsHandlers(workspace),
    reviews: reviewsHandlers(workspace),
    drift: driftHandlers(workspace),
    narrowing: narrowingHandlers(workspace),
    imports: importsHandlers(workspace),
    permissions: permissionsHandlers(workspace),
    sessions: sessionsHandlers(workspace),
    handoff: handoffHandlers(workspace),
    revocation: revocationHandlers(workspace),
    organization: organizationHandlers(workspace),
    departures: departuresHandlers(workspace),
    accountLists: accountListsHandlers(workspace),
    guardRails: guardRailsHandlers(workspace),
    identities: identitiesHandlers(workspace),
    operations: operationsHandlers(workspace),
    activity: activityHandlers(workspace),
  };
}
