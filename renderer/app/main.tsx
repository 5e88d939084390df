import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/base.css';
import { queryClient } from '../ipc/queries';
import { App } from './app';
import { pages } from './pages';
import { createAppRouter } from './routes';
import { startTheme } from './theme';

// Before the first drawing: a flash of the wrong theme is worse than a late one.
startTheme(window.location.search);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const router = createAppRouter(pages, '/sessions');

createRoot(root).render(
  <StrictMode>
    <App
      router={router}
      queryClient={queryClient}
      frame={{ identity: undefined, identityMenu: [], counts: {}, draft: undefined }}
    />
  </StrictMode>,
);
