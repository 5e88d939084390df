import type { ElectronApplication } from 'playwright';

/** The person chooses this folder in the system's dialog, which no test can press. */
export async function willChoose(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${path}/request.json` });
  }, folder);
}

/** Apps under test share a display, and so its clipboard: what this one copies from now on is kept apart. */
export async function watchCopies(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ clipboard }) => {
    const copies: string[] = [];
    Object.assign(globalThis, { sallyportCopies: copies });
    clipboard.writeText = (text) => {
      copies.push(text);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => (globalThis as { sallyportCopies?: string[] }).sallyportCopies ?? []);
}
