import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, root, sampleFile, test, type Studio } from './studio.ts';

/** A run on GS10, its page open; the id of it. */
async function trained(studio: Studio): Promise<string> {
  const { page } = studio;
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 5);
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'done', { timeout: 90_000 });
  await studio.go('home');
  await page.getByTestId('recent-run').first().click();
  await expect(page.getByTestId('run-page')).toBeVisible();
  return new URL(page.url()).hash.split('/').at(-1)!;
}

/** Rows of GS10 from one on, as a file of its own; `mend` changes its lines. */
function newer(folder: string, name: string, from: number, mend: (lines: string[]) => string[] = (lines) => lines): string {
  const [header, ...rows] = readFileSync(sampleFile('us-treasury-10y-monthly.csv'), 'utf8').trim().split(/\r?\n/);
  writeFileSync(join(folder, name), `${mend([header!, ...rows.slice(from)]).join('\n')}\n`);
  return join(folder, name);
}

/** Drops a file on an element, as a file manager does. */
async function dropOn(studio: Studio, testId: string, file: string): Promise<void> {
  await studio.page.getByTestId(testId).scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await studio.page.getByTestId(testId).boundingBox())!;
  const cdp = await studio.page.context().newCDPSession(studio.page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data });
  await cdp.detach();
}

test('a newer file is dropped on a run: its forecasts are shown and saved as the command line makes them', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const id = await trained(studio);
  const file = newer(dataFolder, 'newer.csv', 700);
  await dropOn(studio, 'new-file-drop', file);
  await expect(page.getByTestId('new-file-page')).toBeVisible();
  await expect(page.getByTestId('new-file-fitted')).toContainText('Nothing is fitted');
  await expect(page.getByTestId('chart-new-file')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await expect(page.getByTestId('new-file-verdict')).toContainText('repeating the last value');
  await page.getByTestId('new-file-steps').fill('5');
  await page.getByTestId('new-file-go').click();
  await page.getByTestId('new-file-table').evaluate((table) => { table.scrollTop = table.scrollHeight; });
  await expect(page.getByTestId('new-file-beyond')).toHaveCount(5);
  const shown = await page.getByTestId('new-file-model-rmse').getAttribute('data-value');

  const out = join(dataFolder, 'window.csv');
  await studio.app.evaluate(({ dialog }, path) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path }); }, out);
  await page.getByTestId('new-file-save').click();
  await expect(page.getByTestId('new-file-saved')).toContainText('window.csv', { timeout: 30_000 });
  // The file is nobody's data now.
  await studio.go('home');
  const cli = (...args: string[]) => spawnSync(process.execPath, [join(root, 'src/cli/unroll.ts'), 'predict', id, file, '--steps', '5', '--db', join(dataFolder, 'unroll.db'), ...args], { encoding: 'utf8' });
  const told = cli('--out', join(dataFolder, 'cli.csv'));
  expect(told.status, told.stderr).toBe(0);
  expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(dataFolder, 'cli.csv'), 'utf8'));
  const json = JSON.parse(cli('--json').stdout) as { targets: { errors: { rmse: number } }[]; facts: { problem: unknown } };
  expect(json.targets[0]!.errors.rmse).toBeCloseTo(Number(shown), 12);
});

test('what a new file lacks is said plainly, and a column that is called otherwise is pointed out', async ({ studio, dataFolder }) => {
  const { page } = studio;
  await trained(studio);
  const alert = page.getByTestId('new-file-page').getByTestId('alert');
  await page.getByTestId('run-new-file').click();
  for (const [name, mend, code] of [
    ['words.csv', (lines: string[]) => lines.map((line, i) => (i === 4 ? line.replace(/,.*/, ',abc') : line)), 'data.word'],
    ['short.csv', (lines: string[]) => lines.slice(0, 4), 'data.too-few-rows'],
    ['header.csv', (lines: string[]) => lines.slice(0, 1), 'data.header-only'],
    ['empty.csv', () => [''], 'data.empty'],
  ] as const) {
    await dropOn(studio, 'new-file-drop', newer(dataFolder, name, 700, mend as (lines: string[]) => string[]));
    await expect(alert).toHaveAttribute('data-code', code);
    await expect(page.getByTestId('new-file-result')).toBeHidden();
  }
  await dropOn(studio, 'new-file-drop', newer(dataFolder, 'renamed.csv', 700, ([, ...rows]) => ['DATE,Rate of ten years', ...rows]));
  await expect(alert).toHaveAttribute('data-code', 'predict.missing-columns');
  await page.getByTestId('new-file-map').click();
  await expect(page.getByTestId('new-file-verdict')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('new-file-facts')).toContainText('Rate of ten years is read as');
  expect(await page.evaluate(() => (window.unroll.invoke as (channel: string, request: unknown) => Promise<unknown>)('newFile.dropped', { id: 'x', path: '/etc/passwd' }).then(() => 'through', () => 'refused'))).toBe('refused');
});
