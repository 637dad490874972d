import { defineConfig } from '@playwright/test';

// Run by npm test (scripts/test/steps.mjs), which builds the studio, gives it a virtual screen and reads the JSON report.
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // One studio at a time: two cores train one model well, and timings are part of what is tested.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
