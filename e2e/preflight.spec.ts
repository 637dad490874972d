import { expect, sampleFile, test } from './studio.ts';

const series = sampleFile('us-treasury-10y-monthly.csv');

test('time and memory are told beforehand, what will not fit asks first, and the strip shows the memory in use', async ({ studio }) => {
  const { page } = studio;
  await studio.drop(series);
  await studio.go('train');
  await expect(page.getByTestId('estimate')).toContainText('free memory');
  await page.getByTestId('estimate-measure').click();
  await expect(page.getByTestId('estimate-time')).toContainText('ms a step');

  // More than any desk has: 60,000 windows of 300 steps at once are left to the batch alone where there are fewer, so the model is large too.
  await studio.set('model.hiddenSize', 2048);
  await studio.set('window.sequenceLength', 300);
  await page.getByTestId('field-training.epochs').fill('100000');
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('obstacles')).toContainText('It would take about', { timeout: 60_000 });
  await page.screenshot({ path: test.info().outputPath('obstacles.png') });
  await page.getByTestId('obstacles-change').click();
  await expect(page.getByTestId('train-start')).toBeEnabled();
  await page.getByTestId('train-reset').click();
  await expect(page.getByTestId('estimate-time')).toBeVisible();

  await page.getByTestId('field-training.epochs').fill('100000');
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('strip-memory')).toContainText(/MB of .* GB/, { timeout: 30_000 });
  await page.screenshot({ path: test.info().outputPath('strip.png') });
  await page.getByTestId('strip-stop').click();
  await expect(page.getByTestId('strip-stop')).toHaveCount(0);
});
