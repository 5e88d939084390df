import type { Workspace } from '../workspace';
import type { Handlers } from './register';

export function activityHandlers(workspace: () => Workspace): Handlers['activity'] {
  return {
    page: ({ before, filter }) => workspace().activity.page(filter, before),
    check: ({ fromFirst }) => workspace().activity.check(fromFirst),
    save: ({ filter, format }) => workspace().activity.save(format, filter),
  };
}
