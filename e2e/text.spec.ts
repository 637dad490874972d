import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launchStudio, root, test } from './studio.ts';

test('a text that the command line learnt shows what it wrote as it learnt', async ({ dataFolder }) => {
  const file = join(dataFolder, 'hello.txt');
  writeFileSync(file, 'hello world');
  const { status } = spawnSync(process.execPath, [join(root, 'src/cli/unroll.ts'), 'train', file, '--task', 'char', '--sequence', '2', '--hidden', '20', '--seed', '7', '--db', join(dataFolder, 'unroll.db')]);
  expect(status).toBe(0);
  const studio = await launchStudio(dataFolder);
  await studio.go('runs');
  await studio.page.getByText('hello RNN 2×20').first().click();
  await expect(studio.page.getByTestId('text-samples').getByRole('listitem')).toHaveCount(8);
  await expect(studio.page.getByTestId('text-samples').getByRole('listitem').last()).toContainText('hello world');
  await expect(studio.page.getByTestId('text-metrics')).toContainText('100');
  await studio.quit();
});
