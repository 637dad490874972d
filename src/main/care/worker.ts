import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { care } from '../../storage/index.ts';
import type { CareCall, CareData, CareReply } from './protocol.ts';

// The care thread: what reads or writes the whole database, so that main never waits for it. One call, then it ends.

const { file, nativeBinding, call, path } = workerData as CareData;
const post = (reply: CareReply) => parentPort!.postMessage(reply);
const options = { file, ...(nativeBinding === undefined ? {} : { nativeBinding }) };
const progress = (share: number) => post({ progress: share });
const calls: Record<CareCall, () => unknown> = {
  check: () => care.checkDatabase(options),
  compact: () => care.compactDatabase(options),
  backup: () => care.backUp(options, null),
  export: () => care.exportEverything(options, path!, progress),
  import: () => care.importEverything(options, path!, progress),
};
try {
  post({ ok: true, value: calls[call]() });
} catch (error) {
  post({ ok: false, error: toErrorData(error) });
}
