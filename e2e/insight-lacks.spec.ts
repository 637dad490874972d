import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, launchStudio, root, test } from './studio.ts';

const folder = join(root, 'test-results/screenshots');
mkdirSync(folder, { recursive: true });

/** A random walk from a fixed seed: nothing predicts it better than its last value. */
function walk(file: string, rows: number): void {
  let [state, value] = [12_345, 0];
  const next = () => { state = (state * 1_103_515_245 + 12_345) % 2 ** 31; return state / 2 ** 31; };
  const lines = Array.from({ length: rows }, (_, row) => { value += next() + next() + next() - 1.5; return `${row},${value.toFixed(4)}`; });
  writeFileSync(file, `t,price\n${lines.join('\n')}\n`);
}
function cli(...args: string[]): string {
  return execFileSync(process.execPath, ['--no-warnings', join(root, 'src/cli/unroll.ts'), ...args], { encoding: 'utf8' });
}
async function look(page: Page, theme: 'light' | 'dark', locale: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((settings) => window.unroll.invoke('settings.set', settings), { theme, locale });
  await page.reload();
}

test('from the lag warning one click leads to Train with differences, and predictions come back in the unit of the file', async ({ dataFolder }) => {
  const [db, csv] = [join(dataFolder, 'unroll.db'), join(dataFolder, 'walk.csv')];
  walk(csv, 400);
  cli('train', csv, '--target', 'price', '--time', 't', '--sequence', '6', '--epochs', '60', '--lr', '0.02', '--name', 'levels', '--db', db);
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  await studio.go('runs');
  await page.getByRole('link', { name: 'levels' }).click();
  await page.getByTestId('run-insight').click();
  await expect(page.getByTestId('worth-warning')).toContainText('one step late');
  await page.screenshot({ path: join(folder, 'insight-lag.png') });
  await page.getByTestId('worth-difference').click();
  await expect(page.getByTestId('train-page')).toBeVisible();
  await expect(page.getByTestId('field-window.sequenceLength')).toHaveValue('6');
  await studio.set('training.epochs', 5);
  await studio.train();
  const id = await page.getByTestId('live-panel').getAttribute('data-run');
  const reply = await page.evaluate((run) => window.unroll.invoke('run.get', { id: run! }), id);
  expect(reply.ok && reply.value.spec).toMatchObject({ recipe: { steps: [{ kind: 'difference', columns: ['price'], lag: 1 }] } });
  const stored = await page.evaluate(async (run) => { const answer = await window.unroll.invoke('run.predictions', { id: run! }); return answer.ok && answer.value !== null ? Array.from(answer.value.truth.slice(-3)) : []; }, id);
  // The truth beside the predictions is the price and not its differences.
  const prices = readFileSync(csv, 'utf8').trim().split('\n').slice(-3).map((line) => Number(line.split(',')[1]));
  expect(stored).toHaveLength(3);
  stored.forEach((value, i) => { expect(value).toBeCloseTo(prices[i]!, 3); });
  // The step can be taken back, and where it is done already it is not offered again.
  await studio.go('runs');
  await page.evaluate((hash) => { location.hash = hash; }, `/runs/${id}/insight`);
  await expect(page.getByTestId('worth-said')).toBeVisible();
  await expect(page.getByTestId('worth-difference')).toHaveCount(0);
  await studio.quit();
});

test('a run whose data is gone shows what its predictions and measurements tell, and says what it lacks', async ({ dataFolder }) => {
  const [db, csv] = [join(dataFolder, 'unroll.db'), join(dataFolder, 'walk.csv')];
  walk(csv, 200);
  cli('train', csv, '--target', 'price', '--time', 't', '--sequence', '6', '--epochs', '5', '--name', 'orphan', '--db', db);
  const Database = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => { exec(sql: string): void; close(): void };
  const database = new Database(db);
  database.exec('UPDATE runs SET dataset_id = NULL');
  database.close();
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  await studio.go('runs');
  await page.getByRole('link', { name: 'orphan' }).click();
  await page.getByTestId('run-insight').click();
  for (const [theme, locale] of [['dark', 'zh-CN'], ['light', 'en']] as const) {
    await look(page, theme, locale);
    await expect(page.getByTestId('insight-lacking')).toBeVisible();
    await expect(page.getByTestId('worth-table').locator('tbody tr')).toHaveCount(5);
    await expect(page.getByTestId('chart-memory')).toHaveAttribute('data-ready', 'true');
    await page.setViewportSize({ width: 1280, height: 2000 });
    await page.screenshot({ path: join(folder, `insight-gone-${theme}-${locale}.png`) });
  }
  await expect(page.getByTestId('insight-lacking')).toContainText('gone');
  await expect(page.getByTestId('insight-missing').getByRole('heading')).toHaveCount(4);
  await expect(page.getByTestId('worth-said')).toContainText('RMSE');
  await expect(page.locator('main')).not.toContainText(/Infinity|NaN|undefined/);
  await studio.quit();
});

