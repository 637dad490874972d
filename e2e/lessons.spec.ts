import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, root, test, type Studio } from './studio.ts';

// Every lesson, in both languages, on the real backends.
const folder = join(root, 'test-results/screenshots');

async function language(studio: Studio, locale: 'en' | 'zh-CN', theme: 'light' | 'dark'): Promise<void> {
  await studio.page.evaluate((settings) => window.unroll.invoke('settings.set', settings), { theme, locale });
  await studio.page.reload();
  await studio.go('lessons');
}

for (const [locale, theme] of [['en', 'light'], ['zh-CN', 'dark']] as const) {
  test(`the article, step by step, in ${locale}`, async ({ studio }) => {
    const { page } = studio;
    mkdirSync(folder, { recursive: true });
    await page.setViewportSize({ width: 1280, height: 840 });
    await language(studio, locale, theme);
    const shoot = (name: string) => page.screenshot({ path: join(folder, `lesson-${name}-${locale}.png`) });
    const next = () => page.getByTestId('lesson-next').click();

    // 1: memory fades, and the sequence length cuts it off.
    await page.getByTestId('lesson-recurrent').fill('0.5');
    await page.getByTestId('lesson-sequence').fill('8');
    await expect(page.getByTestId('lesson-said')).toContainText(locale === 'en' ? 'halves every 1 steps' : '每 1 步减半');
    await expect(page.getByTestId('lesson-chart')).toHaveAttribute('data-points', '8');
    await shoot('1');
    // 2: h_t = f(x_t, h_t-1).
    await next();
    await page.getByTestId('lesson-x').fill('1, 0');
    await page.getByTestId('lesson-u').fill('0.5');
    await expect(page.getByTestId('unrolled-step')).toHaveCount(2);
    await expect(page.getByTestId('unrolled-step').nth(1)).toContainText('0.363'); // tanh(0.5 tanh(1))
    await shoot('2');
    // 3: by hand and nn.RNN.
    await next();
    await expect(page.getByTestId('tensor-i2h.weight')).toContainText('(3, 5)');
    await expect(page.getByTestId('handwritten-table')).toBeVisible();
    await shoot('3');
    // 4: hello world.
    await next();
    await expect(page.getByTestId('hello-generated')).toHaveText('hello w');
    await expect(page.getByTestId('hello-X')).toHaveText('(9, 2, 8)');
    await expect(page.getByTestId('hello-output')).toHaveText('(9, 2, 20)');
    await expect(page.getByTestId('hello-y')).toHaveText('(9)');
    await shoot('4');
    await page.getByTestId('lesson-prompt').fill('xy');
    await expect(page.getByRole('alert')).toContainText('x');
    // 5: GS10.
    await next();
    await expect(page.getByTestId('lesson-open-gs10')).toBeVisible();
    await shoot('5');
    // 6: shapes and targets.
    await next();
    await expect(page.getByTestId('tensor-output').getByTestId('shape')).toHaveText('(5, 3, 20)');
    await expect(page.getByTestId('tensor-h_n').getByTestId('shape')).toHaveText('(1, 5, 20)');
    await expect(page.getByTestId('tensor-y_hat').getByTestId('shape')).toHaveText('(5, 3, 1)');
    await page.getByTestId('lesson-head').click();
    await page.getByRole('option').first().click();
    await expect(page.getByTestId('lesson-mismatch')).toContainText('(5, 1)');
    await shoot('6');
    await page.getByTestId('lesson-target').click();
    await page.getByRole('option').first().click();
    await expect(page.getByTestId('tensor-y').getByTestId('shape')).toHaveText('(5, 1)');
    await page.getByTestId('lesson-batched').click();
    await expect(page.getByTestId('tensor-X').getByTestId('shape')).toHaveText('(3, 10)');
    // 7: the plain RNN forgets.
    await next();
    await page.getByTestId('lesson-train').click();
    await expect(page.getByTestId('lesson-said')).toContainText('80', { timeout: 60_000 });
    const cells = page.getByTestId('recall-table').locator('tbody tr').last().locator('td');
    expect(Number.parseFloat(await cells.nth(1).innerText())).toBeLessThan(60);
    expect(Number.parseFloat(await cells.nth(3).innerText())).toBeGreaterThan(90);
    await shoot('7');
  });
}

test('from a lesson one click opens its data in the studio', async ({ studio }) => {
  await studio.go('lessons');
  await studio.page.getByTestId('lesson-nav-gs10').click();
  await studio.page.getByTestId('lesson-open-gs10').click();
  await expect(studio.page.getByTestId('role-Rate')).toBeVisible();
});
