import { QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../../../core/contract/app';
import { ok } from '../../../../core/result';

const bare: Snapshot = {
  revision: 1,
  platform: 'linux',
  version: '1.0.0',
  theme: 'system',
  keychain: { state: 'unknown' },
  counts: { sessions: 0, connections: 0, revocations: 0, reviews: 0 },
  drafts: [],
  trouble: [],
  hasArrivedFile: false,
  problems: [],
};

/** Main, as the page calls it: it knows its answer at once, and the test says when each arrives. */
const main = {
  workspace: undefined as Snapshot['workspace'],
  underWay: [] as (() => void)[],
  tell: (_payload: unknown): void => undefined,
};
const unheard = () => () => undefined;
vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
  draw();
});
vi.stubGlobal('window', {
  setTimeout,
  clearTimeout,
  sallyport: {
    on: {
      changed: (listener: typeof main.tell) => {
        main.tell = listener;
        return () => undefined;
      },
      tested: unheard,
    },
    calls: {
      app: {
        chooseWorkspace: ({ workspace }: { workspace: 'aws' | 'practice' }) => {
          main.workspace = workspace;
          return Promise.resolve(ok({}));
        },
        getSnapshot: async () => {
          const { workspace } = main;
          await new Promise<void>((resolve) => main.underWay.push(resolve));
          return ok({ ...bare, ...(workspace === undefined ? {} : { workspace }) });
        },
      },
    },
  },
});

await import('../../../../renderer/ipc/parse');
const { followChanges, queryClient } = await import('../../../../renderer/ipc/queries');
const { client } = await import('../../../../renderer/ipc/client');
const { switchWorkspace } = await import('../../../../renderer/app/switch-workspace');

// only now: what is drawn looks for a whole document when it is read
vi.stubGlobal('document', { hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined });

const patience = { timeout: 10_000 };
const queryKey = ['app', 'app', 'getSnapshot', {}];

/** A page that shows the snapshot; the workspace that it is in. */
function shown(): () => Snapshot['workspace'] {
  const observer = new QueryObserver(queryClient, {
    queryKey,
    queryFn: async () => {
      const answer = await client.app.getSnapshot({});
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    },
  });
  observer.subscribe(() => undefined);
  return () => observer.getCurrentResult().data?.workspace;
}

async function asked(times: number): Promise<void> {
  await vi.waitFor(() => expect(main.underWay).toHaveLength(times), patience);
}

beforeEach(() => {
  queryClient.clear();
  main.workspace = undefined;
  main.underWay = [];
});

it('nobody goes on in another workspace by what was said of the one before', async () => {
  const workspace = shown();
  queryClient.setQueryData(['connections', 'connections', 'list', {}], { connections: [] });
  await asked(1);
  const gone: unknown[] = [];
  const switched = switchWorkspace('practice', (path) => {
    gone.push([path, workspace()]);
  });
  await asked(2);
  // of the time before it was chosen
  main.underWay[0]?.();
  main.underWay[1]?.();
  await switched;
  expect(gone).toEqual([['/sessions', 'practice']]);
  // what no page shows is asked anew by the next that does
  expect(queryClient.getQueryCache().findAll({ type: 'inactive' })).toEqual([]);
});

it('what changes while a question is under way for the first time is asked again', async () => {
  const stop = followChanges();
  const workspace = shown();
  await asked(1);
  main.workspace = 'practice';
  main.tell({ revision: 2, topics: ['app'] });
  main.tell({ revision: 3, topics: ['app'] });
  await vi.waitFor(() => expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true), patience);
  main.underWay[0]?.();
  await asked(2);
  main.underWay[1]?.();
  await vi.waitFor(() => expect(workspace()).toBe('practice'), patience);
  expect(main.underWay, 'once, however much has changed').toHaveLength(2);
  stop();
});
