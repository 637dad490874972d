import type { CheckResult, CompactResult, ExportResult, ImportResult } from '../../shared/care.ts';
import type { AppErrorData } from '../../shared/errors.ts';

/** What the care thread does, one call a thread. */
export interface CareCalls {
  check: { request: null; response: CheckResult };
  compact: { request: null; response: CompactResult };
  backup: { request: null; response: ExportResult };
  export: { request: { path: string }; response: ExportResult };
  import: { request: { path: string }; response: ImportResult };
}
export type CareCall = keyof CareCalls;
export interface CareData { file: string; nativeBinding?: string; call: CareCall; path: string | null }
export type CareReply = { progress: number } | { ok: true; value: unknown } | { ok: false; error: AppErrorData };
