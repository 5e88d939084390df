import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Each test has its own app, user data and home. They wait for much of their time: three keep two cores busy.
  fullyParallel: true,
  workers: 3,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['../../scripts/lib/playwright-counts.mjs']],
});
