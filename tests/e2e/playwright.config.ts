import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Each test has its own app, user data and home; two at once is what two cores bear.
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['../../scripts/lib/playwright-counts.mjs']],
});
