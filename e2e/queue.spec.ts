import { expect, launchStudio, test, type Studio } from './studio.ts';

/** The settings of a run that trains until it is stopped. */
async function setUp(studio: Studio, epochs: number): Promise<void> {
  await studio.page.getByTestId('sample-gs10').click();
  await studio.page.getByTestId('setup-training').click();
  await studio.set('training.epochs', epochs);
}
const epochsShown = (studio: Studio) => expect(studio.page.getByTestId('chart-loss')).toHaveAttribute('data-points', /[1-9]/);
const panel = (studio: Studio) => studio.page.getByTestId('live-panel');

test('a run is paused, goes on over a restart, and says what it has been through', async ({ dataFolder }) => {
  let studio = await launchStudio(dataFolder);
  await setUp(studio, 100_000);
  await studio.page.getByTestId('train-start').click();
  await epochsShown(studio);
  await studio.page.getByTestId('train-pause').click();
  await expect(panel(studio)).toHaveAttribute('data-status', 'paused');
  await studio.quit();

  studio = await launchStudio(dataFolder);
  await studio.page.getByTestId('recent-run').first().click();
  await studio.page.getByTestId('run-resume').click();
  await expect(studio.page.getByTestId('strip-epoch')).toBeVisible();
  await studio.page.getByTestId('run-cancel').click();
  await expect(studio.page.getByTestId('run-resume')).toBeVisible();
  const entries = studio.page.getByTestId('history-entry');
  await expect(entries.first()).toContainText('Started');
  const kinds = await entries.evaluateAll((all) => all.map((entry) => (entry as HTMLElement).dataset['kind']));
  expect(kinds.filter((kind) => kind !== 'checkpoint')).toEqual(['started', 'paused', 'resumed', 'cancelled']);
  await studio.quit();
});

test('a run whose trainer is killed is offered on Home after the next start, and ends', async ({ dataFolder }) => {
  let studio = await launchStudio(dataFolder);
  await setUp(studio, 100_000);
  await studio.page.getByTestId('train-start').click();
  await epochsShown(studio);
  process.kill((await studio.trainerPid())!, 'SIGKILL');
  await expect(panel(studio)).toHaveAttribute('data-status', 'interrupted');
  await studio.quit();
  studio = await launchStudio(dataFolder);
  await expect(studio.page.getByTestId('offer-resume')).toBeVisible();
  await studio.page.getByTestId('resume-all').click();
  await expect(studio.page.getByTestId('offer-resume')).toBeHidden();
  await expect(studio.page.getByTestId('strip-epoch')).toBeVisible();
  await studio.page.getByTestId('strip-stop').click();
  await expect(studio.page.getByTestId('recent-run').first()).toContainText(/cancelled/i);
  await studio.quit();
});

test('runs wait their turn, are moved by keyboard and button, kept over a restart, and go on after one that fails', async ({ dataFolder }) => {
  let studio = await launchStudio(dataFolder);
  let { page } = studio;
  await setUp(studio, 100_000);
  await page.getByTestId('train-start').click();
  await epochsShown(studio);
  for (const seed of [1, 2, 3]) {
    await studio.set('training.epochs', 3);
    await studio.set('training.seed', seed);
    await page.getByTestId('queue-add').click();
    await expect(page.getByTestId('queue-link')).toContainText(String(seed));
  }
  await page.getByTestId('queue-link').click();
  const rows = page.getByTestId('queue-list').getByRole('listitem');
  await expect(rows).toHaveText([/seed 1/, /seed 2/, /seed 3/]);
  await page.getByTestId('queue-up-2').click();
  await expect(rows).toHaveText([/seed 1/, /seed 3/, /seed 2/]);
  await page.getByTestId('queue-item-0').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(rows).toHaveText([/seed 3/, /seed 1/, /seed 2/]);
  await page.getByTestId('queue-remove-2').click();
  await expect(rows).toHaveCount(2);
  await studio.quit();

  studio = await launchStudio(dataFolder);
  ({ page } = studio);
  await expect(page.getByTestId('offer-queue')).toContainText('2');
  await page.getByTestId('offer-queue').getByRole('link').click();
  await expect(page.getByTestId('queue-held')).toBeVisible();
  await page.getByTestId('queue-hold').click();
  await expect(page.getByTestId('queue-count')).toContainText('0', { timeout: 30_000 });
  await studio.go('home');
  await expect(page.getByTestId('recent-run')).toHaveText([/persistence|done/i, /persistence|done/i, /interrupted/i], { timeout: 30_000 });
  await studio.quit();
});

test('several seeds are one group: a row that opens, with mean and spread', async ({ studio }) => {
  const { page } = studio;
  await setUp(studio, 4);
  await page.getByTestId('train-seeds').fill('3');
  await page.getByTestId('train-seeds').press('Enter');
  await page.getByTestId('train-start').click();
  await studio.go('runs');
  const group = page.getByTestId(/^group-row-/);
  await expect(group).toHaveCount(1);
  await expect(group).toContainText('±', { timeout: 30_000 });
  await expect(page.getByTestId(/^run-row-/)).toHaveCount(0);
  await group.getByRole('button').first().click();
  await expect(page.getByTestId(/^run-row-/)).toHaveCount(3);
  await group.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId(/^run-row-/)).toHaveCount(0);
});
