import { expect, launchStudio, sampleFile, test } from './studio.ts';

const gs10 = sampleFile('us-treasury-10y-monthly.csv');

test('drop a CSV, train, see the predictions, quit, relaunch and find the run with all its charts', async ({ dataFolder }) => {
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  await studio.drop(gs10);

  await expect(page.getByTestId('role-Date')).toContainText(/time/i);
  await expect(page.getByTestId('role-Rate')).toContainText(/target/i);
  await expect(page.getByText('1953-04-01').first()).toBeVisible();
  await page.getByTestId('setup-training').click();

  await studio.set('window.sequenceLength', 6);
  await studio.set('model.hiddenSize', 20);
  await studio.set('training.epochs', 200);
  await expect(page.getByTestId('shape-X')).toHaveText('(609, 6, 1)');
  await expect(page.getByTestId('shape-output')).toHaveText('(609, 6, 20)');
  await expect(page.getByTestId('shape-hN')).toHaveText('(1, 609, 20)');
  await expect(page.getByTestId('parameters')).toContainText('481');
  const began = Date.now();
  await studio.train();
  expect(Date.now() - began, 'GS10, sequence 6, hidden 20, 200 epochs within 10 s').toBeLessThan(10_000);

  await page.getByTestId('open-run').click();
  const seen = async (on: typeof page) => {
    await expect(on.getByTestId('run-status')).toContainText(/done/i);
    await expect(on.getByTestId('chart-predictions')).toHaveAttribute('data-ready', 'true');
    await expect(on.getByTestId('chart-predictions')).toHaveAttribute('data-points', '879');
    await expect(on.getByTestId('chart-loss')).toHaveAttribute('data-points', '200');
    return {
      verdict: await on.getByTestId('verdict').innerText(),
      test: await on.getByTestId('metric-test-rmse').innerText(),
      persistence: await on.getByTestId('persistence-test-rmse').innerText(),
    };
  };
  const before = await seen(page);
  expect(Number.parseFloat(before.persistence)).toBeGreaterThan(0.1);
  expect(Number.parseFloat(before.test)).toBeLessThan(1);
  await studio.quit();

  const again = await launchStudio(dataFolder);
  await again.page.getByTestId('recent-run').first().click();
  expect(await seen(again.page)).toEqual(before);
  await again.quit();
});

test('a run is stored as it happens: its epochs are there while it trains', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 100_000);
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('progress-epoch')).toContainText(/\d/);
  await expect(page.getByTestId('chart-live-predictions')).toHaveAttribute('data-points', /[1-9]/);
  await studio.go('runs');
  await expect(page.getByTestId('runs-table')).toContainText(/training/i);
  await page.getByTestId('strip-stop').click();
  await expect(page.getByTestId('runs-table')).toContainText(/cancelled/i);
});

test('cancel stops within a batch and keeps the epochs', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-melbourne').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 100_000);
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('chart-loss')).toHaveAttribute('data-points', /[1-9]/);
  const clicked = Date.now();
  await page.getByTestId('train-cancel').click();
  await expect(page.getByTestId('train-start')).toBeEnabled({ timeout: 5_000 });
  expect(Date.now() - clicked).toBeLessThan(3_000);
  await studio.go('home');
  await page.getByTestId('recent-run').first().click();
  await expect(page.getByTestId('run-status')).toContainText(/cancelled/i);
  expect(Number(await page.getByTestId('chart-loss').getAttribute('data-points'))).toBeGreaterThan(0);
});

test('a killed trainer leaves the app up and the run interrupted', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 100_000);
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('progress-epoch')).toContainText(/\d/);
  const pid = await studio.trainerPid();
  expect(pid).not.toBeNull();
  process.kill(pid!, 'SIGKILL');
  await studio.go('home');
  await expect(page.getByTestId('recent-run').first()).toContainText(/interrupted/i);
  await page.getByTestId('recent-run').first().click();
  await expect(page.getByTestId('run-status')).toContainText(/interrupted/i);
  await expect(page.getByTestId('alert')).toContainText(/ended unexpectedly/);
  // The studio still trains.
  await studio.go('home');
  await page.getByTestId('sample-airline').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 5);
  await studio.train();
});

test('a run that was training when the app was killed reads interrupted at the next start', async ({ dataFolder }) => {
  const studio = await launchStudio(dataFolder);
  await studio.page.getByTestId('sample-gs10').click();
  await studio.page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 100_000);
  await studio.page.getByTestId('train-start').click();
  await expect(studio.page.getByTestId('progress-epoch')).toContainText(/\d/);
  const closed = studio.app.waitForEvent('close');
  studio.app.process().kill('SIGKILL');
  await closed;

  const again = await launchStudio(dataFolder);
  await expect(again.page.getByTestId('recent-run').first()).toContainText(/interrupted/i);
  await again.quit();
});

test('a file given as an argument is opened', async ({ dataFolder }) => {
  const studio = await launchStudio(dataFolder, [sampleFile('airline-passengers.csv')]);
  await expect(studio.page.getByTestId('role-Passengers')).toContainText(/target/i);
  await studio.quit();
});
