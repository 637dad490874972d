import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyRecipe, seriesTable } from '../data/index.ts';
import { runExport } from '../exporter/index.ts';
import { AppError, inputError } from '../shared/errors.ts';
import { checkpointKinds, type CheckpointKind } from '../storage/checkpoints.ts';
import { exportFormats, type ExportFormat } from '../shared/export.ts';
import type { ExportJob } from '../shared/exporter-protocol.ts';
import type { Storage } from '../storage/index.ts';
import type { Options } from './options.ts';
import { openStore, tableOfDataset } from './store.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
export const exportOptions = { format: text, out: text, checkpoint: text, force: flag, db: text, json: flag } as const;

/** The version of the program, for manifests. */
export function version(): string {
  return (JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }).version;
}

/** What a stored run is exported from; a dataset that is gone is no obstacle. */
async function exportJob(storage: Storage, id: string, kind: CheckpointKind | undefined, format: ExportFormat): Promise<Omit<ExportJob, 'format' | 'out' | 'force'>> {
  const run = storage.runs.get(storage.runs.find(id).id);
  const checkpoint = storage.checkpoints.get(run.id, kind);
  if (checkpoint === null && kind !== undefined) throw inputError('export.no-weights', `The run ${run.id} has no ${kind} weights.`, { hint: 'Choose other weights.', details: { id: run.id } });
  const { spec } = run;
  let table: ExportJob['table'] = null;
  if (spec.task === 'forecast' && run.datasetId !== null) {
    try {
      table = seriesTable(applyRecipe(await tableOfDataset(storage, run.datasetId), spec.recipe).table, spec.roles);
    } catch (error) {
      // Its scalers are stored with the run; only the comparison is then made on random windows.
      if (!(error instanceof AppError)) throw error;
    }
  }
  const result = spec.task === 'char' ? storage.texts.get(run.id) : null;
  return {
    ...(format === 'unroll' ? { parcel: storage.parcels.get(run.id) } : {}),
    type: 'export', run, checkpoint: checkpoint?.bytes ?? null, table, vocabulary: result === null ? null : { characters: result.characters, unknown: result.unknown },
    predictions: storage.runs.predictions(run.id), samples: storage.texts.samples(run.id), classes: storage.classResults.get(run.id), madeBy: version(), madeAt: new Date().toISOString(), locale: 'en',
  };
}

/** `unroll export ID --format NAME --out DIR` */
export async function exportRun({ values, positionals: [id, ...more] }: Options): Promise<number> {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', 'unroll export needs one run id.', { hint: 'unroll runs lists them.' });
  const format = values['format'];
  if (!exportFormats.some((name) => name === format)) throw inputError('cli.usage', `--format must be ${exportFormats.join(', ')} (got ${String(format ?? 'nothing')}).`, { field: '--format' });
  const out = values['out'];
  if (typeof out !== 'string' || out === '') throw inputError('cli.usage', '--out needs the folder to write.', { field: '--out' });
  const kind = values['checkpoint'];
  if (kind !== undefined && !checkpointKinds.some((name) => name === kind)) throw inputError('cli.usage', `--checkpoint must be ${checkpointKinds.join(', ')} (got ${String(kind)}).`, { field: '--checkpoint' });
  const storage = openStore(values['db']);
  try {
    const job = { ...(await exportJob(storage, id, kind as CheckpointKind | undefined, format as ExportFormat)), format: format as ExportFormat, out, force: values['force'] === true };
    const { path, files, proofs } = await runExport(job, { stage: () => undefined, beforeWriting: () => Promise.resolve() });
    if (values['json'] === true) process.stdout.write(`${JSON.stringify({ event: 'exported', format, path, files, proofs })}\n`);
    else {
      const lines = proofs.map(({ by, absolute, relative, windows }) => (absolute === null ? `  ${by}` : `  ${by}: largest difference ${absolute.toPrecision(3)} (${relative!.toPrecision(3)} of the largest prediction) on ${windows} windows`));
      process.stdout.write(`${[`Exported to ${path}: ${files.join(', ')}`, ...lines].join('\n')}\n`);
    }
    return 0;
  } finally {
    storage.close();
  }
}
