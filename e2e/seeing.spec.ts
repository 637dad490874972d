import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, sampleFile, test, type Studio } from './studio.ts';

const tabs = { Series: 'chart-series', Histogram: 'chart-histogram', Autocorrelation: 'chart-partial', Seasonality: 'chart-spectrum' } as const;

async function everyTab({ page }: Studio): Promise<void> {
  for (const [tab, chart] of Object.entries(tabs)) {
    await page.getByRole('tab', { name: tab }).click();
    // A column that does not vary has an empty chart, so one that is drawn is enough.
    await expect(page.locator(`[data-testid="${chart}"][data-ready="true"]`)).not.toHaveCount(0);
  }
  await page.getByRole('tab', { name: 'Summary' }).click();
  await expect(page.getByTestId('tab-summary').getByRole('row')).not.toHaveCount(1);
  await page.getByRole('tab', { name: 'Series' }).click();
}

test('every sample is seen from every side, and its season is named in its own time', async ({ studio }) => {
  const { page } = studio;
  for (const [sample, season] of [['gs10', 'Rate has no season'], ['airline', '12 months (a year)'], ['melbourne', '365 days (a year)']] as const) {
    await studio.go('home');
    await page.getByTestId(`sample-${sample}`).click();
    await everyTab(studio);
    await page.getByRole('tab', { name: 'Seasonality' }).click();
    await expect(page.getByTestId('seasons')).toContainText(season);
  }
});

test('a suggested sequence length is taken over by one click', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-airline').click();
  await page.getByRole('tab', { name: 'Autocorrelation' }).click();
  await expect(page.getByTestId('length-suggestion')).toContainText('One season of 12 months (a year)');
  await page.getByTestId('use-length').click();
  await expect(page.getByTestId('use-length')).toBeDisabled();
  await page.getByTestId('setup-training').click();
  await expect(page.getByTestId('field-window.sequenceLength')).toHaveValue('12');
});

test('several columns without a time, one of them text, one without a value that differs', async ({ studio, dataFolder }) => {
  const file = join(dataFolder, 'several.csv');
  writeFileSync(file, `load,price,constant,word\n${Array.from({ length: 400 }, (_, i) => `${(Math.sin(i / 4) * 10 + (i % 7)).toFixed(3)},${(1000 + i * 0.5).toFixed(1)},5,w${i % 3}`).join('\n')}\n`);
  const { page } = studio;
  await studio.drop(file);
  await expect(page.getByTestId('role-price')).toBeVisible();
  await page.getByTestId('centre-columns').click();
  // The target is chosen already; the others join it.
  await page.getByRole('option', { name: 'load' }).click();
  await page.getByRole('option', { name: 'constant' }).click();
  await page.keyboard.press('Escape');
  await everyTab(studio);
  await page.getByRole('tab', { name: 'Autocorrelation' }).click();
  await expect(page.getByText('A column that does not vary').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Summary' }).click();
  await expect(page.getByTestId('summary-word')).toContainText('w0');
  await expect(page.getByTestId('summary-constant')).toContainText('5');
});

test('the chart shows the row in the table and the table the place in the chart', async ({ studio }) => {
  const { page } = studio;
  await studio.drop(sampleFile('daily-min-temperatures-melbourne.csv'));
  const chart = page.getByTestId('chart-series');
  await expect(chart).toHaveAttribute('data-ready', 'true');
  const box = (await chart.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.75, box.y + box.height * 0.45);
  await expect(page.getByTestId('row-picked')).toBeVisible();
  const line = async () => Number((await page.getByTestId('row-picked').locator('td').first().innerText()).replaceAll(',', ''));
  const far = await line();
  expect(far).toBeGreaterThan(1800);
  await page.getByTestId('row-table').focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(line).toBe(far + 1);
});
