import type { EngineProbe } from '../shared/engine-install.ts';
import type { InstallerCommand, InstallerMessage } from '../shared/installer-protocol.ts';
import { toErrorData } from '../shared/errors.ts';
import { defaultIndex } from './fetch.ts';
import { engineState, installEngine, probeAgain, removeEngine } from './install.ts';

// The entry of Electron's utility process that installs engines. Only main can start the throwaway process that tries one, so it is asked.
const { parentPort } = process;
const control = new AbortController();
let tried: (probe: EngineProbe) => void = () => undefined;
const post = (message: InstallerMessage): void => parentPort.postMessage(message);

function probe(folder: string): Promise<EngineProbe> {
  return new Promise((resolve) => {
    tried = resolve;
    post({ type: 'probe', folder });
  });
}

async function serve(command: Exclude<InstallerCommand, { type: 'cancel' | 'probed' }>): Promise<void> {
  const { engines } = command;
  if (command.type === 'install') {
    const origin = command.folder === null ? { index: process.env['UNROLL_PACKAGE_INDEX'] ?? defaultIndex } : { folder: command.folder };
    await installEngine(engines, { kind: command.kind, origin }, { signal: control.signal, probe, progress: (progress) => post({ type: 'progress', progress }) });
  } else if (command.type === 'probeAgain') {
    await probeAgain(engines, probe);
  } else if (command.type === 'remove') {
    removeEngine(engines);
  }
  post({ type: 'done', state: await engineState(engines) });
}

parentPort.on('message', ({ data }) => {
  const command = data as InstallerCommand;
  if (command.type === 'cancel') control.abort();
  else if (command.type === 'probed') tried(command.probe);
  else serve(command).catch((error: unknown) => post(control.signal.aborted ? { type: 'cancelled' } : { type: 'failed', error: toErrorData(error) }));
});
