import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Studio } from './studio.ts';

/** What axe-core finds on the page as it stands; only what it calls serious or critical counts. */
async function findings(studio: Studio, where: string): Promise<string[]> {
  // Electron cannot open the blank page in which axe would put its results together.
  const { violations } = await new AxeBuilder({ page: studio.page }).setLegacyMode().analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) => nodes.map(({ target, failureSummary }) => `${where}: ${id} (${impact}) at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

test('axe-core finds nothing serious on any page, in either theme', async ({ studio }) => {
  test.setTimeout(300_000);
  const { page } = studio;
  await page.getByTestId('sample-airline').click();
  await page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 3);
  await studio.set('window.horizon', 2);
  await studio.train();
  const id = await page.getByTestId('live-panel').getAttribute('data-run');
  const go = (path: string) => page.evaluate((hash) => { location.hash = hash; }, path);
  // Each with something that stands there once it is drawn.
  const pages: [path: string, drawn: string][] = [
    ['/', 'sample-airline'], ['/data', 'nav-data'], ['/datasets', 'nav-data'], ['/train', 'train-page'], ['/runs', 'runs-table'], [`/runs/${id}`, 'gradient-panel'],
    [`/runs/${id}/insight`, 'worth-panel'], [`/compare?ids=${id}`, 'nav-runs'], ['/queue', 'nav-runs'], ['/engines', 'nav-engines'], ['/settings', 'nav-settings'],
    ...['memory', 'unrolled', 'handwritten', 'hello', 'gs10', 'shapes', 'weaknesses'].map((lesson): [string, string] => [`/lessons/${lesson}`, 'lessons-page']),
  ];
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((chosen) => window.unroll.invoke('settings.set', { theme: chosen, locale: 'en' }), theme);
    await page.reload();
    await page.getByTestId('nav-home').waitFor();
    for (const [path, drawn] of pages) {
      await go(path);
      await page.getByTestId(drawn).first().waitFor();
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      found.push(...await findings(studio, `${path.replace(id!, 'ID')} ${theme}`));
    }
  }
  expect([...new Set(found)]).toEqual([]);
});

test('every place is reached and used without a mouse', async ({ studio }) => {
  const { page } = studio;
  await page.getByTestId('sample-airline').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('setup-training').focus();
  await page.keyboard.press('Enter');
  await studio.set('training.epochs', 3);
  await expect(page.getByTestId('train-start')).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('verdict')).toBeVisible({ timeout: 60_000 });
  await page.getByTestId('open-run').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('run-insight').focus();
  await page.keyboard.press('Enter');
  // The window is moved along the series by the arrow keys.
  const states = page.getByTestId('states-start');
  await states.focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('states-heat')).toHaveAttribute('data-start', '0');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('states-heat')).toHaveAttribute('data-start', '1');
  // Tab alone leads from the first control to the last and round again, and focus is never lost on the way.
  const lost = await page.evaluate(() => document.querySelectorAll('[tabindex]:not([tabindex="-1"]):not([tabindex="0"])').length);
  expect(lost).toBe(0);
  for (const place of ['1', '2', '3', '4', '5']) {
    await page.keyboard.press(`Control+${place}`);
    // A place that is still drawn takes away what Tab has reached in the one before, and behind the last control Tab leaves the page once.
    await expect(async () => {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => (document.activeElement?.matches('a, button, input, select, textarea, [tabindex="0"]') === true ? 'a control' : document.activeElement?.outerHTML.slice(0, 200)));
      expect(focused, `on place ${place}`).toBe('a control');
    }).toPass({ timeout: 5_000 });
  }
});
