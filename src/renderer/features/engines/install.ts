import { computed, onMounted, onScopeDispose, shallowRef } from 'vue';
import type { EngineKind, EngineState, InstallProgress } from '../../../shared/engine-install.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

/** The engine that can be installed: what is there, what could be, and the job that goes on. */
export function useInstall(changed: () => Promise<void>) {
  const state = shallowRef<EngineState | null>(null);
  const progress = shallowRef<InstallProgress | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  /** What has just happened, by its key in the locale. */
  const told = shallowRef<'cancelled' | 'done' | 'removed' | null>(null);
  const busy = shallowRef(false);

  async function load(): Promise<void> {
    try {
      ({ state: state.value, progress: progress.value } = await ask('engine.state'));
    } catch (thrown) {
      error.value = errorOf(thrown);
    }
  }

  async function job(work: () => Promise<EngineState | null>, done: 'done' | 'removed' | null): Promise<void> {
    [error.value, told.value, busy.value] = [null, null, true];
    try {
      const after = await work();
      if (after !== null) state.value = after;
      told.value = after === null ? 'cancelled' : done;
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      busy.value = false;
    }
    await changed();
  }

  onMounted(load);
  onScopeDispose(window.unroll.on('engine.progress', (now) => {
    const ended = progress.value !== null && now === null;
    progress.value = now;
    // An install that this page did not start has ended.
    if (ended && !busy.value) void load().then(changed);
  }));

  return {
    state, progress, error, told, busy: computed(() => busy.value || progress.value !== null),
    install: (kind: EngineKind | 'auto', fromFolder: boolean) => job(() => ask('engine.install', { kind, fromFolder }), 'done'),
    cancel: () => ask('engine.cancelInstall'),
    probe: () => job(() => ask('engine.probe'), null),
    remove: () => job(() => ask('engine.remove'), 'removed'),
  };
}