test('a constant series, zeros and parts without windows are said and never shown as Infinity', async ({ dataFolder }) => {
  const db = join(dataFolder, 'unroll.db');
  const csv = join(dataFolder, 'flat.csv');
  writeFileSync(csv, `t,y\n${Array.from({ length: 120 }, (_, row) => `${row},0`).join('\n')}\n`);
  cli('train', csv, '--target', 'y', '--time', 't', '--sequence', '6', '--epochs', '2', '--name', 'zeros', '--db', db);
  walk(join(dataFolder, 'walk.csv'), 120);
  cli('train', join(dataFolder, 'walk.csv'), '--target', 'price', '--time', 't', '--sequence', '6', '--epochs', '2', '--split', '1,0,0', '--name', 'all of it', '--db', db);
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  for (const [name, lacks] of [['zeros', 'R² has no value'], ['all of it', 'no validation part']] as const) {
    await studio.go('runs');
    await page.getByRole('link', { name }).click();
    await page.getByTestId('run-insight').click();
    await expect(page.getByTestId('worth-lacking')).toContainText(lacks);
    await expect(page.getByTestId('chart-forecast')).toHaveAttribute('data-ready', 'true');
    await expect(page.locator('main')).not.toContainText(/Infinity|∞|NaN|undefined/);
  }
  await studio.quit();
});

test('what a network remembers of a text and of labelled sequences, with its states from character to character', async ({ dataFolder }) => {
  const db = join(dataFolder, 'unroll.db');
  writeFileSync(join(dataFolder, 'hello.txt'), 'hello world, hello you. '.repeat(80));
  writeFileSync(join(dataFolder, 'labels.csv'), `seq,label\n${Array.from({ length: 120 }, (_, i) => `${'abcdefgh'.slice(i % 5)}${i % 2 === 0 ? 'x' : 'y'},${i % 2 === 0 ? 'even' : 'odd'}`).join('\n')}\n`);
  cli('train', join(dataFolder, 'hello.txt'), '--task', 'char', '--sequence', '20', '--cell', 'lstm', '--epochs', '3', '--name', 'a text', '--db', db);
  cli('train', join(dataFolder, 'labels.csv'), '--task', 'classify', '--epochs', '5', '--name', 'classes', '--db', db);
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  for (const [name, steps] of [['a text', '20'], ['classes', null]] as const) {
    await studio.go('runs');
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByTestId('run-insight').click();
    await expect(page.getByTestId('chart-memory')).toHaveAttribute('data-ready', 'true');
    if (steps !== null) await expect(page.getByTestId('chart-memory')).toHaveAttribute('data-points', steps);
    await expect(page.getByTestId('memory-half-lives').getByRole('listitem')).toHaveCount(2);
    await expect(page.getByTestId('sequence-how')).toContainText('nats');
    await page.getByTestId('states-start').fill('1');
    await expect(page.getByTestId('states-heat')).toHaveAttribute('data-start', '1');
    await expect(page.getByTestId('states-said')).toContainText('Likeliest');
    await expect(page.getByTestId('sequence-symbols')).toBeVisible();
    for (const [theme, locale] of [['dark', 'zh-CN'], ['light', 'en']] as const) {
      await look(page, theme, locale);
      await expect(page.getByTestId('states-heat')).toBeVisible();
      await page.setViewportSize({ width: 1280, height: 1100 });
      await page.screenshot({ path: join(folder, `insight-${name.replace(' ', '-')}-${theme}-${locale}.png`) });
    }
  }
  await studio.quit();
});
