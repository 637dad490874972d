import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, root, test } from './studio.ts';

const folder = join(root, 'test-results/screenshots');

test('insight of a run: worth, memory, states along the series, a forecast, in both languages', async ({ studio }) => {
  const { page } = studio;
  mkdirSync(folder, { recursive: true });
  await page.setViewportSize({ width: 1280, height: 2400 });
  await page.getByTestId('sample-airline').click();
  await page.getByTestId('setup-training').click();
  await studio.set('window.sequenceLength', 24);
  await studio.set('training.epochs', 60);
  await page.getByTestId('field-model.cell').click();
  await page.getByRole('option', { name: /LSTM/ }).click();
  await studio.train();
  await studio.go('home');
  await page.getByTestId('recent-run').first().click();
  await page.getByTestId('run-insight').click();
  // The airline's season of a year is found, and the table tells every naive forecast.
  await expect(page.getByTestId('worth-said')).toContainText(/RMSE/);
  await expect(page.getByTestId('worth-season')).toHaveValue('12');
  await expect(page.getByTestId('worth-table').locator('tbody tr')).toHaveCount(5);
  await expect(page.getByTestId('chart-memory')).toHaveAttribute('data-points', '24');
  await expect(page.getByTestId('memory-half-lives')).toContainText(/steps \([\d.]+ (months|days|years)\)/);
  await page.getByTestId('memory-view').click();
  await page.getByRole('option', { name: 'as it learnt' }).click();
  await expect(page.getByTestId('memory-half-lives').locator('li')).toHaveCount(5);
  await expect(page.getByTestId('memory-half-lives')).toContainText('epoch 60');
  await expect(page.getByTestId('chart-forecast')).toHaveAttribute('data-ready', 'true');
  const said = await page.getByTestId('states-said').innerText();
  await page.screenshot({ path: join(folder, 'insight-light-en.png') });
  // Scrubbed to the start of the series, another window is shown.
  await page.getByTestId('states-start').fill('0');
  await expect(page.getByTestId('states-heat')).toHaveAttribute('data-start', '0');
  await expect(page.getByTestId('states-said')).not.toHaveText(said);
  await page.getByTestId('states-quantity').click();
  const painted = () => page.getByTestId('states-heat').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const hidden = await painted();
  await page.getByRole('option', { name: /forget gate/ }).click();
  // The gates are fetched when somebody looks at them.
  await expect.poll(painted).not.toBe(hidden);
  await page.getByTestId('forecast-steps').fill('36');
  await page.getByTestId('forecast-steps').press('Enter');
  await expect(page.getByTestId('forecast-said')).toContainText('36');
  await page.getByTestId('worth-season').fill('6');
  await page.getByTestId('worth-season').press('Enter');
  await expect(page.getByTestId('worth-table')).toContainText('(6)');
  await page.evaluate(() => window.unroll.invoke('settings.set', { theme: 'dark', locale: 'zh-CN' }));
  await page.reload();
  await expect(page.getByTestId('chart-forecast')).toHaveAttribute('data-ready', 'true');
  await page.screenshot({ path: join(folder, 'insight-dark-zh-CN.png') });
});
