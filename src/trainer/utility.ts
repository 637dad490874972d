import { Pieces } from '../shared/pieces.ts';
import type { TrainerCommand } from '../shared/trainer-protocol.ts';
import { localEngines } from './engines.ts';
import { gpuLine, isAboutGpu } from './gpu-line.ts';
import { serveTrainer } from './host.ts';

// The entry of Electron's utility process that trains. process.parentPort is Electron's; see electron.d.ts.
const { parentPort } = process;
const pieces = new Pieces();
serveTrainer({
  post: (event) => parentPort.postMessage(event),
  onCommand: (listener) => parentPort.on('message', ({ data }) => {
    if (isAboutGpu(data as { type?: string })) return;
    const command = pieces.take(data);
    if (command !== null) listener(command as TrainerCommand);
  }),
}, localEngines(import.meta.dirname, gpuLine(parentPort)));
