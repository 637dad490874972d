import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './studio.ts';

const shots = process.env['UNROLL_SHOTS'];

test('hello world by one click: it trains, and goes on from "he" to "hello w"; step by step and two side by side', async ({ studio }) => {
  const { page } = studio;
  const shot = async (name: string) => { if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) }); };
  await page.getByTestId('train-sample-hello').click();
  await expect(page.getByTestId('verdict')).toContainText('bits a character', { timeout: 60_000 });
  await expect(page.getByTestId('shape-X')).toHaveText('(9, 2, 8)');
  await expect(page.getByTestId('shape-output')).toHaveText('(9, 2, 20)');
  await expect(page.getByTestId('shape-y')).toHaveText('(9)');
  await expect(page.getByTestId('progress-accuracy')).toContainText('100');
  await expect(page.getByTestId('text-samples').getByRole('listitem').first()).toContainText('hello world');
  await shot('train-text');
  await page.getByTestId('open-playground').click();
  await expect(page.getByTestId('prompt')).toHaveValue('he');
  await page.getByTestId('write').click();
  await expect(page.getByTestId('written-0')).toHaveText('hello w');

  // A character that it does not know is named; left out or read as the nearest.
  await page.getByTestId('prompt').fill('h\u00e9!');
  await page.getByTestId('write').click();
  await expect(page.getByTestId('alert')).toContainText('"\u00e9" (U+00E9), "!" (U+0021)');
  await shot('playground-strange');
  await page.getByTestId('strange-map').click();
  await expect(page.getByTestId('written-0')).toHaveText('hello w');

  // The first epoch's weights beside the last ones: they have not learnt it yet.
  await page.getByTestId('prompt').fill('he');
  await page.getByTestId('playground-beside').click();
  await page.getByTestId('source-weights-1').click();
  await page.getByRole('option', { name: 'epoch 1', exact: true }).click();
  await page.getByTestId('write').click();
  await expect(page.getByTestId('written-0')).toHaveText('hello w');
  await expect(page.getByTestId('written-1')).not.toHaveText('hello w');
  await shot('playground-beside');
  await page.getByTestId('playground-beside').click();

  await page.getByRole('tab', { name: 'Step by step' }).click();
  await expect(page.getByTestId('candidates-0').getByRole('button').first()).toHaveAccessibleName(/^Write l and go on/);
  await expect(page.getByTestId('state-strip')).toHaveAttribute('data-steps', '2');
  await page.getByTestId('candidate-0-U+006C').click();
  await expect(page.getByTestId('step-text-0')).toHaveText('hel');
  await page.getByTestId('candidate-0-U+006F').click();
  await expect(page.getByTestId('step-text-0')).toHaveText('helo');
  await expect(page.getByTestId('state-strip')).toHaveAttribute('data-steps', '4');
  await page.getByTestId('step-draw-0').click();
  await expect(page.getByTestId('step-text-0')).toHaveText('helo ');
  await shot('playground-step');
  await page.getByTestId('step-back-0').click();
  await expect(page.getByTestId('step-text-0')).toHaveText('helo');

  await studio.go('runs');
  await page.getByText('hello-world RNN 2×20').first().click();
  await expect(page.getByTestId('text-metrics')).toContainText('100');
  await shot('run-text');
});

