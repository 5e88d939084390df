import '../ipc/zod-config';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/base.css';
import { client } from '../ipc/client';
import { followOperations } from '../ipc/operations';
import { askAhead, followChanges, queryClient } from '../ipc/queries';
import { ConnectedApp } from './connected-app';
import { pages } from './pages';
import { createAppRouter } from './routes';
import { startTheme } from './theme';

/** One question before the first drawing: it decides where the window opens, and it is what the frame shows. */
async function start(): Promise<void> {
  // Before the first drawing: a flash of the wrong theme is worse than a late one.
  startTheme(window.location.search);
  followChanges();
  const snapshot = await client.app.getSnapshot({});
  if (snapshot.ok) queryClient.setQueryData(['app', 'app', 'getSnapshot', {}], snapshot.value);
  const isFirstRun = snapshot.ok && snapshot.value.workspace === undefined;
  followOperations(isFirstRun);
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ConnectedApp router={createAppRouter(pages, isFirstRun ? '/welcome' : '/sessions')} />
      </QueryClientProvider>
    </StrictMode>,
  );
  // once the window stands and has nothing to do: the first of the other pages opens as fast as the rest
  requestIdleCallback(() => void readAhead(isFirstRun), { timeout: 5000 });
}

/** The other pages’ script, and what the longest of them shows: of a workspace that was chosen, for to ask opens it. */
async function readAhead(isFirstRun: boolean): Promise<void> {
  await pages.connections();
  if (isFirstRun) return;
  await askAhead('connections', 'connections', 'list', {});
}

void start();
