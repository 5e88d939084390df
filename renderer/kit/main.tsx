import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/base.css';
import { startTheme } from '../app/theme';
import { Kit } from './kit';

startTheme(window.location.search);

const root = document.getElementById('root');
if (root === null) throw new Error('kit.html has no #root');

createRoot(root).render(
  <StrictMode>
    <Kit page={new URLSearchParams(window.location.search).get('page') ?? 'controls'} />
  </StrictMode>,
);