test('a text of your own: pasted, its characters seen, trained with samples, found again', async ({ studio }) => {
  const { page, app } = studio;
  const shot = async (name: string) => { if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) }); };
  const verse = 'Na\u00efve caf\u00e9s, e\u0301lan \u05e9\u05dc\u05d5\u05dd \ud83d\udc4d\n\tthe cat sat on the mat and the dog sat on the log\n';
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), verse.repeat(30));
  await page.keyboard.press('Control+v');
  await expect(page.getByTestId('text-page')).toBeVisible();
  await expect(page.getByTestId('vocabulary-size')).toContainText('symbols go in and out');
  const rows = page.getByTestId('vocabulary').locator('tbody tr[data-character]');
  await expect(rows.first()).toHaveAttribute('data-character', 'U+0020');
  await expect(page.getByTestId('vocabulary')).toContainText('line feed');
  await expect(page.locator('[data-character="U+1F44D"]')).toContainText('30');
  // NFC makes one character of e and its accent; without it the accent is one of its own.
  await expect(page.locator('[data-character="U+0301"]')).toHaveCount(0);
  await page.getByTestId('normalization').click();
  await page.getByRole('option', { name: 'none' }).click();
  await expect(page.locator('[data-character="U+0301"]')).toContainText('combining mark');
  await page.getByTestId('min-count').fill('40');
  await expect(page.getByTestId('vocabulary-size')).toContainText('the unknown symbol');
  await page.getByTestId('min-count').fill('x');
  await expect(page.getByTestId('min-count-error')).toContainText('must be a whole number');
  await page.getByTestId('min-count').fill('1');
  await shot('data-text');
  await page.getByTestId('setup-training').click();
  await studio.set('window.sequenceLength', '16');
  await studio.set('model.hiddenSize', '24');
  await studio.set('training.epochs', '6');
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('verdict')).toContainText('bits a character', { timeout: 90_000 });
  await expect(page.getByTestId('chart-bits')).toHaveAttribute('data-ready', 'true');
  await expect(page.getByTestId('text-samples').getByRole('listitem')).toHaveCount(4);
  // Two of them compared: by bits and accuracy, not by errors of a series.
  await studio.set('model.hiddenSize', '32');
  await page.getByTestId('train-start').click();
  await expect(page.getByTestId('live-panel')).toHaveAttribute('data-status', 'running');
  await expect(page.getByTestId('verdict')).toContainText('bits a character', { timeout: 90_000 });
  await studio.go('runs');
  await expect(page.locator('[data-testid^="select-run"]')).toHaveCount(2);
  await shot('runs-text');
  for (const select of await page.locator('[data-testid^="select-run"]').all()) await select.click();
  await page.getByTestId('runs-compare').click();
  await expect(page.getByTestId('compare-page')).toContainText('Bits a character');
  await expect(page.getByTestId('compare-page')).not.toContainText('RMSE');
  await shot('compare-text');
  await studio.go('home');
  await shot('home-text');
  await expect(page.getByTestId('recent-dataset')).toContainText(/characters/);
  await page.getByTestId('all-datasets').click();
  await shot('datasets-text');
});

test('texts that cannot be learnt are told why; nothing is lost', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(dataFolder, name);
    writeFileSync(path, content);
    return path;
  };
  await studio.drop(file('empty.md', ''));
  await expect(page.getByTestId('alert').first()).toContainText('The text is empty.');
  await studio.drop(file('same.txt', 'aaaaaaa'));
  await expect(page.getByTestId('text-page')).toContainText('The text has one distinct character only ("a"), so there is nothing to learn.');
  await expect(page.getByTestId('setup-training')).toBeDisabled();
  await studio.drop(file('short.md', 'abc'));
  await expect(page.getByTestId('text-content')).toHaveText('abc');
  await page.getByTestId('setup-training').click();
  await studio.set('window.sequenceLength', '5');
  await expect(page.getByTestId('error-window.sequenceLength')).toContainText('The text has 3 characters, and a sequence length of 5 needs at least 6 (5 in, 1 out).');
  await expect(page.getByTestId('train-start')).toBeDisabled();
  // Half a surrogate pair as CESU-8 has it.
  await studio.drop(file('lone.txt', Uint8Array.from([0x61, 0x62, 0xed, 0xa0, 0x80, 0x63, 0x64])));
  await expect(page.getByTestId('text-content')).toHaveText('ab\ufffdcd');
  await expect(page.getByTestId('text-replaced')).toContainText('1 place');
  // 100 MB are not read: the first characters are offered.
  const big = file('big.md', 'the whale '.repeat(1000));
  truncateSync(big, 100 * 1024 * 1024);
  await studio.drop(big);
  await expect(page.getByText('The text "big.md" has 100 MB; up to 64 MB are read whole.')).toBeVisible();
  await page.getByTestId('sample-n').fill('900');
  await page.getByTestId('sample-open').click();
  await expect(page.getByTestId('fact-characters')).toHaveText('900');
  // A table with sentences: one column is learnt as a text; the file itself can be read as one too.
  await studio.drop(file('reviews.csv', 'stars,words\n1,all of it bad\n2,not so good\n5,very good\n'));
  await page.getByTestId('column-text-words').click();
  await expect(page.getByTestId('text-content')).toHaveText('all of it bad\nnot so good\nvery good');
  await expect(page.getByTestId('fact-column')).toHaveText('words');
  await studio.drop(file('numbers.txt', 'a b\n1 2\n'.repeat(3)));
  await expect(page.getByTestId('text-page')).toBeVisible();
});
