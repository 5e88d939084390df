import type { Locator, Page } from 'playwright';

/** The wizard, whichever step it stands at. */
export class WizardScreen {
  readonly page: Page;
  readonly continue: Locator;
  readonly back: Locator;
  readonly leave: Locator;
  readonly finish: Locator;

  constructor(page: Page) {
    this.page = page;
    this.continue = page.getByRole('button', { name: 'Continue', exact: true });
    this.back = page.getByRole('button', { name: 'Back', exact: true });
    this.leave = page.getByRole('button', { name: 'Leave the wizard' });
    this.finish = page.getByRole('button', { name: 'Finish', exact: true });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  recipe(name: string): Locator {
    return this.page.getByRole('option', { name: new RegExp(`^${name}`) });
  }

  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  /** A row of the check list, by its words. */
  check(words: string | RegExp): Locator {
    return this.page.getByRole('listitem').filter({ hasText: words });
  }

  /** From the recipe to the options, with the recipe and account that are suggested, or with another recipe. */
  async goToOptions(recipe?: string): Promise<void> {
    await this.heading('What should they be able to do?').waitFor();
    if (recipe !== undefined) await this.recipe(recipe).click();
    await this.continue.click();
    await this.heading('Which account do they enter?').waitFor();
    await this.continue.click();
    await this.heading('How should the role be?').waitFor();
  }

  /** From the recipe to the review, with what is suggested. */
  async goToReview(): Promise<void> {
    await this.goToOptions();
    await this.continue.click();
    await this.heading('Review what will be created').waitFor();
  }

  /** From the review to a role that exists. */
  async createAutomatically(): Promise<void> {
    await this.page.getByRole('button', { name: 'Accept and create' }).click();
    await this.heading('Create the role').waitFor();
    await this.page.getByRole('button', { name: 'Create the role', exact: true }).click();
    await this.page.getByRole('button', { name: 'Test the connection' }).waitFor();
  }

  /** From the review to the field for a role that somebody made by hand. */
  async createInConsole(): Promise<void> {
    await this.page.getByText('In the console', { exact: true }).click();
    await this.page.getByRole('button', { name: 'Accept, show the clicks' }).click();
    await this.page.getByRole('button', { name: 'I made it, test it' }).click();
  }

  /** From a role that exists to the end of its test. */
  async test(): Promise<void> {
    await this.page.getByRole('button', { name: 'Test the connection' }).click();
    await this.heading('Paste the role and test').waitFor();
    await this.page.getByRole('button', { name: 'Test connection', exact: true }).click();
  }
}
