import { app, BrowserWindow } from 'electron';
import { hideWhenInteractive, reportWhenInteractive } from './report';

/** The least that Electron can be: one window of our size, isolated as ours is, with one heading and one button. */
const page = '<!doctype html><meta charset="utf-8"><title>Bare</title><h1>Bare</h1><button>Go</button>';

async function start(): Promise<void> {
  await app.whenReady();
  const window = new BrowserWindow({
    width: 1280,
    height: 832,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, partition: 'bare', spellcheck: false },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
}

if (process.env['SALLYPORT_BENCH_HIDE'] === '1') hideWhenInteractive();
reportWhenInteractive();
void start();
