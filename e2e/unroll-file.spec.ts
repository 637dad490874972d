import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, launchStudio, root, sampleFile, test } from './studio.ts';

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
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/cli/unroll.ts'), 'import', path, '--json', '--db', join(dataFolder, 'other.db')], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ event: 'imported', epochs: 3, data: true });
});

test('a .unroll file that is dropped is a run, goes on where it stopped, and is asked about the second time', async ({ dataFolder }) => {
  // A run that was broken off, made by the command line in a studio of its own.
  const elsewhere = mkdtempSync(join(tmpdir(), 'unroll-elsewhere-'));
  const unroll = (...args: string[]) => spawnSync(process.execPath, [join(root, 'src/cli/unroll.ts'), ...args], { encoding: 'utf8', timeout: 60_000 });
  const db = join(elsewhere, 'a.db');
  const child = spawn(process.execPath, [join(root, 'src/cli/unroll.ts'), 'train', sampleFile('us-treasury-10y-monthly.csv'), '--target', 'Rate', '--epochs', '100000', '--name', 'From elsewhere', '--json', '--db', db], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.on('data', (chunk: Buffer) => { if (chunk.includes('"event":"epoch"')) child.kill('SIGINT'); });
  expect(await new Promise((resolve) => { child.on('exit', resolve); })).toBe(130);
  const [{ id }] = unroll('runs', '--json', '--db', db).stdout.trim().split('\n').map((line) => JSON.parse(line) as { id: string }) as [{ id: string }];
  const file = join(elsewhere, 'moved.unroll');
  const exported = unroll('export', id, '--format', 'unroll', '--out', file, '--db', db);
  expect(exported.status, exported.stderr).toBe(0);
  const broken = join(elsewhere, 'broken.unroll');
  writeFileSync(broken, 'no zip at all');

  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  await studio.drop(broken);
  await expect(page.getByText(/broken\.unroll/).first()).toBeVisible();
  await studio.drop(file);
  await expect(page.getByTestId('verdict')).toBeVisible();
  await expect(page.getByText('From elsewhere').first()).toBeVisible();
  await page.getByTestId('run-resume').click();
  await expect(page.getByTestId('strip-epoch')).toBeVisible();
  await page.getByTestId('run-cancel').click();
  await expect(page.getByTestId('run-resume')).toBeVisible();
  await studio.drop(file);
  await page.getByRole('button', { name: 'Import it again' }).click();
  await studio.go('runs');
  await expect(page.getByTestId('runs-import')).toBeVisible();
  await expect.poll(() => page.evaluate(async () => {
    const listed = await window.unroll.invoke('run.page', { before: null, limit: 10, removed: false });
    return listed.ok ? listed.value.runs.length : 0;
  })).toBe(2);
  await page.screenshot({ path: test.info().outputPath('imported.png') });
  await studio.quit();
  rmSync(elsewhere, { recursive: true, force: true });
});
