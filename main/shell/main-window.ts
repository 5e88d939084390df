import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { writePageStart, type PageStart } from '../../core/domain/page-start';
import { appPage } from '../security/origin';
import { webPreferences } from '../security/web-preferences';

export type WindowLook = {
  /** The preload bundle's absolute path. */
  readonly preload: string;
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  /** What the system has now, or what the person chose in its place. */
  readonly dark: boolean;
};

/** `--chrome` and `--text-soft` of renderer/styles/tokens.css: what is there before the page is. */
export const frameColours = {
  light: { ground: '#eff0ed', ink: '#414845' },
  dark: { ground: '#101312', ink: '#c3c9c6' },
} as const;

/** Height of the title bar that the page draws, in CSS pixels (docs of the design, Layout). */
const titleBarHeight = 44;

export function windowOptions({ preload, packaged, platform, dark }: WindowLook): BrowserWindowConstructorOptions {
  const { ground, ink } = dark ? frameColours.dark : frameColours.light;
  return {
    width: 1280,
    height: 832,
    minWidth: 960,
    minHeight: 640,
    // Shown when the page has drawn itself, on a ground of the right colour: no white flash.
    show: false,
    backgroundColor: ground,
    title: 'Sallyport',
    titleBarStyle: 'hidden',
    ...(platform === 'darwin'
      ? { trafficLightPosition: { x: 16, y: 14 } }
      : { titleBarOverlay: { color: ground, symbolColor: ink, height: titleBarHeight } }),
    autoHideMenuBar: true,
    webPreferences: webPreferences(preload, packaged),
  };
}

/** Makes the window, with nothing in it and not shown. */
export function makeMainWindow(look: WindowLook): BrowserWindow {
  const window = new BrowserWindow(windowOptions(look));
  // The page's own title would put the screen's name, with account names in it, into the task list.
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** Loads the page, also where it was loaded before. */
export function loadPage(window: BrowserWindow, start: PageStart): void {
  window.loadURL(`${appPage}${writePageStart(start)}`).catch(() => {
    // 'did-fail-load' tells it, with its reason, to whoever listens.
  });
}

/** After a change of theme: the parts of the frame that the page does not draw. */
export function paintFrame(window: BrowserWindow, dark: boolean): void {
  const { ground, ink } = dark ? frameColours.dark : frameColours.light;
  window.setBackgroundColor(ground);
  // macOS draws its own buttons, in its own colours.
  if (process.platform !== 'darwin') {
    window.setTitleBarOverlay({ color: ground, symbolColor: ink, height: titleBarHeight });
  }
}
