import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, root, test } from './studio.ts';

const folder = join(root, 'test-results/screenshots');

test('the gradient is watched while a network trains, named where it vanishes, and stored with the run', async ({ studio }) => {
  const { page } = studio;
  mkdirSync(folder, { recursive: true });
  await page.setViewportSize({ width: 1280, height: 1800 });
  await page.getByTestId('sample-airline').click();
  await page.getByTestId('setup-training').click();
  await studio.set('window.sequenceLength', 60);
  await studio.set('training.epochs', 40);
  await page.getByTestId('train-start').click();
  // Live: there before the run is over, and on the page of the run afterwards.
  const said = page.getByTestId('gradient-said');
  await expect(said).toHaveAttribute('data-health', /vanishing|healthy|exploding/);
  await expect(page.getByTestId('verdict')).toBeVisible({ timeout: 90_000 });
  await expect(said).toHaveAttribute('data-health', 'vanishing');
  await expect(said).toContainText(/LSTM or a GRU/);
  await page.screenshot({ path: join(folder, 'gradients-light-en.png') });
  await page.getByTestId('open-run').click();
  const records = Number(await page.getByTestId('gradient-heat').getAttribute('data-records'));
  expect(records).toBeGreaterThan(3);
  await page.evaluate(() => window.unroll.invoke('settings.set', { theme: 'dark', locale: 'zh-CN' }));
  await page.reload();
  // Read from the database: nothing of the run is in this page any more.
  await expect(page.getByTestId('gradient-heat')).toHaveAttribute('data-records', String(records));
  await page.getByTestId('gradient-panel').scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(folder, 'gradients-dark-zh-CN.png') });
});
