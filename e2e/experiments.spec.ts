import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, root, test } from './studio.ts';

const folder = join(root, 'test-results/screenshots');

test('a backtest from several origins and the error against the sequence length, on the spot', async ({ studio }) => {
  const { page } = studio;
  mkdirSync(folder, { recursive: true });
  await page.setViewportSize({ width: 1280, height: 3600 });
  await page.getByTestId('sample-airline').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 20);
  await studio.train();
  await page.getByTestId('open-run').click();
  await page.getByTestId('run-insight').click();
  await page.getByTestId('backtest-folds').fill('4');
  await page.getByTestId('backtest-start').click();
  await expect(page.getByTestId('backtest-said')).toContainText('Over 4 folds');
  await expect(page.getByTestId('backtest-table').locator('tbody tr')).toHaveCount(4);
  await page.getByTestId('backtest-folds').fill('1');
  await expect(page.getByTestId('backtest-start')).toBeDisabled();
  await page.getByTestId('sweep-lengths').fill('3, 12, 24');
  await page.getByTestId('sweep-epochs').fill('15');
  await page.getByTestId('sweep-start').click();
  await expect(page.getByTestId('sweep-said')).toContainText(/sequence|length/);
  await expect(page.getByTestId('chart-sweep')).toHaveAttribute('data-points', '3');
  await page.screenshot({ path: join(folder, 'experiments-light-en.png') });
  // A long one is stopped, and what was found before stays.
  await page.getByTestId('sweep-epochs').fill('100000');
  await page.getByTestId('sweep-start').click();
  await expect(page.getByTestId('sweep-progress')).toBeVisible();
  await page.getByTestId('sweep-cancel').click();
  await expect(page.getByTestId('sweep-start')).toBeEnabled();
  await expect(page.getByTestId('chart-sweep')).toHaveAttribute('data-points', '3');
});
