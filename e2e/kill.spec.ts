import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Rng } from '../src/engine/rng.ts';
import { expect, launchStudio, root, sampleFile, test, type Studio } from './studio.ts';

/** How often something is killed: a few in CI, a hundred with `npm run kill-test`. */
const KILLS = Number(process.env['UNROLL_KILLS'] ?? 6);
const SEED = Number(process.env['UNROLL_KILL_SEED'] ?? Date.now() % 1_000_000);

interface Stored { losses: number[]; checkpoint: number; status: string; check: string }

/** What the database holds, read by another process than the studio's. */
function stored(folder: string, id: string): Stored {
  const db = new Database(join(folder, 'unroll.db'), { readonly: true, timeout: 10_000 });
  try {
    const rows = db.prepare('SELECT epoch, train_loss FROM epochs WHERE run_id = ? ORDER BY epoch').all(id) as { epoch: number; train_loss: number }[];
    expect(rows.every(({ epoch }, i) => epoch === i + 1), 'no epoch is missing').toBe(true);
    return {
      losses: rows.map((row) => row.train_loss), check: db.pragma('integrity_check', { simple: true }) as string,
      checkpoint: (db.prepare("SELECT epoch FROM checkpoints WHERE run_id = ? AND kind = 'last'").pluck().get(id) as number | undefined) ?? 0,
      status: db.prepare('SELECT status FROM runs WHERE id = ?').pluck().get(id) as string,
    };
  } finally {
    db.close();
  }
}

/** Lets the run go on; comes back when it has told an epoch of this sitting. */
async function go(studio: Studio, id: string): Promise<void> {
  await studio.page.evaluate(async (runId) => {
    const told = new Promise<void>((resolve) => { const stop = window.unroll.on('run.event', (event) => { if (event.type === 'epochs') { stop(); resolve(); } }); });
    const reply = await window.unroll.invoke('run.resume', { id: runId });
    if (!reply.ok) throw new Error(reply.error.message);
    await told;
  }, id);
}

const gone = (pid: number) => { try { process.kill(pid, 0); return false; } catch { return true; } };

test(`the app or the trainer is killed ${KILLS} times: nothing stored is lost, and the run ends as one that was left alone`, async ({ dataFolder }) => {
  test.setTimeout(120_000 + KILLS * 30_000);
  const rng = new Rng(SEED);
  console.log(`kill seed: ${SEED}`);
  let studio = await launchStudio(dataFolder);
  await studio.page.getByTestId('sample-gs10').click();
  await studio.page.getByTestId('setup-training').click();
  await studio.set('training.epochs', 100_000);
  await studio.page.getByTestId('train-start').click();
  await expect(studio.page.getByTestId('chart-loss')).toHaveAttribute('data-points', /[1-9]/);
  const id = (await studio.page.getByTestId('live-panel').getAttribute('data-run'))!;
  let before: Stored = { losses: [], checkpoint: 0, status: 'running', check: 'ok' };
  const killed = { app: 0, trainer: 0 };
  for (let i = 0; i < KILLS; i++) {
    // A random moment: there is no event to wait for.
    await new Promise((resolve) => { setTimeout(resolve, rng.below(2500)); });
    before = stored(dataFolder, id);
    const trainer = (await studio.trainerPid())!;
    const app = rng.below(2) === 0;
    killed[app ? 'app' : 'trainer']++;
    if (app) {
      const pid = studio.app.process().pid!;
      const closed = studio.app.waitForEvent('close', { timeout: 30_000 });
      process.kill(pid, 'SIGKILL');
      await closed;
      // Its trainer must not train on where nobody can stop it.
      await expect.poll(() => gone(trainer), { timeout: 15_000 }).toBe(true);
      studio = await launchStudio(dataFolder);
    } else {
      process.kill(trainer, 'SIGKILL');
      await expect.poll(() => stored(dataFolder, id).status).toBe('interrupted');
    }
    const after = stored(dataFolder, id);
    expect(after.check).toBe('ok');
    expect(after.status).toBe('interrupted');
    expect(after.losses.slice(0, before.losses.length), `epochs stored before kill ${i + 1}`).toEqual(before.losses);
    expect(after.checkpoint).toBeGreaterThanOrEqual(before.checkpoint);
    await go(studio, id);
    const reply = await studio.page.evaluate((runId) => window.unroll.invoke('run.history', { id: runId }), id);
    if (!reply.ok) throw new Error(reply.error.message);
    expect(reply.value.entries.findLast(({ kind }) => kind === 'resumed')!.details['epoch'], 'it goes on at its last checkpoint').toBe(after.checkpoint);
    expect(stored(dataFolder, id).losses.slice(0, after.losses.length), 'epochs trained again have the same losses').toEqual(after.losses);
  }
  await studio.quit();
  const { losses } = stored(dataFolder, id);
  console.log(`killed ${killed.app} times the app, ${killed.trainer} times the trainer; ${losses.length} epochs`);

  // The same settings, left alone: the same losses, number for number.
  const count = Math.min(losses.length, 5_000);
  const spec = JSON.parse(new Database(join(dataFolder, 'unroll.db'), { readonly: true }).prepare('SELECT spec FROM runs WHERE id = ?').pluck().get(id) as string) as { roles: { target: string }; training: { batchSize: number; learningRate: number; seed: number }; window: { sequenceLength: number } };
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/unroll.mjs'), 'train', sampleFile('us-treasury-10y-monthly.csv'), '--target', 'Rate', '--epochs', String(count), '--sequence', String(spec.window.sequenceLength),
    '--batch', String(spec.training.batchSize), '--lr', String(spec.training.learningRate), '--seed', String(spec.training.seed), '--json', '--db', join(dataFolder, 'alone.db')], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const alone = stdout.trim().split('\n').map((line) => JSON.parse(line) as { event: string; trainLoss: number }).filter(({ event }) => event === 'epoch').map(({ trainLoss }) => trainLoss);
  expect(alone, stderr).toEqual(losses.slice(0, count));
});
