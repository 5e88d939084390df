import type { Locator, Page } from 'playwright';

/** Where to start. */
export class FirstRunScreen {
  readonly heading: Locator;
  readonly practice: Locator;
  readonly connect: Locator;
  readonly request: Locator;

  constructor(page: Page) {
    this.heading = page.getByRole('heading', { name: 'Where do you want to start?' });
    this.practice = page.getByRole('button', { name: /^Practice in the sandbox/ });
    this.connect = page.getByRole('button', { name: /^Connect an AWS account/ });
    this.request = page.getByRole('button', { name: /^Open a connection request/ });
  }
}
