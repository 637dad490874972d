import type { ExportJob, ExporterCommand, ExporterMessage } from '../shared/exporter-protocol.ts';
import { toErrorData } from '../shared/errors.ts';
import { Pieces } from '../shared/pieces.ts';
import { runExport } from './run.ts';

// The entry of Electron's utility process that exports one run. process.parentPort is Electron's; see electron.d.ts.
const { parentPort } = process;
const pieces = new Pieces();
let mayWrite: () => void = () => undefined;
const post = (message: ExporterMessage): void => parentPort.postMessage(message);

async function serve(job: ExportJob): Promise<void> {
  const exported = await runExport(job, {
    stage: (stage) => post({ type: 'stage', stage }),
    beforeWriting: () => new Promise((resolve) => {
      mayWrite = resolve;
      post({ type: 'ready' });
    }),
  });
  post({ type: 'done', exported });
}

parentPort.on('message', ({ data }) => {
  const command = pieces.take(data) as ExporterCommand | null;
  if (command === null) return;
  if (command.type === 'write') mayWrite();
  else serve(command).catch((error: unknown) => post({ type: 'failed', error: toErrorData(error) }));
});
