import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Studio } from './studio.ts';

/** A shop: sales follow the weekday, the weather and a promotion that is known beforehand. */
function shop(): string {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const promo = (i * 7) % 10 < 3;
    const weather = ['sun', 'rain', 'cloud'][(i * i + Math.floor(i / 4)) % 3]!;
    const sales = 100 + 20 * Math.sin((2 * Math.PI * i) / 7) + (promo ? 40 : 0) + (weather === 'sun' ? 15 : 0) + ((i * 37) % 11);
    return `${new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10)},${sales.toFixed(1)},${(sales * 3 + ((i * 13) % 17)).toFixed(0)},${weather},${promo ? 'yes' : 'no'}`;
  });
  return `day,sales,visits,weather,promo\n${rows.join('\n')}\n`;
}

async function choose(studio: Studio, testId: string, option: string): Promise<void> {
  await studio.page.getByTestId(testId).click();
  await studio.page.getByRole('option', { name: option, exact: true }).click();
}

/** In both themes and both languages, for a person to look at; the folder is not kept with the sources. */
async function shoot(studio: Studio, name: string, ready: string): Promise<void> {
  const folder = process.env['UNROLL_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await studio.page.setViewportSize({ width: 1280, height: 800 });
  for (const [theme, locale] of [['light', 'en'], ['dark', 'zh-CN']] as const) {
    await studio.page.evaluate((settings) => window.unroll.invoke('settings.set', settings), { theme, locale });
    await studio.page.reload();
    await studio.page.getByTestId('nav-home').waitFor();
    await studio.page.getByTestId(ready).scrollIntoViewIfNeeded();
    await studio.page.screenshot({ path: join(folder, `${name}-${theme}-${locale}.png`) });
  }
  await studio.page.evaluate((settings) => window.unroll.invoke('settings.set', settings), { theme: 'light' as const, locale: 'en' as const });
  await studio.page.reload();
}

test('two targets are trained with words, the calendar and an input known in the future, split by date', async ({ studio, dataFolder }) => {
  const { page } = studio;
  const file = join(dataFolder, 'shop.csv');
  writeFileSync(file, shop());
  await studio.drop(file);
  await expect(page.getByTestId('data-page')).toBeVisible();

  // Roles: a further target, two columns of words, what the calendar says.
  await choose(studio, 'role-visits', 'Target');
  await choose(studio, 'role-sales', 'Further target');
  await choose(studio, 'role-weather', 'Input');
  await expect(page.getByTestId('categories-weather')).toHaveText('3 categories: cloud, rain, sun');
  await choose(studio, 'encoding-weather', 'as a code');
  await choose(studio, 'encoding-weather', 'one-hot');
  await choose(studio, 'role-promo', 'Input');
  await expect(page.getByTestId('categories-promo')).toHaveText('1: yes · 0: no');
  await page.getByTestId('known-promo').click();
  await page.getByTestId('calendar-proposed').click();
  await expect(page.getByTestId('calendar-weekday')).toBeChecked();
  await expect(page.getByTestId('calendar-hour')).not.toBeChecked();
  await shoot(studio, 'roles', 'calendar-inputs');

  await page.getByTestId('setup-training').click();
  await studio.set('window.horizon', 2);
  // visits, sales, three kinds of weather, promo one and two days ahead, sine and cosine of weekday and month
  await expect(page.getByTestId('shape-X')).toContainText('7, 11)');
  await expect(page.getByTestId('shape-y')).toContainText('2, 2)');

  // The split: a handle is moved by the keyboard, then by the mouse; then it is said by date.
  await page.getByTestId('split-handle-test').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('field-split.test')).toHaveValue('0.14');
  const handle = (await page.getByTestId('split-handle-validation').boundingBox())!;
  const strip = (await page.getByTestId('split-strip').boundingBox())!;
  await page.mouse.move(handle.x + handle.width / 2, handle.y + 10);
  await page.mouse.down();
  await page.mouse.move(strip.x + strip.width * 0.6, handle.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTestId('field-split.train')).toHaveValue('0.6');
  await choose(studio, 'field-split.by', 'dates');
  await expect(page.getByTestId('field-split.validationFrom')).toHaveValue('2023-06-30');
  await page.getByTestId('field-split.testFrom').fill('2030-01-01');
  await expect(page.getByTestId('train-reason')).toContainText('The test part cannot begin at 2030-01-01: the data goes from 2023-01-01 to 2023-10-27.');
  await expect(page.getByTestId('train-start')).toBeDisabled();
  await page.getByTestId('field-split.testFrom').fill('2023-09-15');
  await expect(page.getByTestId('train-start')).toBeEnabled();
  await expect(page.getByTestId('scaling-fitted')).toContainText('fitted on the training part alone');
  await expect(page.getByTestId('scaling-fitted')).toContainText('visits: (value −');

  // One window, step by step, with the file's own values.
  await page.getByTestId('window-open').click();
  const picture = page.getByTestId('window-picture');
  await page.getByTestId('window-range').fill('0');
  await expect(page.getByTestId('window-at')).toHaveText('from row 0 of 0 to 291');
  await expect(picture.getByRole('row').nth(1)).toContainText('Jan 1, 2023465155');
  await page.getByTestId('window-after').click();
  await expect(page.getByTestId('window-at')).toHaveText('from row 1 of 0 to 291');
  await shoot(studio, 'window', 'window-picture');

  await page.getByTestId('level-essentials').waitFor();
  await studio.set('training.epochs', 60);
  await studio.set('training.learningRate', 0.01);
  await studio.train();
  await page.getByTestId('open-run').click();
  const errorOf = () => page.getByTestId('metric-test-rmse').getAttribute('data-value').then(Number);
  await expect(page.getByTestId('metrics-all')).toContainText('Test');
  const visits = await errorOf();
  await choose(studio, 'target-choice', 'sales');
  await expect.poll(errorOf).not.toBe(visits);
  expect(await errorOf()).toBeLessThan(Number(await page.getByTestId('persistence-test-rmse').getAttribute('data-value')) / 2);
  await shoot(studio, 'run', 'metrics-all');

  // The forecast asks for the promotion.
  await page.getByTestId('run-insight').click();
  await page.getByTestId('forecast-steps').fill('2');
  await page.getByTestId('forecast-steps').blur();
  await expect(page.getByTestId('forecast-said')).toContainText('needs the values');
  await page.getByTestId('forecast-known-promo').fill('yes, no');
  await page.getByTestId('forecast-now').click();
  await expect(page.getByTestId('chart-forecast')).toBeVisible();
  await shoot(studio, 'forecast', 'forecast-panel');
});
