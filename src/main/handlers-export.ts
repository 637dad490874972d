import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, clipboard, dialog, shell } from 'electron';
import { z } from 'zod';
import { toErrorData } from '../shared/errors.ts';
import type { Exported, ExportFormat } from '../shared/export.ts';
import type { ExportJob } from '../shared/exporter-protocol.ts';
import type { Studio } from './handlers.ts';
import type { Handlers } from './ipc.ts';

type Names = 'export.folder' | 'export.chooseFolder' | 'export.start' | 'export.cancel' | 'export.copy' | 'export.show';

/** Name of an export's folder: the run's, without what a file system would not take. */
function folderName(run: string, format: ExportFormat): string {
  const plain = run.replace(/[\u0000-\u001f\u007f\\/:*?"<>|]+/g, '-').replace(/^[.\s-]+|[.\s-]+$/g, '');
  const name = [...plain].slice(0, 60).join('').trim() || 'run';
  return format === 'unroll' ? `${name}.unroll` : `${name}-${format}`;
}

/** Runs leave the studio. The page names no path: folders come from the dialog, and are kept here. */
export function exportHandlers({ storage, datasets, exporter, words, locale }: Studio): Pick<Handlers, Names> {
  let written: Exported | null = null;

  function folder(): string {
    const chosen = storage.settings.get('exportFolder', z.string().nullable(), null);
    return chosen !== null && existsSync(chosen) ? chosen : app.getPath('documents');
  }

  async function jobOf(id: string, format: ExportFormat, replace: boolean): Promise<ExportJob> {
    const run = storage.runs.get(id);
    const { spec, datasetId } = run;
    let table: ExportJob['table'] = null;
    if (spec.task === 'forecast' && datasetId !== null) {
      try {
        table = await datasets.series(datasetId, spec.roles, spec.recipe);
      } catch (error) {
        // Data that is gone is no obstacle: the scalers are stored with the run.
        if (toErrorData(error).fault === 'ours') throw error;
      }
    }
    const text = spec.task === 'char' ? storage.texts.get(id) : null;
    return {
      ...(format === 'unroll' ? { parcel: storage.parcels.get(id) } : {}),
      type: 'export', format, out: join(folder(), folderName(run.name, format)), force: replace, run, checkpoint: storage.checkpoints.get(id)?.bytes ?? null, table,
      vocabulary: text === null ? null : { characters: text.characters, unknown: text.unknown }, predictions: storage.runs.predictions(id), samples: storage.texts.samples(id), classes: storage.classResults.get(id),
      madeBy: app.getVersion(), madeAt: new Date().toISOString(), locale: locale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    };
  }

  return {
    'export.folder': () => ({ folder: folder() }),
    'export.chooseFolder': async (_nothing, window) => {
      const { filePaths: [path] } = await dialog.showOpenDialog(window, { title: words().exportFolderTitle, defaultPath: folder(), properties: ['openDirectory', 'createDirectory'] });
      if (path !== undefined) storage.settings.set('exportFolder', path);
      return { folder: folder() };
    },
    'export.start': async ({ id, format, replace }) => {
      const exported = await exporter.run(() => jobOf(id, format, replace));
      written = exported;
      return exported;
    },
    'export.cancel': () => exporter.cancel(),
    // The dialog keeps the focus to itself, so that the page cannot copy out of it.
    'export.copy': ({ language }) => {
      const snippet = written?.snippets.find((one) => one.language === language);
      if (snippet !== undefined) clipboard.writeText(snippet.code);
    },
    'export.show': () => { if (written !== null) shell.showItemInFolder(written.path); },
  };
}
