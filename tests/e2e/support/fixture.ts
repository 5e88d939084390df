import axe from 'axe-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test as base } from 'playwright/test';
import { launchApp, type AppProcess, type LaunchOptions } from './app-process';
import { startDisplay } from './display';

type Fixtures = {
  /** A home of this test's own, removed afterwards. */
  readonly home: string;
  /** Starts the app; called again it starts it again over the same home. Each is closed and looked at afterwards. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<AppProcess>;
  /** The app, started with everything it needs. */
  readonly sallyport: AppProcess;
  /** Its window. */
  readonly window: Page;
};

/** Every test starts the real app, and fails when anything happened that should not. */
export const test = base.extend<Fixtures, { readonly display: undefined }>({
  display: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      const display = await startDisplay();
      // of this worker's own process: what it starts inherits it
      if (display !== undefined) process.env['DISPLAY'] = display.name;
      await use(undefined);
      display?.stop();
    },
    { auto: true, scope: 'worker' },
  ],
  // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'sallyport-e2e-'));
    await use(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
  launch: async ({ home }, use) => {
    const started: AppProcess[] = [];
    await use(async (options = {}) => {
      const process_ = await launchApp({ home, ...options });
      started.push(process_);
      return process_;
    });
    for (const one of started) await one.close();
    expect(
      started.flatMap(({ problems }) => problems),
      'nothing happened that should not',
    ).toEqual([]);
  },
  sallyport: async ({ launch }, use) => {
    await use(await launch());
  },
  window: async ({ sallyport }, use) => {
    await use(sallyport.page);
  },
});

export { expect };

export const themes = ['light', 'dark'] as const;

/** Draws the page in each theme, as a system set to it would, and calls back. The theme of the app is "system". */
export async function inBothThemes(page: Page, look: (theme: (typeof themes)[number]) => Promise<void>): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await look(theme);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Fails when axe finds anything in what is on the screen now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Half a megabyte: once for each page that is loaded, and not for each look at it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // what is still fading in has less contrast than it will have; a spinner has no end
    const moves = document
      .getAnimations()
      .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moves.map(({ finished }) => finished));
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(
      // React Aria's announcer refers to elements by id and keeps the reference for a moment after they are gone.
      { exclude: '[data-live-announcer]' },
      { resultTypes: ['violations'] },
    );
    // It takes the description inside of an option for a part of its label.
    const isDescribed = (target: unknown) => document.querySelector(String(target))?.hasAttribute('aria-describedby');
    return found.violations
      .map(({ help, id, nodes }) => ({
        ...{ help, id },
        nodes: nodes.filter(({ target }) => id !== 'label-content-name-mismatch' || isDescribed(target[0]) !== true),
      }))
      .filter(({ nodes }) => nodes.length > 0);
  });
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(' | ')})`,
  );
  expect(found, 'what axe finds').toEqual([]);
}

const takesPictures = process.env['SALLYPORT_PICTURES'] !== undefined;

/**
 * A picture in `test-results/screens`, for people to look at: only where `SALLYPORT_PICTURES` is set, for no test looks at one
 * and all of them take as long as a dozen tests.
 */
export async function takePicture(
  page: Page,
  name: string,
  options: { readonly fullPage?: boolean } = {},
): Promise<void> {
  if (!takesPictures) return;
  await page.screenshot({ ...options, path: join('test-results', 'screens', `${name}.png`) });
}

/** The same in each theme. */
export async function takePictures(page: Page, name: string): Promise<void> {
  if (takesPictures) await inBothThemes(page, (theme) => takePicture(page, `${name}-${theme}`));
}
