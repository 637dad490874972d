import { appendFileSync, copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launchStudio, sampleFile, test } from './studio.ts';

test('saved datasets: source, hash, rows and runs; rename and remove, both undone', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const path = join(dataFolder, 'sales.csv');
  copyFileSync(sampleFile('airline-passengers.csv'), path);
  await studio.drop(path);
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 3);
  await studio.train();
  await studio.go('home');
  await page.getByTestId('all-datasets').click();
  const row = page.getByTestId('dataset-row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(path);
  await expect(row).toContainText('144');
  await expect(row).toHaveAttribute('data-state', 'same');
  await expect(page.getByTestId('dataset-runs').getByRole('link')).toHaveCount(1);
  const hash = page.getByTestId('dataset-hash');
  await hash.click();
  const copied = await studio.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^[0-9a-f]{64}$/);
  expect(copied.startsWith(await hash.innerText())).toBe(true);

  await page.getByTestId('dataset-rename').click();
  await page.getByTestId('dataset-rename-input').fill('Passengers by month');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('dataset-open')).toHaveText('Passengers by month');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('dataset-open')).toHaveText('sales.csv');
  await page.getByTestId('dataset-remove').click();
  await expect(page.getByTestId('empty')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(row).toHaveCount(1);
});

test('a source that changed is said, and read again it is a dataset of its own; one that is gone is said too', async ({ dataFolder }) => {
  const path = join(dataFolder, 'sales.csv');
  copyFileSync(sampleFile('airline-passengers.csv'), path);
  const studio = await launchStudio(dataFolder, [path]);
  await expect(studio.page.getByTestId('role-Passengers')).toContainText(/target/i);
  await studio.quit();
  appendFileSync(path, '\n1961-01,450\n');

  const again = await launchStudio(dataFolder);
  const { page } = again;
  await page.getByTestId('all-datasets').click();
  await expect(page.getByTestId('dataset-state')).toContainText('The file has changed since it was read.');
  await page.getByTestId('dataset-read-again').click();
  await expect(page.getByTestId('role-Passengers')).toContainText(/target/i);
  await expect(page.getByTestId('fact-rows')).toHaveText('145');
  await again.go('home');
  await page.getByTestId('all-datasets').click();
  await expect(page.getByTestId('dataset-row')).toHaveCount(2);
  rmSync(path);
  await page.getByTestId('datasets-check').click();
  await expect(page.getByTestId('dataset-state').first()).toContainText('The file was moved or deleted.');
  // The copy is the dataset: it still opens.
  await page.getByTestId('dataset-open').last().click();
  await expect(page.getByText('1949-01').first()).toBeVisible();
  await again.quit();
});
