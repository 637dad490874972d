import type { SeriesTable } from '../shared/dataset.ts';
import type { RunSummary } from '../shared/run.ts';
import { backendChoices, type RunSpec } from '../shared/spec.ts';
import type { Resume } from '../shared/trainer-protocol.ts';
import type { Storage } from './index.ts';
import { RunRecorder } from './recorder.ts';

/** A run that is taken up again. */
export interface Resumed {
  run: RunSummary;
  recorder: RunRecorder;
  /** The same start on the very engine that it began on: another would give other bits. */
  pinned<C extends { spec: RunSpec }>(command: C): C;
  /** undefined: there is no checkpoint; it begins anew, which gives the same epochs again. */
  resume: Resume | undefined;
}

/**
 * Takes a run that ended early up again: it reads training, owned by this process.
 * @param table of its data, as the recorder needs it
 * @throws inputError 'run.unknown', 'run.not-resumable'
 */
export function beginResume(storage: Storage, id: string, table: SeriesTable, ownerPid: number): Resumed {
  const run = storage.runs.resume(id, ownerPid);
  const checkpoint = storage.checkpoints.get(id, 'last');
  const backend = backendChoices.find((name) => name === run.device?.backend);
  return {
    run, recorder: new RunRecorder(storage, id, table, { epoch: checkpoint?.epoch ?? 0 }),
    pinned: (command) => (backend === undefined ? command : { ...command, spec: { ...command.spec, backend } }),
    resume: checkpoint === null ? undefined : { checkpoint: new Uint8Array(checkpoint.bytes), records: storage.runs.get(id).epochs },
  };
}
