import type { ElectronApplication } from 'playwright';

/** The person chooses this folder in the system's dialog, which no test can press. */
export async function willChoose(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${path}/request.json` });
  }, folder);
}

/** The person saves under the name that is proposed, in this folder. Gives the paths so far, in their order. */
export async function willSave(app: ElectronApplication, folder: string): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ dialog }, path) => {
    const saved: string[] = [];
    Object.assign(globalThis, { sallyportSaved: saved });
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath = '' } = given.at(-1) as { defaultPath?: string };
      const filePath = `${path}/${defaultPath.split(/[\\/]/).at(-1) ?? ''}`;
      saved.push(filePath);
      return Promise.resolve({ canceled: false, filePath });
    };
  }, folder);
  return () => app.evaluate(() => (globalThis as { sallyportSaved?: string[] }).sallyportSaved ?? []);
}

/** What the system's browser is asked to open from now on; nothing is. */
export async function watchBrowser(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { sallyportOpened: opened });
    shell.openExternal = (address) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => (globalThis as { sallyportOpened?: string[] }).sallyportOpened ?? []);
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
