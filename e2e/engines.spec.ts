import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, launchStudio, test } from './studio.ts';

/** Installing an engine, and training with it. */

test('an install that is refused the network says so in one sentence, and the studio trains all the same', async ({ dataFolder }) => {
  test.skip(process.platform !== 'linux' || process.arch !== 'x64', 'TensorFlow is installed on Linux x64 alone');
  const server = createServer((_request, response) => { response.writeHead(503).end(); });
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  process.env['UNROLL_PACKAGE_INDEX'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`;
  const studio = await launchStudio(dataFolder).finally(() => { delete process.env['UNROLL_PACKAGE_INDEX']; });
  const { page } = studio;
  await studio.go('engines');
  await expect(page.getByTestId('install-installed')).toHaveText('nothing yet');
  await expect(page.getByTestId('install-plan')).toContainText('274 MB');
  await page.getByTestId('install-start').click();
  const alert = page.getByTestId('install-panel').getByTestId('alert');
  await expect(alert).toHaveAttribute('data-code', 'engine.no-network', { timeout: 30_000 });
  await expect(alert).toContainText('503');
  expect(existsSync(join(dataFolder, 'engines/tensorflow'))).toBe(false);
  await studio.go('home');
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 3);
  await studio.train();
  await studio.quit();
  server.close();
});

test('TensorFlow is installed from the index with progress, cancelled and continued, tried, trained with, and removed', async ({ studio }) => {
  test.skip(process.env['UNROLL_TENSORFLOW'] === undefined, 'TensorFlow cannot be fetched on this machine');
  test.setTimeout(400_000);
  const { page, dataFolder } = studio;
  await studio.go('engines');
  await page.getByTestId('install-start').click();
  await expect(page.getByTestId('install-progress')).toContainText(/of 274 MB/);
  await page.getByTestId('install-cancel').click();
  await expect(page.getByTestId('install-told')).toContainText('Cancelled');
  expect(existsSync(join(dataFolder, 'engines/tensorflow'))).toBe(false);
  await page.getByTestId('install-start').click();
  await expect(page.getByTestId('install-told')).toContainText('TensorFlow is installed', { timeout: 300_000 });
  await expect(page.getByTestId('install-tried')).toContainText('works');
  await expect(page.getByTestId('engine-tensorflow')).toContainText('2.21.0');
  await studio.go('home');
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 2);
  await page.getByTestId('level-expert').click();
  await page.getByTestId('field-backend').click();
  await page.getByRole('option', { name: 'TensorFlow' }).click();
  await studio.train();
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'done');
  await page.getByTestId('open-run').click();
  await expect(page.getByTestId('device')).toContainText('CPU, TensorFlow');
  // With two engines, auto measures and says the numbers.
  await studio.go('train');
  await page.getByTestId('field-backend').click();
  await page.getByRole('option', { name: 'auto', exact: true }).click();
  await studio.train();
  await page.getByTestId('open-run').click();
  await expect(page.getByTestId('device')).toContainText(/wasm [\d.]+, tensorflow [\d.]+/);
  await studio.go('engines');
  await page.getByTestId('measure-anew').click();
  await page.getByTestId('install-remove').click();
  await page.getByTestId('install-remove-sure').click();
  await expect(page.getByTestId('install-told')).toContainText('removed');
  expect(existsSync(join(dataFolder, 'engines/tensorflow'))).toBe(false);
});
