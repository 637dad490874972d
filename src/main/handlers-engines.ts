import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dialog } from 'electron';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'engines.list' | 'engine.state' | 'engine.install' | 'engine.cancelInstall' | 'engine.probe' | 'engine.remove' | 'engine.forgetMeasurements';

/** The engines of this machine: which there are, and those that can be installed. */
export function engineHandlers({ engines, installer, enginesFolder, words }: Studio): Pick<Handlers, Names> {
  /** After a change the trainers find other engines. */
  const changed = async (work: ReturnType<typeof installer.run>) => {
    try {
      return await work;
    } finally {
      engines.forget();
    }
  };
  return {
    'engines.list': () => engines.list(),
    'engine.state': async () => ({ state: (await installer.run({ type: 'state' }))!, progress: installer.progress }),
    'engine.install': async ({ kind, fromFolder }, window) => {
      let folder: string | null = null;
      if (fromFolder) {
        const { filePaths } = await dialog.showOpenDialog(window, { title: words().wheelsTitle, properties: ['openDirectory'] });
        if (filePaths[0] === undefined) return null;
        folder = filePaths[0];
      }
      return changed(installer.run({ type: 'install', kind, folder }));
    },
    'engine.cancelInstall': () => installer.cancel(),
    'engine.probe': () => changed(installer.run({ type: 'probeAgain' })),
    'engine.remove': () => changed(installer.run({ type: 'remove' })),
    'engine.forgetMeasurements': () => rmSync(join(enginesFolder, 'measured.json'), { force: true }),
  };
}
