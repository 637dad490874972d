import type Database from 'better-sqlite3';
import type { KeepPolicy, TrimResult } from '../../shared/care.ts';

/** Weights that the policy lets go. */
interface Doomed { runId: string; kind: string; bytes: number }

/**
 * Which checkpoints of runs that are done are not kept. `final` holds what the run ended with: the best weights where it
 * stopped by patience, else those of the last epoch; `last` is where training could go on, with the state of the optimizer.
 * Runs that can go on keep all they have.
 */
export function trimmable(db: Database.Database, keep: KeepPolicy, runId: string | null = null): Doomed[] {
  if (keep === 'all') return [];
  const has = (kind: string) => `EXISTS (SELECT 1 FROM checkpoints AS other WHERE other.run_id = checkpoints.run_id AND other.kind = '${kind}')`;
  const patience = "json_extract(runs.spec, '$.training.patience') IS NOT NULL";
  const which = keep === 'none' ? '1'
    // Without patience the final weights are those of the last epoch, and with it those of the best.
    : keep === 'best-and-last' ? `kind = 'last' AND ${has('final')} AND NOT ${patience}`
      : `(kind = 'last' AND (${has('best')} OR ${has('final')})) OR (kind = 'final' AND ${has('best')} AND NOT ${patience}) OR (kind = 'best' AND ${has('final')} AND ${patience})`;
  return db.prepare<[string | null, string | null], Doomed>(`
    SELECT run_id AS runId, kind, length(bytes) AS bytes FROM checkpoints JOIN runs ON runs.id = checkpoints.run_id
    WHERE runs.status = 'done' AND (? IS NULL OR run_id = ?) AND (${which})`).all(runId, runId);
}

/** Removes what the policy does not keep. @param log notes it with the run */
export function trim(db: Database.Database, keep: KeepPolicy, runId: string | null, log: (runId: string, bytes: number) => void): TrimResult {
  return db.transaction(() => {
    const doomed = trimmable(db, keep, runId);
    const remove = db.prepare('DELETE FROM checkpoints WHERE run_id = ? AND kind = ?');
    const byRun = new Map<string, number>();
    for (const { runId: id, kind, bytes } of doomed) {
      remove.run(id, kind);
      byRun.set(id, (byRun.get(id) ?? 0) + bytes);
    }
    for (const [id, bytes] of byRun) log(id, bytes);
    return { runs: byRun.size, bytes: [...byRun.values()].reduce((sum, bytes) => sum + bytes, 0) };
  }).immediate();
}
