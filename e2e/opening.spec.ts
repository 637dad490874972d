import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveElectron } from '../scripts/electron/resolve.mjs';
import { expect, sampleFile, test } from './studio.ts';

test('several dropped files all become datasets; what cannot be opened is told by name', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const broken = join(dataFolder, 'broken.csv');
  writeFileSync(broken, '');
  await studio.drop(sampleFile('airline-passengers.csv'), broken, sampleFile('us-treasury-10y-monthly.csv'), dataFolder);
  await expect(page.getByTestId('role-Passengers')).toContainText(/target/i);
  await expect(page.getByTestId('alert')).toHaveCount(2);
  await expect(page.getByTestId('alert').first()).toContainText('"broken.csv" is empty.');
  await expect(page.getByTestId('alert').last()).toContainText('is a folder, not a file.');
  await expect(page.getByText('2 files were opened. airline-passengers.csv is shown.').first()).toBeVisible();
  await studio.go('home');
  await expect(page.getByTestId('recent-dataset')).toHaveText([/us-treasury/, /airline-passengers/]);
});

test('a table copied in a spreadsheet is pasted with Ctrl+V and from the menu; a word is a text, and nothing is nothing', async ({ studio }) => {
  const { page, app } = studio;
  const copy = (text: string) => app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await copy(`Date\tSales\n${Array.from({ length: 30 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')}\t${i % 7},5`).join('\n')}\n`);
  await page.keyboard.press('Control+v');
  await expect(page.getByTestId('role-Sales')).toContainText(/target/i);
  await expect(page.getByTestId('fact-delimiter')).toContainText(/tab/i);
  await copy('hello');
  const pasteByMenu = () => app.evaluate(({ Menu }) => {
    const item = Menu.getApplicationMenu()!.items.flatMap((top) => top.submenu?.items ?? []).find((entry) => entry.label === 'Paste a table or a text')!;
    item.click();
  });
  await pasteByMenu();
  await expect(page.getByTestId('text-content')).toHaveText('hello');
  await copy('  ');
  await pasteByMenu();
  await expect(page.getByTestId('alert').first()).toContainText('The clipboard holds no text and no table.');
});

test('a file dropped while another is read is opened after it', async ({ studio, dataFolder }) => {
  const large = join(dataFolder, 'large.csv');
  writeFileSync(large, `Row,Value\n${Array.from({ length: 150_000 }, (_, i) => `${i},${i % 17}`).join('\n')}\n`);
  await studio.drop(large);
  await studio.drop(sampleFile('airline-passengers.csv'));
  await expect(studio.page.getByTestId('role-Passengers')).toContainText(/target/i);
  await studio.go('home');
  await expect(studio.page.getByTestId('recent-dataset')).toHaveText([/airline-passengers/, /large/]);
});

test('hundreds of columns: the list grows as it is scrolled, and is filtered', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const wide = join(dataFolder, 'wide.csv');
  const columns = Array.from({ length: 300 }, (_, c) => `sensor_${c}`);
  writeFileSync(wide, `${columns.join(',')}\n${Array.from({ length: 40 }, (_, i) => columns.map((_, c) => i + c).join(',')).join('\n')}\n`);
  await studio.drop(wide);
  await expect(page.getByTestId('column-sensor_0')).toBeVisible();
  await expect(page.getByTestId('column-sensor_200')).toHaveCount(0);
  await page.keyboard.press('/');
  await page.keyboard.type('sensor_200');
  await page.getByTestId('role-sensor_200').click();
  await page.getByRole('option', { name: 'Target', exact: true }).click();
  await expect(page.getByTestId('role-sensor_200')).toContainText(/target/i);
});

test('a second start hands its file to the first window; one that is not there is told', async ({ studio }) => {
  const electron = await resolveElectron({ quiet: true });
  const startWith = (file: string) => new Promise((resolve) => {
    const env = { ...process.env, ...electron.env, UNROLL_DATA_DIR: studio.dataFolder };
    spawn(electron.executablePath, [...electron.args, file], { env, stdio: 'ignore' }).on('exit', resolve);
  });
  await startWith(sampleFile('airline-passengers.csv'));
  await expect(studio.page.getByTestId('role-Passengers')).toContainText(/target/i);
  await startWith(join(studio.dataFolder, 'gone.csv'));
  await expect(studio.page.getByTestId('alert').first()).toContainText('gone.csv');
});
