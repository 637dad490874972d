import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Exported, ExportFormat, ExportStage } from '../../../shared/export.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** The run that leaves the studio, and how far it has come. */
export const useExportingStore = defineStore('exporting', () => {
  /** null: the dialog is closed. */
  const run = shallowRef<{ id: string; name: string } | null>(null);
  const folder = shallowRef<string | null>(null);
  /** null: nothing is being made. */
  const stage = shallowRef<ExportStage | null>(null);
  const exported = shallowRef<Exported | null>(null);
  const error = shallowRef<AppErrorData | null>(null);

  function forget(): void {
    exported.value = null;
    error.value = null;
  }

  async function open({ id, name }: { id: string; name: string }): Promise<void> {
    if (stage.value === null) forget();
    run.value = { id, name };
    await place('export.folder');
  }
  async function place(channel: 'export.folder' | 'export.chooseFolder'): Promise<void> {
    try {
      ({ folder: folder.value } = await ask(channel));
      forget();
    } catch (thrown) {
      error.value = errorOf(thrown);
    }
  }

  async function start(format: ExportFormat, replace: boolean): Promise<void> {
    if (run.value === null || stage.value !== null) return;
    forget();
    stage.value = 'reading';
    try {
      exported.value = await ask('export.start', { id: run.value.id, format, replace });
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      stage.value = null;
    }
  }

  return {
    run, folder, stage, exported, error, forget, open, start,
    close: () => { run.value = null; },
    chooseFolder: () => place('export.chooseFolder'),
    cancel: () => ask('export.cancel'),
    copy: (language: string) => ask('export.copy', { language }),
    show: () => ask('export.show'),
    hear: (next: ExportStage) => { if (stage.value !== null) stage.value = next; },
  };
});
