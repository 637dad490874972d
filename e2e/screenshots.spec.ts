import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, root, test, type Studio } from './studio.ts';

// Every page in both themes and both languages, for a person to look at, and for the README (English, both themes).
const folder = join(root, 'docs/screenshots');
const extra = join(root, 'test-results/screenshots');

async function show(studio: Studio, theme: 'light' | 'dark', locale: 'en' | 'zh-CN'): Promise<void> {
  await studio.page.evaluate((settings) => window.unroll.invoke('settings.set', settings), { theme, locale });
  await studio.page.reload();
  await studio.go('home');
}

async function shoot(studio: Studio, name: string, theme: string, locale: string): Promise<void> {
  const path = locale === 'en' ? join(folder, `${name}-${theme}.png`) : join(extra, `${name}-${theme}-${locale}.png`);
  await studio.page.screenshot({ path });
}

test('screenshots of every page in both themes', async ({ studio }) => {
  test.setTimeout(180_000);
  mkdirSync(folder, { recursive: true });
  mkdirSync(extra, { recursive: true });
  const { page } = studio;
  await page.setViewportSize({ width: 1280, height: 840 });
  for (const sample of ['airline', 'gs10']) {
    await studio.go('home');
    await page.getByTestId(`sample-${sample}`).click();
    await page.getByTestId('setup-training').click();
    await studio.set('training.epochs', 100);
    await studio.train();
  }
  for (const theme of ['light', 'dark'] as const) {
    for (const locale of ['en', 'zh-CN'] as const) {
      await show(studio, theme, locale);
      await expect(page.getByTestId('recent-run').first()).toBeVisible();
      await shoot(studio, 'home', theme, locale);
      await page.getByTestId('sample-gs10').click();
      await expect(page.getByTestId('role-Rate')).toBeVisible();
      await expect(page.getByTestId('chart-series')).toHaveAttribute('data-ready', 'true');
      await shoot(studio, 'data', theme, locale);
      await page.getByTestId('setup-training').click();
      await expect(page.getByTestId('shape-X')).toBeVisible();
      await shoot(studio, 'train', theme, locale);
      await studio.go('runs');
      await expect(page.getByTestId('runs-table')).toBeVisible();
      await shoot(studio, 'runs', theme, locale);
      const boxes = page.locator('[data-testid^="select-run"]');
      await expect(boxes).toHaveCount(2);
      for (const box of await boxes.all()) await box.click();
      await page.getByTestId('runs-compare').click();
      await expect(page.getByTestId('chart-compare')).toHaveAttribute('data-ready', 'true');
      await shoot(studio, 'compare', theme, locale);
      await studio.go('home');
      await page.getByTestId('recent-run').first().click();
      await expect(page.getByTestId('chart-predictions')).toHaveAttribute('data-ready', 'true');
      await shoot(studio, 'run', theme, locale);
      await studio.go('engines');
      await expect(page.getByTestId('engine-wasm')).toBeVisible();
      await expect(page.getByTestId('install-installed')).toBeVisible();
      await shoot(studio, 'engines', theme, locale);
      await studio.go('settings');
      await shoot(studio, 'settings', theme, locale);
    }
  }
});
