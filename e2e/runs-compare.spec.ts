import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launchStudio, root, sampleFile, test } from './studio.ts';

test('runs are compared in every view, and the comparison is saved, reopened after a restart and removed', async ({ dataFolder }) => {
  test.setTimeout(120_000);
  for (const [hidden, seed] of [[4, 1], [4, 2], [8, 1], [8, 2]]) {
    execFileSync(process.execPath, ['--no-warnings', join(root, 'src/cli/unroll.ts'), 'train', sampleFile('us-treasury-10y-monthly.csv'), '--target', 'Rate', '--horizon', '3', '--hidden', String(hidden), '--seed', String(seed), '--epochs', '8', '--lr', '0.2', '--name', `size ${hidden} seed ${seed}`, '--db', join(dataFolder, 'unroll.db')], { stdio: 'ignore' });
  }
  let studio = await launchStudio(dataFolder);
  let { page } = studio;
  await studio.go('runs');
  const boxes = page.locator('[data-testid^="select-run"]');
  // all() does not wait: the list has to be there.
  await expect(boxes).toHaveCount(4);
  for (const box of await boxes.all()) await box.click();
  await page.getByTestId('runs-compare').click();
  const chart = page.getByTestId('chart-compare');
  await expect(chart).toHaveAttribute('data-ready', 'true');
  await expect(page.getByTestId('compare-predictions')).toHaveAttribute('data-points', '879');
  await expect(page.getByTestId('compare-horizon')).toHaveAttribute('data-points', '3');
  await expect(page.getByTestId('compare-worst').getByRole('listitem')).toHaveCount(20);
  await expect(page.getByTestId('compare-table')).toContainText('Hidden size');
  await expect(page.getByTestId('compare-noise')).toContainText('95 %');
  for (const id of ['chart-scatter', 'chart-parallel', 'compare-groups-chart']) await expect(page.getByTestId(id)).toHaveAttribute('data-ready', 'true');
  await page.getByTestId('compare-axis').click();
  await page.getByRole('option', { name: 'Step' }).click();
  await page.getByTestId('compare-smooth').fill('0.5');

  for (const [index, kind] of ['png', 'svg', 'csv'].entries()) {
    const file = join(dataFolder, `compare.${kind}`);
    await studio.app.evaluate(({ dialog }, path) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path }); }, file);
    await chart.getByTestId('chart-menu').click();
    await page.getByRole('menuitem').nth(index).click();
    await expect.poll(() => { try { return readFileSync(file).length; } catch { return 0; } }).toBeGreaterThan(100);
  }

  const table = page.getByTestId('compare-table');
  await expect(page.getByTestId('compare-epoch')).toContainText('Best epoch');
  const best = await table.textContent();
  await page.getByTestId('compare-epoch').click();
  await expect(page.getByTestId('compare-epoch')).toContainText('Last epoch');
  await expect(table).not.toHaveText(best!);

  // Everything at once: a picture of all that the page shows, and a table of all its numbers.
  for (const [index, kind] of ['png', 'svg', 'csv'].entries()) {
    const file = join(dataFolder, `whole.${kind}`);
    await studio.app.evaluate(({ dialog }, path) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path }); }, file);
    await page.getByTestId('compare-export').click();
    await page.getByRole('menuitem').nth(index).click();
    await expect.poll(() => { try { return readFileSync(file).length; } catch { return 0; } }).toBeGreaterThan(10_000);
  }
  const svg = readFileSync(join(dataFolder, 'whole.svg'), 'utf8');
  // Curves, predictions, horizon, scatter, parallel coordinates and groups, each an SVG in its own place.
  expect(svg.match(/<svg x=/g)).toHaveLength(6);
  for (const words of ['size 4 seed 1', 'Hidden size', 'Windows that went worst', '95 %']) expect(svg).toContain(words);
  const png = readFileSync(join(dataFolder, 'whole.png'));
  expect(png.readUInt32BE(16)).toBeGreaterThan(1_400);
  const csv = readFileSync(join(dataFolder, 'whole.csv'), 'utf8').split('\r\n');
  expect(csv[0]).toBe('\uFEFFpart,what,run,name,at,value');
  expect(new Set(csv.slice(1, -1).map((line) => line.split(',')[0]))).toEqual(new Set(['result', 'setting', 'curve', 'truth', 'prediction', 'horizon', 'worst window', 'group', 'noise']));
  const shot = process.env['UNROLL_SHOTS'];
  if (shot !== undefined) for (const kind of ['png', 'svg', 'csv']) copyFileSync(join(dataFolder, `whole.${kind}`), join(shot, `whole.${kind}`));

  await page.getByTestId('compare-name').first().fill('by size');
  await page.getByTestId('compare-save').click();
  await expect(page.getByTestId('compare-saved')).toContainText('by size');
  await page.getByTestId('compare-groups').scrollIntoViewIfNeeded();
  await studio.quit();

  studio = await launchStudio(dataFolder);
  ({ page } = studio);
  await studio.go('runs');
  await page.getByTestId('runs-saved').click();
  await page.getByTestId('compare-saved').getByRole('button', { name: 'by size', exact: true }).click();
  await expect(page.getByTestId('chart-compare')).toHaveAttribute('data-ready', 'true');
  await expect(page.getByTestId('compare-axis')).toContainText('Step');
  await expect(page.getByTestId('compare-epoch')).toContainText('Last epoch');
  await page.getByRole('button', { name: 'Remove by size' }).click();
  await expect(page.getByTestId('compare-saved')).toHaveCount(0);
  await page.getByTestId('chart-compare').click();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('compare-saved')).toContainText('by size');
  await studio.quit();
});
