import { startApp } from '../../main/app';
import { SystemClock } from '../../main/platform/system-clock';
import { reportWhenInteractive } from './report';

/** The app itself, as main/index.ts starts it, saying when it is interactive. */
reportWhenInteractive();
void startApp({ clock: new SystemClock() });
