import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Studio } from './studio.ts';

/** A run on a sample, its page open. */
async function trained(studio: Studio, settings: Record<string, number> = {}): Promise<void> {
  const { page } = studio;
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  for (const [path, value] of Object.entries(settings)) await studio.set(path, value);
  await studio.set('training.epochs', 3);
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'done', { timeout: 90_000 });
  await studio.go('home');
  await page.getByTestId('recent-run').first().click();
  await expect(page.getByTestId('run-page')).toBeVisible();
}
/** The next dialog that asks for a folder is answered with this one. */
const answerWith = (studio: Studio, folder: string) => studio.app.evaluate(({ dialog }, path) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] }); }, folder);
const chosen = (page: Page) => page.getByTestId('export-folder');
const exported = (page: Page) => page.getByTestId('export-done');

test('a trained network leaves with its proof, from the run page and by keyboard from the list, and replaces nothing unasked', async ({ studio, dataFolder }) => {
  const { page } = studio;
  await trained(studio);
  await page.getByTestId('run-export').click();
  await answerWith(studio, dataFolder);
  await page.getByTestId('export-choose').click();
  await expect(chosen(page)).toHaveText(dataFolder);

  await page.getByTestId('export-go').click();
  await expect(exported(page)).toBeVisible({ timeout: 60_000 });
  const proofs = page.getByTestId('export-proof');
  await expect(proofs).toHaveText([/ONNX Runtime .*on 64 windows/, /raw: .*on 64 windows/]);
  const path = (await exported(page).getAttribute('data-path'))!;
  expect(path.startsWith(dataFolder)).toBe(true);
  expect(readdirSync(path)).toEqual(expect.arrayContaining(['README.md', 'manifest.json', 'model.onnx', 'model-raw.onnx', 'snippet.py']));
  await expect(page.getByTestId('export-snippet')).toContainText('import onnxruntime');
  await page.getByRole('button', { name: 'C#' }).click();
  await expect(page.getByTestId('export-snippet')).toContainText('using Microsoft.ML.OnnxRuntime');
  await page.getByTestId('export-copy').click();
  await expect(page.getByTestId('export-copy')).toHaveText('Copied');
  expect(await studio.app.evaluate(({ clipboard }) => clipboard.readText())).toContain('Microsoft.ML.OnnxRuntime');
  const shown = studio.app.evaluate(({ shell }) => new Promise<string>((resolve) => { shell.showItemInFolder = resolve; }));
  await page.getByTestId('export-show').click();
  expect(await shown).toBe(path);

  // The same once more: asked first, then replaced as a whole.
  writeFileSync(join(path, 'mine.txt'), 'mine');
  await page.getByTestId('export-go').click();
  await expect(page.getByTestId('export-exists')).toContainText(path);
  expect(existsSync(join(path, 'mine.txt'))).toBe(true);
  await page.getByRole('button', { name: 'Replace it' }).click();
  await expect(exported(page)).toBeVisible({ timeout: 60_000 });
  expect(existsSync(join(path, 'mine.txt'))).toBe(false);
  await page.getByTestId('export-close').click();

  await studio.go('runs');
  await page.getByTestId(/^run-row-/).first().getByRole('checkbox').click();
  await page.keyboard.press('Control+e');
  await expect(page.getByTestId('export-dialog')).toBeVisible();
  await page.getByTestId('export-format-onnx').getByRole('radio').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('export-format-tfjs').getByRole('radio')).toBeChecked();
  await page.getByTestId('export-go').press('Enter');
  await expect(proofs).toHaveText([/TensorFlow\.js 4.*on 64 windows/], { timeout: 60_000 });
});

test('a run leaves as a report and as tables; a folder that cannot be written ends in one sentence', async ({ studio, dataFolder }) => {
  const { page } = studio;
  await trained(studio);
  await page.keyboard.press('Control+e');
  await answerWith(studio, dataFolder);
  await page.getByTestId('export-choose').click();
  for (const [format, file] of [['report', 'report.html'], ['predictions', 'forecast.csv'], ['pytorch', 'predict.py'], ['keras', 'model.py']] as const) {
    await page.getByTestId(`export-format-${format}`).click();
    await page.getByTestId('export-go').click();
    await expect(exported(page)).toHaveAttribute('data-path', new RegExp(`-${format}$`), { timeout: 60_000 });
    expect(statSync(join((await exported(page).getAttribute('data-path'))!, file)).size).toBeGreaterThan(100);
  }
  const report = readdirSync(dataFolder).find((name) => name.endsWith('-report'))!;
  expect(readFileSync(join(dataFolder, report, 'report.html'), 'utf8')).toContain('Report of a training run');

  const before = readdirSync(dataFolder);
  await answerWith(studio, '/proc');
  await page.getByTestId('export-choose').click();
  await page.getByTestId('export-go').click();
  await expect(page.getByTestId('export-dialog').getByTestId('alert')).toHaveAttribute('data-code', /^export\.not-writ/, { timeout: 60_000 });
  expect(readdirSync(dataFolder)).toEqual(before);
});

test('an export that takes long is cancelled, and leaves nothing behind', async ({ studio, dataFolder }) => {
  const { page } = studio;
  // Looking into a network of this size takes many seconds.
  await trained(studio, { 'window.sequenceLength': 100, 'model.hiddenSize': 256 });
  await page.getByTestId('run-export').click();
  await answerWith(studio, dataFolder);
  await page.getByTestId('export-choose').click();
  const before = readdirSync(dataFolder);
  await page.getByTestId('export-format-report').click();
  await page.getByTestId('export-go').click();
  await expect(page.getByTestId('export-busy')).toContainText('Making the files');
  await page.getByTestId('export-cancel').click();
  await expect(page.getByTestId('export-busy')).toBeHidden();
  await expect(exported(page)).toBeHidden();
  expect(readdirSync(dataFolder)).toEqual(before);
  await page.getByTestId('export-format-onnx').click();
  await page.getByTestId('export-go').click();
  await expect(exported(page)).toBeVisible({ timeout: 60_000 });
});
