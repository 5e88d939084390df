import { expect } from 'playwright/test';
import type { Locator, Page } from 'playwright';
import { connectInPractice, heading, place } from './places';

/** The dialog that asks how to revoke, and the page that a revocation has afterwards. */
export class RevocationScreen {
  readonly page: Page;
  readonly dialog: Locator;
  readonly steps: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('alertdialog', { name: /^Revoke access/ });
    this.steps = page.getByRole('list', { name: 'Steps of this revocation' });
  }

  /** A first run in practice up to its finished connection, and no further. */
  async connect(): Promise<void> {
    await connectInPractice(this.page);
    await this.page.getByRole('button', { name: 'Done' }).click();
  }

  /** From any place to the open dialog of a connection whose role was read. */
  async open(connection: string): Promise<void> {
    await place(this.page, 'Connections').click();
    await this.page.getByRole('row', { name: new RegExp(connection) }).click();
    await heading(this.page, connection).waitFor();
    await this.page.getByRole('button', { name: 'Revoke…' }).click();
    await expect(this.dialog.getByText(/at the latest/)).toBeVisible();
  }

  /** One of the ways by its name, also of those that are folded. */
  async choose(way: string): Promise<void> {
    const row = this.dialog.getByRole('radio', { name: new RegExp(`^${way}`) });
    if ((await row.count()) === 0) await this.dialog.getByRole('button', { name: 'More ways' }).click();
    await this.dialog.getByText(way, { exact: true }).first().click();
    await expect(row).toBeChecked();
  }

  async doneBy(label: string | RegExp): Promise<void> {
    await this.dialog.getByRole('button', { name: /Done by/ }).click();
    await this.page.getByRole('option', { name: label }).click();
    await this.page.getByRole('listbox').waitFor({ state: 'detached' });
  }

  button(name: string): Locator {
    return this.dialog.getByRole('button', { name, exact: true });
  }

  /** A measure in the strip, by its name, with how it stands. */
  step(name: string): Locator {
    return this.steps.getByRole('listitem').filter({ hasText: name });
  }
}
