import { startApp } from './app';
import { SystemClock } from './platform/system-clock';

// not awaited: Electron becomes ready only after this module has been evaluated
void startApp({ clock: new SystemClock() });
