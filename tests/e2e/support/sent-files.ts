import type { ElectronApplication, Page } from 'playwright';

/** What the lock tells the first process of a second one. */
export async function startAgainWith(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ app: electronApp }, given) => {
    electronApp.emit('second-instance', {}, ['sallyport', given]);
  }, path);
}

export async function willSaveAs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, given) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: given });
  }, path);
}

/** A file dropped on the window, as the system's file manager would. */
export async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ({ content, fileName }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName, { type: 'application/json' }));
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    { content: text, fileName: name },
  );
}

/** One of the ways to ask the owner of the account, in the review. */
export async function menuItem(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Ask the owner another way' }).click();
  await page.getByRole('menuitem', { name }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}
