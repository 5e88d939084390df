import { app, BrowserWindow, type WebContents } from 'electron';
import { interactiveMark } from './mark';

/**
 * Interactive: the page has a heading and a button that is not disabled, and two frames were drawn after they appeared.
 * A window that is not shown yet draws no frames, so being shown is part of it.
 */
const untilInteractive = `new Promise((done) => {
  const look = () => {
    const there = document.querySelector('h1') && document.querySelector('button:not([disabled])');
    if (there) requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector('h1').textContent)));
    else setTimeout(look, 4);
  };
  look();
})`;

export function reportWhenInteractive(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.once('dom-ready', () => {
      contents.executeJavaScript(untilInteractive).then(
        (heading: unknown) => process.stdout.write(`${interactiveMark} ${String(heading)}\n`),
        (error: unknown) => process.stderr.write(`bench: ${String(error)}\n`),
      );
    });
  });
}

/** For what the app costs while nobody looks: the window goes once it stood. */
export function hideWhenInteractive(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.once('dom-ready', () => {
      void contents.executeJavaScript(untilInteractive).then(() => {
        BrowserWindow.fromWebContents(contents)?.hide();
      });
    });
  });
}
