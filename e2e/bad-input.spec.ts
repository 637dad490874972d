import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './studio.ts';

const rows = (n: number) => Array.from({ length: n }, (_, i) => `${1950 + i},${i % 7}`);
const good = `Year,Value\n${rows(60).join('\n')}\n`;

const refused: [name: string, content: string | Uint8Array, says: RegExp][] = [
  ['empty.csv', '', /empty/i],
  ['header.csv', 'Date,Rate\n', /only a header|no rows|header/i],
  ['binary.csv', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256), /not a text|binary/i],
];

for (const [name, content, says] of refused) {
  test(`${name} is refused with one sentence, and the app goes on`, async ({ studio, dataFolder }) => {
    const path = join(dataFolder, name);
    writeFileSync(path, content);
    await studio.drop(path);
    const alert = studio.page.getByTestId('alert').first();
    await expect(alert).toContainText(says);
    await expect(alert).toContainText(name);
    await studio.page.getByTestId('nav-home').click();
    await studio.page.getByTestId('sample-gs10').click();
    await expect(studio.page.getByTestId('role-Rate')).toContainText(/target/i);
  });
}

const explained: [name: string, content: string, column: string, says: RegExp][] = [
  ['words.csv', good.replace('1960,3', '1960,n/a'), 'Value', /line 12.*n\/a/i],
  ['missing.csv', good.replace('1960,3', '1960,'), 'Value', /line 12.*empty/i],
  ['text.csv', `Name\n${'abc\n'.repeat(20)}`, 'Name', /number/i],
];

for (const [name, content, column, says] of explained) {
  test(`${name}: the column says what is wrong, and training cannot start`, async ({ studio, dataFolder }) => {
    const path = join(dataFolder, name);
    writeFileSync(path, content);
    await studio.drop(path);
    await expect(studio.page.getByTestId(`column-${column}`)).toContainText(says);
    await expect(studio.page.getByTestId('setup-training')).toBeDisabled();
  });
}

test('a setting out of range says so at its field', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-gs10').click();
  await page.getByTestId('setup-training').click();
  for (const field of ['window.sequenceLength', 'model.hiddenSize']) {
    const before = await page.getByTestId(`field-${field}`).inputValue();
    for (const value of ['0', '-1', '1.5', '1e9', '']) {
      await studio.set(field, value);
      await expect(page.getByTestId(`error-${field}`), `${field} = ${value}`).toContainText(/whole number from 1 to/);
      await expect(page.getByTestId('train-start')).toBeDisabled();
    }
    await studio.set(field, before);
    await expect(page.getByTestId('train-start')).toBeEnabled();
  }
});

test('fewer rows than the sequence length is said at the sequence length', async ({ studio, dataFolder }) => {
  const path = join(dataFolder, 'short.csv');
  writeFileSync(path, `Year,Value\n${rows(8).join('\n')}\n`);
  await studio.drop(path);
  await studio.page.getByTestId('setup-training').click();
  await studio.set('window.sequenceLength', 12);
  await expect(studio.page.getByTestId('error-window.sequenceLength')).toContainText('8 rows');
  await expect(studio.page.getByTestId('train-start')).toBeDisabled();
});

test('a folder is explained', async ({ studio, dataFolder }) => {
  const folder = join(dataFolder, 'folder.csv');
  mkdirSync(folder);
  await studio.drop(folder);
  await expect(studio.page.getByTestId('alert').first()).toContainText(/folder/);
});

test('a file that may not be read is explained', async ({ studio, dataFolder }) => {
  test.skip(process.getuid?.() === 0, 'root reads every file: the missing permission cannot be made here');
  const secret = join(dataFolder, 'secret.csv');
  writeFileSync(secret, good);
  chmodSync(secret, 0);
  await studio.drop(secret);
  await expect(studio.page.getByTestId('alert').first()).toContainText(/may not be read/);
});
