import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DroppedFile, DropChannel, Push, PushPayload, UnrollApi } from '../shared/contract.ts';

// The bridge: the contract's methods and nothing else. Main checks every request; nothing is trusted here.
const guarded: Record<DropChannel, true> = { 'dataset.openDropped': true, 'newFile.dropped': true, 'run.importDropped': true };

/** Electron gives a path only for a File that came from the system; one made by script has none. */
function pathOf(file: DroppedFile): string {
  const path = webUtils.getPathForFile(file as File);
  return path === '' ? '\0' : path;
}

const api: UnrollApi = {
  invoke: (channel, request) => {
    // A path of the page's own making must not get through: files come from a drop or a dialog only.
    if (Object.hasOwn(guarded, channel)) return Promise.reject(new Error(`${String(channel)} takes a File`));
    return ipcRenderer.invoke(channel, request);
  },
  openDropped: (file) => ipcRenderer.invoke('dataset.openDropped', { path: pathOf(file) }),
  importDropped: (file) => ipcRenderer.invoke('run.importDropped', { path: pathOf(file) }),
  dropForRun: (id, file) => ipcRenderer.invoke('newFile.dropped', { id, path: pathOf(file) }),
  on: <P extends Push>(push: P, listener: (payload: PushPayload<P>) => void) => {
    const forward = (_event: unknown, payload: PushPayload<P>) => listener(payload);
    ipcRenderer.on(push, forward);
    return () => { ipcRenderer.off(push, forward); };
  },
};

contextBridge.exposeInMainWorld('unroll', api);
