import { app, type WebContents } from 'electron';
import { framesMark } from './mark';

/**
 * Tests every connection of the list by its own button and gives the time between frames meanwhile, in milliseconds,
 * the longest first; before it the same for two seconds in which nothing happens.
 */
const watchRound = `(async () => {
  const until = async (find) => {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  const button = (words) => [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith(words));
  const watch = () => {
    const gaps = [];
    let last = performance.now();
    let isOver = false;
    const look = (now) => {
      gaps.push(now - last);
      last = now;
      if (!isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return () => {
      isOver = true;
      return gaps.slice(1).sort((a, b) => b - a);
    };
  };
  // a button of the page answers what a person's press sends: pointer and keys, of which keys need no place
  const press = (one) => {
    one.focus();
    for (const type of ['keydown', 'keyup']) {
      one.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
    }
  };
  press(await until(() => button('Connections')));
  await until(() => button('Test all'));
  await new Promise((done) => setTimeout(done, 2000));
  const idle = watch();
  await new Promise((done) => setTimeout(done, 2000));
  const before = idle();
  const stop = watch();
  const begun = performance.now();
  press(button('Test all'));
  await until(() => button('Dismiss'));
  return { idle: before, round: stop(), tookMs: performance.now() - begun };
})()`;

export type Frames = { readonly idle: readonly number[]; readonly round: readonly number[]; readonly tookMs: number };

/** Said on standard output once the round is over. */
export function reportFrames(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.once('dom-ready', () => {
      contents.executeJavaScript(watchRound).then(
        (frames: unknown) => process.stdout.write(`${framesMark} ${JSON.stringify(frames)}\n`),
        (error: unknown) => process.stderr.write(`bench: ${String(error)}\n`),
      );
    });
  });
}
