import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, root, test } from './studio.ts';

test('a run leaves the window as one .unroll file, which another studio imports', async ({ studio, dataFolder }) => {
  const { page } = studio;
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 3);
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'done', { timeout: 90_000 });
  await studio.go('home');
  await page.getByTestId('recent-run').first().click();
  await page.getByTestId('run-export').click();
  await studio.app.evaluate(({ dialog }, path) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] }); }, dataFolder);
  await page.getByTestId('export-choose').click();
  await page.getByTestId('export-format-unroll').click();
  await page.getByTestId('export-go').click();
  await expect(page.getByTestId('export-done')).toHaveAttribute('data-path', /\.unroll$/, { timeout: 60_000 });
  await expect(page.getByTestId('export-proof')).toHaveText([/bit for bit.* on 64 windows/]);
  const path = (await page.getByTestId('export-done').getAttribute('data-path'))!;
  const { status, stdout, stderr } = spawnSync('node', [join(root, 'src/cli/unroll.ts'), 'import', path, '--json', '--db', join(dataFolder, 'other.db')], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ event: 'imported', epochs: 3, data: true });
});
