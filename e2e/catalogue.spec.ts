import { appendFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { opened } from '../src/sources/catalogue/opened.ts';
import { refused } from '../src/sources/catalogue/refused.ts';
import { expect, test } from './studio.ts';

/** A selection of the catalogue in src/sources/catalogue, through the real studio. */
const chosen = ['empty.csv', 'nul.csv', 'half-utf16.csv', 'too-few-cells.csv', 'open-quote.csv', 'one-line.csv', 'cut.csv.gz', 'archive.zip', 'old.xls', 'cut.xlsx', 'cut.parquet', 'broken.jsonl'];
const odd = ['title-lines.csv', 'twice.csv', 'gb18030.csv', 'utf16le.csv', 'packed.csv.gz', 'lines.jsonl', 'sheet.xlsx', 'header-formula.csv'];

test('broken files, dropped at once: each is told by its own sentence, and the studio goes on', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const folder = join(dataFolder, 'files');
  mkdirSync(folder);
  const files = refused.filter(({ name }) => chosen.includes(name));
  expect(files).toHaveLength(chosen.length);
  const paths = files.map(({ name, content }) => {
    writeFileSync(join(folder, name), content());
    return join(folder, name);
  });
  await studio.drop(...paths);
  const alerts = page.getByTestId('alert');
  await expect(alerts).toHaveCount(files.length, { timeout: 30_000 });
  for (const [i, { says }] of files.entries()) await expect(alerts.nth(i)).toContainText(says);
  await studio.go('home');
  await page.getByTestId('sample-gs10').click();
  await expect(page.getByTestId('role-Rate')).toContainText(/target/i);
  await expect(alerts).toHaveCount(0);
});

test('odd files open', async ({ studio, dataFolder }) => {
  const { page } = studio;
  for (const { name, content, names } of opened.filter((file) => odd.includes(file.name))) {
    const path = join(dataFolder, name);
    writeFileSync(path, content());
    await studio.drop(path);
    await expect(page.getByTestId(`column-${names[0]!}`), name).toBeVisible();
    await expect(page.getByTestId(`column-${names.at(-1)!}`), name).toBeVisible();
  }
  await studio.go('home');
  await expect(page.getByTestId('recent-dataset')).toHaveCount(odd.length);
});

test('of a file of 5 GB some rows are opened, as the person chooses', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const path = join(dataFolder, 'huge.csv');
  writeFileSync(path, opened.find(({ name }) => name === 'constant.csv')!.content());
  truncateSync(path, 5 * 1024 ** 3);
  await studio.drop(path);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('"huge.csv" has 5120 MB');
  await dialog.getByText('The first rows', { exact: true }).click();
  await page.getByTestId('sample-n').fill('0');
  await expect(page.getByTestId('sample-open')).toBeDisabled();
  await page.getByTestId('sample-n').fill('20');
  await page.getByTestId('sample-open').click();
  await expect(page.getByTestId('role-Value')).toContainText(/target/i);
  await expect(page.getByTestId('fact-rows')).toContainText('20');
  await studio.go('home');
  await page.getByTestId('all-datasets').click();
  await expect(page.getByTestId('dataset-row')).toContainText('the first 20 rows');
});

test('reading a file of gigabytes tells how far it is, and is broken off', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const path = join(dataFolder, 'huge.csv');
  const rows = Buffer.from(`2024-01-01,${'1'.repeat(90)}\n`.repeat(100_000));
  writeFileSync(path, 'Date,Value\n');
  for (let size = 0; size < 1.5e9; size += rows.length) appendFileSync(path, rows);
  await studio.drop(path);
  await page.getByTestId('sample-n').fill('1000');
  await page.getByTestId('sample-open').click();
  await expect(page.getByTestId('read-share')).toContainText('%');
  await page.getByTestId('cancel-reading').click();
  await expect(page.getByTestId('opening')).toHaveCount(0);
  await expect(page.getByTestId('alert')).toHaveCount(0);
  await page.getByTestId('sample-gs10').click();
  await expect(page.getByTestId('role-Rate')).toContainText(/target/i);
});
