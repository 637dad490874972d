import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launchStudio, test, type Studio } from './studio.ts';

/** Ways in which a run ends other than by its last epoch. */
async function trainLong(studio: Studio): Promise<void> {
  await studio.page.getByTestId('sample-gs10').click();
  await studio.page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 100_000);
  await studio.page.getByTestId('train-start').click();
  await expect(studio.page.getByTestId('chart-loss')).toHaveAttribute('data-points', /[1-9]/);
}

test('a model whose single batch takes long is cancelled at once all the same', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  // About ten seconds a batch, with a checkpoint well within what a run can keep.
  await studio.set('window.sequenceLength', 100);
  await studio.set('training.batchSize', 128);
  await studio.set('model.hiddenSize', 1024);
  await studio.set('model.layers', 3);
  await page.getByTestId('train-start').click();
  // It would take hours: the studio asks first.
  await page.getByTestId('obstacles-anyway').click();
  const cancel = page.getByTestId('train-cancel');
  await expect(cancel).toBeEnabled();
  const clicked = Date.now();
  await cancel.click();
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'cancelled');
  expect(Date.now() - clicked).toBeLessThan(5_000);
});

test('closing the window asks while a run trains; afterwards the run reads interrupted', async ({ dataFolder }) => {
  const studio = await launchStudio(dataFolder);
  await trainLong(studio);
  const stayed = await studio.app.evaluate(({ dialog, BrowserWindow }) => {
    let asked = 0;
    dialog.showMessageBoxSync = () => { asked++; return 1; };
    BrowserWindow.getAllWindows()[0]!.close();
    return { asked, windows: BrowserWindow.getAllWindows().length };
  });
  expect(stayed).toEqual({ asked: 1, windows: 1 });
  await studio.quit();
  const again = await launchStudio(dataFolder);
  await expect(again.page.getByTestId('recent-run').first()).toContainText(/interrupted/i);
  await again.quit();
});

test('quitting keeps all that was learnt: the run goes on from its last epoch', async ({ dataFolder }) => {
  const studio = await launchStudio(dataFolder);
  await trainLong(studio);
  const id = await studio.page.getByTestId('live-panel').getAttribute('data-run');
  const read = (from: Studio) => from.page.evaluate(async (run) => {
    const [detail, history] = [await window.unroll.invoke('run.get', { id: run! }), await window.unroll.invoke('run.history', { id: run! })];
    return detail.ok && history.ok ? { status: detail.value.status, epochs: detail.value.epochsDone, checkpoint: history.value.checkpoint?.epoch ?? 0 } : null;
  }, id);
  // Epochs beyond the last checkpoint, which is made every few seconds: they are what would be lost.
  await expect.poll(async () => { const now = await read(studio); return now!.epochs - now!.checkpoint; }).toBeGreaterThan(20);
  const before = (await read(studio))!;
  await studio.quit();
  const again = await launchStudio(dataFolder);
  const after = (await read(again))!;
  expect(after.status).toBe('interrupted');
  expect(after.epochs).toBeGreaterThanOrEqual(before.epochs);
  expect(after.checkpoint).toBe(after.epochs);
  await again.quit();
});

test('a page that dies comes back, and the run goes on', async ({ studio }) => {
  await trainLong(studio);
  // Asked of main: to Playwright a crashed page stays crashed.
  const back = await studio.app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const loaded = new Promise<void>((resolve) => { webContents.once('did-finish-load', () => resolve()); });
    webContents.forcefullyCrashRenderer();
    await loaded;
    return await webContents.executeJavaScript("window.unroll.invoke('run.page', { before: null, limit: 1, removed: false }).then((reply) => reply.value.runs[0].status)") as string;
  });
  expect(back).toBe('running');
});

test('a full disk ends the run, says so, and the next one trains when there is room', async ({ dataFolder }) => {
  const disk = join(dataFolder, 'disk');
  mkdirSync(disk);
  const mount = (() => { try { execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { stdio: 'ignore' }); return true; } catch { return false; } })();
  test.skip(!mount, 'a small disk cannot be mounted here: that takes root');
  try {
    const studio = await launchStudio(disk);
    const { page } = studio;
    await trainLong(studio);
    const { bavail, bsize } = statfsSync(disk);
    try { writeFileSync(join(disk, 'fill'), new Uint8Array(bavail * bsize)); } catch { /* full is what it should be */ }
    await expect(page.getByTestId('alert').first()).toContainText(/full/);
    await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'interrupted');
    rmSync(join(disk, 'fill'));
    await studio.set('training.epochs', 5);
    await studio.train();
    await studio.go('home');
    await expect(page.getByTestId('recent-run')).toHaveText([/done|persistence/i, /interrupted/i]);
    await studio.quit();
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});
