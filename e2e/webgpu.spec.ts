import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launchStudio, test, type Studio } from './studio.ts';

/** The studio with a GPU made of software, so that WebGPU is there on every machine. */
async function launch(dataFolder: string): Promise<Studio> {
  process.env['UNROLL_WEBGPU'] = 'swiftshader';
  return launchStudio(dataFolder).finally(() => { delete process.env['UNROLL_WEBGPU']; });
}

async function setUp({ page }: Studio, epochs: number): Promise<void> {
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  await page.getByTestId('field-training.epochs').fill(String(epochs));
  await page.getByTestId('field-training.batchSize').fill('128');
  await page.getByTestId('field-training.learningRate').fill('0.01');
  await page.getByTestId('level-expert').click();
  await page.getByTestId('field-backend').click();
  await page.getByRole('option', { name: 'WebGPU' }).click();
}

/** Windows that are not shown. */
const hidden = ({ app }: Studio) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => window.getTitle() === 'Unroll GPU').length);

test('GS10 is trained on webgpu, is worth something, and can be looked into', async ({ dataFolder }, info) => {
  const gpu = await launch(dataFolder);
  const { page } = gpu;
  await gpu.go('engines');
  await expect(page.getByTestId('engine-webgpu')).toContainText(/swiftshader/i);
  await expect(page.getByTestId('engine-webgpu')).toContainText('Made of software');
  await gpu.go('home');
  await setUp(gpu, 40);
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('hardware-strip')).toContainText('WebGPU');
  await expect(page.getByTestId('verdict')).toContainText(/better|worse|as good/i, { timeout: 120_000 });
  expect(await hidden(gpu)).toBe(0);

  // The loss fell, and the prediction follows the rate: far better than its mean, whose R2 is 0.
  const run = await page.evaluate(async () => {
    const listed = await window.unroll.invoke('run.page', { before: null, limit: 10, removed: false });
    if (!listed.ok) throw new Error(listed.error.message);
    const got = await window.unroll.invoke('run.get', { id: listed.value.runs[0]!.id });
    if (!got.ok) throw new Error(got.error.message);
    return { id: got.value.id, device: got.value.device, first: got.value.epochs[0]!, last: got.value.epochs.at(-1)!, r2: got.value.metrics!.validation!.r2! };
  });
  expect(run.device).toMatchObject({ backend: 'webgpu', reason: 'pinned' });
  expect(run.last.validationLoss!).toBeLessThan(run.first.validationLoss! / 5);
  expect(run.r2).toBeGreaterThan(0.8);
  await page.evaluate((id) => { location.hash = `#/runs/${id}`; }, run.id);
  await expect(page.getByText(/swiftshader/i).first()).toBeVisible();
  mkdirSync(info.outputDir, { recursive: true });
  await page.screenshot({ path: join(info.outputDir, 'run.png') });

  await page.evaluate((id) => { location.hash = `#/runs/${id}/insight`; }, run.id);
  await expect(page.getByTestId('insight-page')).toBeVisible();
  await gpu.quit();
  const again = await launchStudio(dataFolder);
  await expect(again.page.getByTestId('recent-run').first()).toBeVisible();
  await again.quit();
});

test('a run whose GPU process dies is interrupted, and goes on on the CPU', async ({ dataFolder }, info) => {
  const gpu = await launch(dataFolder);
  const { page } = gpu;
  // Long, and still within the hour beyond which a run asks first.
  await setUp(gpu, 3_000);
  await page.getByTestId('train-start').click();
  // A checkpoint is there, so that something can be gone on from.
  await expect.poll(async () => page.evaluate(async () => {
    const listed = await window.unroll.invoke('run.page', { before: null, limit: 1, removed: false });
    if (!listed.ok || listed.value.runs[0] === undefined) return null;
    const history = await window.unroll.invoke('run.history', { id: listed.value.runs[0].id });
    return history.ok ? history.value.checkpoint?.epoch ?? null : null;
  }), { timeout: 60_000 }).toBeGreaterThan(0);
  expect(await hidden(gpu)).toBe(1);
  await gpu.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows().find((window) => window.getTitle() === 'Unroll GPU')!.webContents.forcefullyCrashRenderer(); });
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'interrupted');
  await gpu.go('home');
  await page.getByTestId('recent-run').first().click();
  await expect(page.getByTestId('run-resume-cpu')).toBeVisible();
  mkdirSync(info.outputDir, { recursive: true });
  await page.screenshot({ path: join(info.outputDir, 'interrupted.png') });
  await page.getByTestId('run-resume-cpu').click();
  await expect(page.getByTestId('hardware-strip')).toContainText('WebAssembly');
  await expect(page.getByTestId('strip-epoch')).toBeVisible();
  await page.getByTestId('run-cancel').click();
  await expect.poll(() => page.getByTestId('history-entry').evaluateAll((all) => all.map((entry) => (entry as HTMLElement).dataset['kind']).filter((kind) => kind !== 'checkpoint')))
    .toEqual(['started', 'interrupted', 'engine', 'resumed', 'cancelled']);
  await gpu.quit();
});
