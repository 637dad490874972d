import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, launchStudio, root, sampleFile, test } from './studio.ts';

test('axe-core finds nothing serious on the pages of groups, texts, sequences and comparisons, in either theme', async ({ dataFolder }) => {
  test.setTimeout(300_000);
  const db = join(dataFolder, 'unroll.db');
  const cli = (...args: string[]) => execFileSync(process.execPath, ['--no-warnings', join(root, 'src/cli/unroll.ts'), ...args, '--db', db], { encoding: 'utf8' });
  writeFileSync(join(dataFolder, 'hello.txt'), 'hello world. '.repeat(60));
  writeFileSync(join(dataFolder, 'labels.csv'), `seq,label\n${Array.from({ length: 60 }, (_, i) => `abcdef${i % 2 === 0 ? 'x' : 'y'},${i % 2 === 0 ? 'even' : 'odd'}`).join('\n')}\n`);
  cli('train', join(dataFolder, 'hello.txt'), '--task', 'char', '--epochs', '2', '--sequence', '10');
  cli('train', join(dataFolder, 'labels.csv'), '--task', 'classify', '--epochs', '2');
  cli('train', sampleFile('us-treasury-10y-monthly.csv'), '--target', 'Rate', '--epochs', '2', '--seeds', '2');
  interface Run { id: string; spec: { task: string }; group: { id: string } | null }
  const runs = cli('runs', '--json').trim().split('\n').map((line) => JSON.parse(line) as Run);
  const idOf = (task: string) => runs.find(({ spec }) => spec.task === task)!.id;
  const [char, classify] = [idOf('char'), idOf('classify')];
  const pair = runs.filter(({ group }) => group !== null);
  const pages: [path: string, drawn: string][] = [
    [`/groups/${pair[0]!.group!.id}`, 'group-summary'], [`/compare?ids=${pair.map(({ id }) => id).join(',')}`, 'compare-groups'],
    [`/runs/${char}`, 'run-page'], [`/runs/${char}/playground`, 'playground'], [`/runs/${char}/insight`, 'states-heat'],
    [`/runs/${pair[0]!.id}/new-file`, 'nav-runs'], [`/runs/${classify}`, 'confusion'], [`/runs/${classify}/insight`, 'states-heat'],
  ];
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  const found: string[] = [];
  const check = async (where: string) => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    for (const { id, impact, nodes } of violations) if (impact === 'serious' || impact === 'critical') for (const { target } of nodes) found.push(`${where}: ${id} (${impact}) at ${target.join(' ')}`);
  };
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((chosen) => window.unroll.invoke('settings.set', { theme: chosen, locale: 'en' }), theme);
    await page.reload();
    await page.getByTestId('nav-home').waitFor();
    for (const [path, drawn] of pages) {
      await page.evaluate((hash) => { location.hash = hash; }, path);
      await page.getByTestId(drawn).first().waitFor();
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      await check(`${path.replace(/(run|group)-[\w-]+/g, 'ID')} ${theme}`);
    }
    // Train, for a text and for sequences.
    for (const [id, task] of [[char, 'char'], [classify, 'classify']] as const) {
      await page.evaluate((hash) => { location.hash = hash; }, `/runs/${id}`);
      await page.getByTestId('train-again').click();
      await page.getByTestId('train-page').waitFor();
      await check(`/train ${task} ${theme}`);
    }
  }
  await studio.quit();
  expect([...new Set(found)]).toEqual([]);
});
