import { runSummarySchema, type RunStatus, type RunSummary } from '../shared/run.ts';
import { fromJson, readRow } from './stored.ts';

/** A row of `runs` as a list reads it. */
export interface RunRow {
  id: string; name: string; status: RunStatus; color: number; dataset_id: string | null; dataset_name: string; unit: string; units: string | null;
  spec: string; device: string | null; created_at: string; finished_at: string | null; seconds: number | null;
  epochs_done: number; metrics: string | null; persistence: string | null; curve: string | null; error: string | null; removed_at: string | null;
  evaluations: string | null; targets: string | null; tags: string; starred: number; note: string; archived_at: string | null; bytes: number; text: string | null; classes: string | null;
  group_id: string | null; group_name: string | null; origin: string | null;
}

export const RUN_FIELDS = `id, name, status, color, dataset_id, dataset_name, unit, units, spec, device, created_at, finished_at, seconds,
  epochs_done, metrics, persistence, curve, error, removed_at,
  evaluations, targets, tags, starred, note, archived_at, group_id, origin, (SELECT name FROM run_groups WHERE id = runs.group_id) AS group_name,
  ifnull((SELECT length(time) + length(truth) + length(predicted) FROM predictions WHERE run_id = runs.id), 0) + ifnull((SELECT sum(length(truth) + length(predicted)) FROM target_predictions WHERE run_id = runs.id), 0)
    + ifnull((SELECT sum(length(bytes)) FROM checkpoints WHERE run_id = runs.id), 0)
    + ifnull((SELECT sum(length(weights)) FROM text_samples WHERE run_id = runs.id), 0) AS bytes,
  (SELECT iif(json_extract(result, '$.metrics') IS NULL, NULL, json_object('final', json_extract(result, '$.metrics'),
    'best', json_extract(result, '$.evaluations.best.metrics'), 'last', json_extract(result, '$.evaluations.last.metrics'))) FROM text_results WHERE run_id = runs.id) AS text,
  (SELECT brief FROM class_results WHERE run_id = runs.id) AS classes`;

export type Curve = RunSummary['curve'];

/** @param curveNow samples the curve of a run that has not ended; later the stored one is used */
export function toRunSummary(row: RunRow, curveNow: (row: RunRow) => Curve): RunSummary {
  return readRow(runSummarySchema, 'run', row.id, () => ({
    id: row.id, name: row.name, status: row.status, color: row.color, datasetId: row.dataset_id, datasetName: row.dataset_name, unit: row.unit, ...(row.units === null ? {} : { units: fromJson(row.units) }),
    spec: fromJson(row.spec), device: fromJson(row.device), createdAt: row.created_at, finishedAt: row.finished_at, seconds: row.seconds,
    epochsDone: row.epochs_done, metrics: fromJson(row.metrics), persistence: fromJson(row.persistence),
    curve: row.curve === null ? curveNow(row) : fromJson(row.curve), error: fromJson(row.error), removedAt: row.removed_at,
    text: textOf(row.text), classes: fromJson(row.classes), evaluations: fromJson(row.evaluations), targets: fromJson(row.targets), tags: fromJson(row.tags), starred: row.starred === 1, note: row.note, archivedAt: row.archived_at, bytes: row.bytes,
    ...(row.origin === null ? {} : { origin: fromJson(row.origin) }),
    group: row.group_id === null ? null : { id: row.group_id, name: row.group_name },
  }));
}

/** A run that an older version judged has only what it ended with. */
function textOf(stored: string | null): unknown {
  const value = fromJson(stored) as { final: unknown; best: unknown; last: unknown } | null;
  return value === null ? null : { final: value.final, best: value.best ?? value.final, last: value.last ?? value.final };
}
