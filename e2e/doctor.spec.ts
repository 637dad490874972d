import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './studio.ts';

/** Days with about everything that can be wrong: a line of totals, rows that changed places, a time twice, days that miss, empty cells, a word, a spike. */
function messy(): string {
  const lines: string[] = [];
  for (let i = 0; i < 300; i++) {
    if (i >= 200 && i < 203) continue;
    const date = new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10);
    const value = i === 20 || i === 21 ? '' : i === 50 ? 'n/a' : i === 130 ? '900' : (10 + 5 * Math.sin(i / 7) + ((i * 7919) % 97) / 97).toFixed(2);
    lines.push(`${date},${value},5`);
    if (i === 77) lines.push(`${date},${value},5`);
  }
  [lines[250], lines[251]] = [lines[251]!, lines[250]!];
  return `date,load,load\n${lines.join('\n')}\nTotal,,\n`;
}

test('a messy file: findings, remedies by one click, one taken back, trained, and the recipe is with the dataset and the run', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const file = join(dataFolder, 'messy.csv');
  writeFileSync(file, messy());
  await studio.drop(file);
  const steps = page.getByTestId('recipe-step');
  const remedy = async (code: string, id: string, column = '') => {
    await page.locator(`[data-testid="finding-${code}"]${column === '' ? '' : `[data-column="${column}"]`}`).getByTestId(`remedy-${id}`).click();
  };

  await expect(page.getByTestId('finding-repeatedNames')).toContainText('load → load_2');
  await expect(page.getByTestId('finding-unreadTimes')).toContainText('1 time cannot be read');
  await expect(page.getByTestId('finding-words')).toContainText('line 52');
  // A place leads to its row in the table.
  await page.getByTestId('finding-words').getByRole('button', { name: 'Show line 52 in the table' }).click();
  await expect(page.getByTestId('row-picked')).toContainText('n/a');

  await remedy('unreadTimes', 'dropUnread');
  await expect(page.getByTestId('finding-unsortedTime')).toBeVisible();
  await remedy('unsortedTime', 'sort');
  await remedy('duplicatedTimes', 'first');
  await expect(page.getByTestId('finding-gaps')).toContainText('3 rows are missing');
  await remedy('gaps', 'regularise-interpolate');
  await expect(steps).toHaveCount(4);
  await remedy('words', 'words', 'load');
  await remedy('missing', 'drop', 'load');
  await expect(steps).toHaveCount(6);
  await expect(steps.nth(5)).toContainText('300 → 297 rows');

  // Dropped rows are a gap again: taken back, and interpolated instead.
  await expect(page.getByTestId('finding-gaps')).toBeVisible();
  await page.getByTestId('recipe-undo').click();
  await expect(steps).toHaveCount(5);
  await remedy('missing', 'interpolate', 'load');
  await expect(steps.nth(5)).toContainText('3 cells');
  await remedy('outliers', 'blank-interpolate', 'load');
  await remedy('constant', 'dropColumn', 'load_2');
  await expect(page.getByTestId('finding-constant')).toHaveCount(0);
  await expect(page.getByTestId('finding-repeatedNames')).toBeVisible();
  await expect(page.getByTestId('role-load')).toContainText(/target/i);
  await expect(page.getByTestId('role-date')).toContainText(/time/i);
  await page.getByTestId('compare-recipe').click();
  await expect(page.getByTestId('before-after')).toBeVisible();

  // A step in the middle is taken back by its own button, and brought again.
  const count = await steps.count();
  await page.getByTestId('recipe-remove').nth(3).click();
  await expect(steps).toHaveCount(count - 1);
  await expect(page.getByTestId('finding-gaps')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(steps).toHaveCount(count);

  await studio.go('train');
  await studio.set('training.epochs', 3);
  await studio.train();
  await studio.go('home');
  await page.getByTestId('all-datasets').click();
  await expect(page.getByTestId('dataset-recipe')).toContainText(`${count} steps`);
});

test('dates with day and month in doubt are shown both ways, and one click decides', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const file = join(dataFolder, 'days.csv');
  writeFileSync(file, `when,value\n${Array.from({ length: 12 }, (_, i) => `0${1 + (i % 9)}/0${1 + Math.floor(i / 9)}/2024,${(i * 7) % 5}`).join('\n')}\n`);
  await studio.drop(file);
  const finding = page.getByTestId('finding-ambiguousDates');
  await expect(finding).toContainText('Day first: 2024-01-01 to 2024-02-03. Month first: 2024-01-01 to 2024-03-02.');
  await finding.getByTestId('remedy-dayFirst').click();
  await expect(page.getByTestId('role-when')).toContainText(/time/i);
  await expect(page.getByTestId('row-table')).toContainText('2024-02-03');
});

test('a transform is seen before it is added, and too long a sequence is shortened by one click', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-airline').click();
  await expect(page.getByTestId('finding-levelShift')).toContainText('Passengers');
  await page.getByTestId('transform').click();
  const dialog = page.getByTestId('transform-dialog');
  await dialog.getByTestId('transform-kind').click();
  await page.getByRole('option', { name: 'Logarithm' }).click();
  await expect(dialog.getByTestId('before-after').locator('[data-ready="true"]')).toHaveCount(2);
  await page.getByTestId('transform-add').click();
  await expect(page.getByTestId('recipe-step')).toContainText('log of Passengers');
  await page.getByTestId('transform').click();
  await dialog.getByTestId('transform-lag').fill('12');
  await expect(dialog.getByTestId('transform-change')).toContainText('144 → 132 rows');
  await page.getByTestId('transform-add').click();
  await expect(page.getByTestId('recipe-step')).toHaveCount(2);
  await expect(page.getByTestId('fact-rows')).toContainText('132');
  await studio.go('train');
  await studio.set('window.sequenceLength', 80);
  await studio.go('data');
  await page.getByTestId('finding-tooFewRows').getByTestId('remedy-shorter').click();
  await expect(page.getByTestId('finding-tooFewRows')).toHaveCount(0);
});
