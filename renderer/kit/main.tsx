import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/base.css';
import { themes } from '../../core/domain/page-start';
import { startTheme } from '../app/theme';
import { Kit } from './kit';

const asked = new URLSearchParams(window.location.search);
startTheme(themes.find((theme) => theme === asked.get('theme')) ?? 'system');

const root = document.getElementById('root');
if (root === null) throw new Error('kit.html has no #root');

createRoot(root).render(
  <StrictMode>
    <Kit page={asked.get('page') ?? 'controls'} />
  </StrictMode>,
);
