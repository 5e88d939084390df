import '../ipc/zod-config';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readPageStart } from '../../core/domain/page-start';
import '../styles/base.css';
import { followOperations } from '../ipc/operations';
import { askAhead, followChanges, queryClient } from '../ipc/queries';
import { loadWhatIsDrawnLater } from '../ui/drawn-later';
import { ConnectedApp } from './connected-app';
import { loadConnections, pages } from './pages';
import { createAppRouter } from './routes';
import { startTheme } from './theme';

/** Draws at once: what the first drawing hangs on stands in the page's address, and main is asked meanwhile for the rest. */
function start(): void {
  const { theme, workspace } = readPageStart(window.location.search) ?? { theme: 'system' };
  // Before the first drawing: a flash of the wrong theme is worse than a late one.
  startTheme(theme);
  followChanges();
  const isFirstRun = workspace === undefined;
  followOperations(isFirstRun);
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ConnectedApp router={createAppRouter(pages, isFirstRun ? '/welcome' : '/sessions')} begunIn={workspace} />
      </QueryClientProvider>
    </StrictMode>,
  );
  // once the window stands and has nothing to do: the first of the other pages opens as fast as the rest
  requestIdleCallback(() => void readAhead(isFirstRun), { timeout: 5000 });
}

/** The other pages’ script, and what the longest of them shows: of a workspace that was chosen, for to ask opens it. */
async function readAhead(isFirstRun: boolean): Promise<void> {
  // what is on screen comes first, and main is still busy until it is there
  await askAhead('app', 'app', 'getSnapshot', {});
  await loadConnections();
  await loadWhatIsDrawnLater();
  if (isFirstRun) return;
  await askAhead('connections', 'connections', 'list', {});
}

start();
