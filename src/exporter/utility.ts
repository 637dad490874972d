import type { ExportJob, ExporterCommand, PredictJob, ExporterMessage } from '../shared/exporter-protocol.ts';
import { toErrorData } from '../shared/errors.ts';
import { Pieces } from '../shared/pieces.ts';
import { runPredict } from './predict.ts';
import { runExport, type ExportHost } from './run.ts';

// The entry of Electron's utility process that exports one run, or asks it about one new file. process.parentPort is Electron's; see electron.d.ts.
const { parentPort } = process;
const pieces = new Pieces();
let mayWrite: () => void = () => undefined;
const post = (message: ExporterMessage): void => parentPort.postMessage(message);

const host: ExportHost = {
  stage: (stage) => post({ type: 'stage', stage }),
  beforeWriting: () => new Promise((resolve) => {
    mayWrite = resolve;
    post({ type: 'ready' });
  }),
};

async function serve(job: ExportJob | PredictJob): Promise<void> {
  post(job.type === 'predict' ? { type: 'predicted', ...(await runPredict(job, host)) } : { type: 'done', exported: await runExport(job, host) });
}

parentPort.on('message', ({ data }) => {
  const command = pieces.take(data) as ExporterCommand | null;
  if (command === null) return;
  if (command.type === 'write') mayWrite();
  else serve(command).catch((error: unknown) => post({ type: 'failed', error: toErrorData(error) }));
});
