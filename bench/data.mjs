// npm run bench:data [-- --rows N] [-- --json]: a file of two million rows in the real app, from the drop to the first
// chart, zoomed, scrolled and trained on. Prints what each took, the longest task of the window and of main, and the memory.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron } from '@playwright/test';
import { resolveElectron } from '../scripts/electron/resolve.mjs';
import { root } from '../scripts/setup/paths.mjs';
import { writeSeries } from './data-file.mjs';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '2000000' }, json: { type: 'boolean' }, keep: { type: 'boolean' } } });
const rows = Number(values.rows);
const file = join(root, 'bench/.data', `series-${rows}.csv`);
const bytes = writeSeries(file, rows);
const folder = mkdtempSync(join(tmpdir(), 'unroll-bench-'));
const electron = await resolveElectron({ quiet: true });
const app = await _electron.launch({ executablePath: electron.executablePath, args: electron.args, env: { ...process.env, ...electron.env, UNROLL_DATA_DIR: folder, LANG: 'en_US.UTF-8' } });
const page = await app.firstWindow();
await page.getByTestId('nav-home').waitFor();
await page.getByTestId('sample-gs10').waitFor();

// The longest time for which main did not come round to a timer of 5 ms, and the largest sum of all processes.
await app.evaluate(({ app: electronApp }) => {
  const seen = { blocked: 0, memory: 0 };
  globalThis.benchSeen = seen;
  let last = performance.now();
  setInterval(() => { const now = performance.now(); seen.blocked = Math.max(seen.blocked, now - last - 5); last = now; }, 5);
  // Private memory: what processes share counts once, in main.
  setInterval(() => { seen.memory = Math.max(seen.memory, electronApp.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0) * 1024); }, 100);
});
await page.evaluate(() => {
  window.benchTasks = [];
  new PerformanceObserver((list) => { for (const { duration, startTime } of list.getEntries()) window.benchTasks.push({ startTime, duration }); }).observe({ type: 'longtask', buffered: false });
});

/** The longest tasks of the window's main thread, in milliseconds of its own processor time: on a busy machine the time on the clock says how busy it is. */
async function longestOf(path) {
  const { traceEvents } = JSON.parse(readFileSync(path, 'utf8'));
  const threads = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`));
  return traceEvents.reduce((most, { name, pid, tid, tdur = 0 }) => (/RunTask$/.test(name) && threads.has(`${pid}/${tid}`) ? Math.max(most, tdur / 1000) : most), 0);
}

const steps = [];
async function step(name, action) {
  await app.evaluate(({ contentTracing }) => contentTracing.startRecording({ included_categories: ['toplevel', 'disabled-by-default-devtools.timeline'], excluded_categories: ['*'] }));
  await page.evaluate(() => { window.benchTasks.length = 0; });
  await app.evaluate(() => { globalThis.benchSeen.blocked = 0; });
  const began = performance.now();
  await action();
  const ms = performance.now() - began;
  const task = await page.evaluate(() => window.benchTasks.reduce((most, { duration }) => Math.max(most, duration), 0));
  const { blocked, memory } = await app.evaluate(() => globalThis.benchSeen);
  const trace = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
  const own = await longestOf(trace);
  rmSync(trace, { force: true });
  steps.push({ name, ms: Math.round(ms), longestTaskMs: Math.round(task), longestTaskOwnMs: Math.round(own), mainBlockedMs: Math.round(blocked), peakMB: Math.round(memory / 1e6) });
  if (!values.json) process.stdout.write(`${name.padEnd(44)} ${String(Math.round(ms)).padStart(6)} ms   window's longest task ${String(Math.round(task)).padStart(4)} ms (${String(Math.round(own)).padStart(3)} ms of its own)   main blocked ${String(Math.round(blocked)).padStart(4)} ms   memory so far ${Math.round(memory / 1e6)} MB\n`);
}

if (!values.json) process.stdout.write(`${rows} rows, ${(bytes / 1e6).toFixed(0)} MB, on ${(await import('node:os')).cpus().length} cores\n`);
await step('drop to the first chart', async () => {
  const cdp = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop']) await cdp.send('Input.dispatchDragEvent', { type, x: 640, y: 420, data: { items: [], files: [file], dragOperationsMask: 1 } });
  await cdp.detach();
  await page.locator('[data-testid="data-page"] figure[data-ready="true"]').first().waitFor({ timeout: 120_000 });
});
await step('a second later (the copy is kept)', () => page.waitForTimeout(2500));
await step('the data doctor has looked', () => page.locator('[data-testid="doctor"][aria-busy="false"]').waitFor({ timeout: 60_000 }));
await step('zoom into the chart', async () => {
  await page.locator('[data-testid="data-page"] figure').first().hover();
  for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -240);
  await page.getByTestId('zoom-reset').first().click({ timeout: 10_000 });
});
await step('to the last row of the table', async () => {
  const scroller = page.locator('[data-testid="data-page"] table').last().locator('xpath=..');
  await scroller.evaluate((element) => { element.scrollTop = element.scrollHeight; });
  await page.getByText((rows + 1).toLocaleString('en'), { exact: true }).first().waitFor({ timeout: 30_000 });
});
await step('a difference is previewed and added', async () => {
  await page.getByTestId('transform').click();
  await page.getByTestId('transform-change').waitFor({ timeout: 60_000 });
  await page.getByTestId('transform-add').click();
  await page.getByTestId('recipe-step').waitFor({ timeout: 60_000 });
  await page.locator('[data-testid="doctor"][aria-busy="false"]').waitFor({ timeout: 60_000 });
});
await step('and taken back', async () => {
  await page.getByTestId('recipe-remove').click();
  await page.getByTestId('recipe-step').waitFor({ state: 'detached', timeout: 60_000 });
  await page.locator('[data-testid="doctor"][aria-busy="false"]').waitFor({ timeout: 60_000 });
});
await step('from the settings to the first batch', async () => {
  await page.getByTestId('setup-training').click();
  await page.getByTestId('field-training.epochs').fill('1');
  await page.getByTestId('train-start').click();
  await page.getByTestId('progress-epoch').waitFor({ timeout: 120_000 });
});
await step('cancel', async () => {
  await page.getByTestId('train-cancel').click();
  await page.getByTestId('train-start').waitFor({ timeout: 60_000 });
});
if (values.json) process.stdout.write(`${JSON.stringify({ rows, bytes, steps })}\n`);
await app.evaluate(({ dialog }) => { dialog.showMessageBoxSync = () => 0; });
await app.close();
if (!values.keep) rmSync(folder, { recursive: true, force: true });
