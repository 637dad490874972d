import { join } from 'node:path';
import { expect, launchStudio, test } from './studio.ts';

test('labelled sequences: proposed, trained, judged, tried', async ({ dataFolder }) => {
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  await page.getByTestId('sample-waveforms').click();
  await expect(page.getByTestId('classify-card')).toContainText('480');
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'classify-data.png') });
  await page.getByTestId('classify-card').getByTestId('classify-start').click();
  await expect(page.getByTestId('classify-classes')).toContainText('sawtooth');
  await expect(page.getByTestId('shape-X')).toHaveText('(336, 40, 1)');
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'done', { timeout: 120_000 });
  await expect(page.getByTestId('verdict')).toContainText('recognised');
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'classify-train.png') });
  await page.getByTestId('open-run').click();
  await expect(page.getByTestId('confusion').getByRole('row')).toHaveCount(5);
  expect(Number(await page.getByTestId('accuracy-test').getAttribute('data-value'))).toBeGreaterThan(0.8);
  await page.getByTestId('classify-input').fill('1 1 1 1 -1 -1 -1 -1 1 1 1 1 -1 -1 -1 -1 1 1 1 1 -1 -1 -1 -1');
  await page.getByTestId('classify-go').click();
  await expect(page.getByTestId('classified').locator('dt').first()).toHaveText('square');
  if (process.env['SHOTS']) await page.screenshot({ path: join(process.env['SHOTS'], 'classify-run.png') });
  await page.getByTestId('classify-input').fill('1 two 3');
  await page.getByTestId('classify-go').click();
  await expect(page.getByText('"two" is no number.')).toBeVisible();
  await studio.quit();
});

test('labelled sequences are trained with several seeds, one after the other from the queue, as one group', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-waveforms').click();
  await page.getByTestId('classify-card').getByTestId('classify-start').click();
  await expect(page.getByTestId('classify-classes')).toContainText('sawtooth');
  await studio.set('training.epochs', 3);
  await page.getByTestId('train-seeds').locator('input').or(page.getByTestId('train-seeds').and(page.locator('input'))).first().fill('2');
  await page.keyboard.press('Tab');
  await page.getByTestId('train-start').click();
  await studio.go('runs');
  const group = page.locator('[data-testid^="group-row-"]');
  await expect(group.getByTestId('run-status')).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await group.getByRole('link').click();
  await expect(page.getByTestId('group-member')).toHaveCount(2);
  await expect(page.getByTestId('group-summary')).toContainText('accuracy');
  await expect(page.getByTestId('group-summary')).toContainText('F1');
});
