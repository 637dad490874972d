import { basename } from 'node:path';
import { backends } from '../engine/index.ts';
import { snippetsOf } from '../formats/export/index.ts';
import { inputError } from '../shared/errors.ts';
import type { Exported, ExportStage } from '../shared/export.ts';
import type { ExportJob } from '../shared/exporter-protocol.ts';
import { exportableOf } from './exportable.ts';
import { makeExport, type MadeExport } from './formats.ts';
import { recordOf, type RunRecord } from './record.ts';
import { reportFiles } from './report.ts';
import { tableFiles } from './tables.ts';
import { makeUnroll } from './unroll.ts';
import { assertFree, writeExport, writeFileWhole } from './write.ts';

/** Hears what a job is at; `beforeWriting` answers once the files may be written. */
export interface ExportHost { stage(stage: ExportStage): void; beforeWriting(): Promise<void> }

type Made = MadeExport & Pick<Exported, 'snippets'>;

async function make(record: RunRecord): Promise<Made> {
  const { format, run, parameters } = record;
  if (format === 'report') return { files: await reportFiles(record, backends), proofs: [], snippets: [] };
  if (format === 'predictions') return { files: await tableFiles(record, backends), proofs: [], snippets: [] };
  if (parameters === null) throw inputError('export.no-weights', `The run ${run.id} has no weights.`, { hint: 'Choose a run that is done.', details: { id: run.id } });
  if (format === 'unroll') {
    if (record.parcel === undefined) throw new Error('The run was not gathered.');
    const { bytes, proofs } = await makeUnroll({ ...record, reading: record.classes }, record.parcel, parameters);
    return { files: { 'run.unroll': bytes }, proofs, snippets: [] };
  }
  const exportable = await exportableOf({ ...record, parameters, reading: record.classes });
  return { ...(await makeExport(format, exportable)), snippets: snippetsOf(format, exportable.manifest).map(({ language, code }) => ({ language, code })) };
}

/**
 * Makes an export, proves it and writes it.
 * @throws what keeps it from being made, proven or written: nothing is left behind then
 */
export async function runExport(job: ExportJob, host: ExportHost): Promise<Exported> {
  // Nobody waits for a proof only to hear that the folder is taken.
  assertFree(job.out, job.force);
  host.stage('making');
  const { files, proofs, snippets } = await make(recordOf(job));
  await host.beforeWriting();
  host.stage('writing');
  // One file needs no folder where a file is asked for.
  const single = job.format === 'unroll' && /\.unroll$/i.test(job.out);
  const path = single ? await writeFileWhole(job.out, files['run.unroll']!, job.force) : await writeExport(job.out, files, job.force);
  if (single) return { format: job.format, path, files: [basename(path)], proofs, snippets };
  return { format: job.format, path, files: Object.keys(files).sort(), proofs, snippets };
}
