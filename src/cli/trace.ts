import { applyRecipe, seriesTable } from '../data/index.ts';
import type { Trace } from '../engine/backend.ts';
import { decodeCheckpoint } from '../formats/checkpoint.ts';
import { inputError } from '../shared/errors.ts';
import { forecastSpec } from '../shared/spec.ts';
import { withBackend } from '../training/open.ts';
import { engines } from './engines.ts';
import { numberOr, type Options } from './options.ts';
import { openStore, tableOfDataset } from './store.ts';
import { figure, table } from './tables.ts';

/**
 * `unroll trace ID --window N`: what a trained network holds at each step of one window, and how strongly its output
 * still depends on each step's state (the norm of d output / d h_t: the gradient through time).
 */
export async function traceRun({ values, positionals: [id, ...more] }: Options): Promise<number> {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', 'unroll trace needs one run id.', { hint: 'unroll runs lists them.' });
  const storage = openStore(values['db']);
  try {
    const run = storage.runs.find(id);
    const spec = forecastSpec(run.spec);
    const checkpoint = storage.checkpoints.get(run.id);
    if (checkpoint === null || run.datasetId === null) throw inputError('trace.no-weights', `The run ${run.id} has no stored weights.`, { hint: 'Choose a run that is done.' });
    const series = seriesTable(applyRecipe(await tableOfDataset(storage, run.datasetId), spec.recipe).table, spec.roles);
    const last = series.rows - spec.window.sequenceLength - spec.window.horizon;
    const start = values['window'] === undefined ? last : numberOr(String(values['window']));
    if (typeof start !== 'number' || !Number.isInteger(start) || start < 0 || start > last) {
      throw inputError('trace.window', `--window must be a whole number from 0 to ${last} (got ${String(start)}).`, { field: '--window' });
    }
    const trace = await withBackend(engines, spec, series, ({ backend }) => backend.trace(start), decodeCheckpoint(checkpoint.bytes).parameters);
    process.stdout.write(values['json'] === true ? `${JSON.stringify({ event: 'trace', runId: run.id, window: start, ...plain(trace) })}\n` : `${inWords(trace)}\n`);
    return 0;
  } finally {
    storage.close();
  }
}

const norm = (vector: Float32Array) => Math.hypot(...vector);

/** Typed arrays as JSON's arrays. */
function plain({ hidden, gates, output, gradientNorms }: Trace) {
  const states = (all: Float32Array[][]) => all.map((steps) => steps.map((state) => Array.from(state)));
  return {
    hidden: states(hidden), gates: Object.fromEntries(Object.entries(gates).map(([name, all]) => [name, states(all)])),
    output: Array.from(output), gradientNorms: gradientNorms.map((norms) => Array.from(norms)),
  };
}

function inWords({ hidden, gradientNorms }: Trace): string {
  const head = ['step', ...hidden.flatMap((_, layer) => [`|h| ${layer + 1}`, `|dy/dh| ${layer + 1}`])];
  const rows = hidden[0]!.map((_, t) => [String(t + 1), ...hidden.flatMap((steps, layer) => [figure(norm(steps[t]!)), figure(gradientNorms[layer]![t])])]);
  return table(head, rows, 0);
}
