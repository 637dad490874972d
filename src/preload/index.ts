import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Push, PushPayload, UnrollApi } from '../shared/contract.ts';

// The bridge: the contract's methods and nothing else. Main checks every request; nothing is trusted here.
const api: UnrollApi = {
  invoke: (channel, request) => {
    // A path of the page's own making must not get through: files come from a drop or a dialog only.
    if ((channel as string) === 'dataset.openDropped') return Promise.reject(new Error('openDropped takes a File'));
    return ipcRenderer.invoke(channel, request);
  },
  openDropped: (file) => {
    // Electron gives a path only for a File that came from the system; one made by script has none.
    const path = webUtils.getPathForFile(file as File);
    return ipcRenderer.invoke('dataset.openDropped', { path: path === '' ? '\0' : path });
  },
  on: <P extends Push>(push: P, listener: (payload: PushPayload<P>) => void) => {
    const forward = (_event: unknown, payload: PushPayload<P>) => listener(payload);
    ipcRenderer.on(push, forward);
    return () => { ipcRenderer.off(push, forward); };
  },
};

contextBridge.exposeInMainWorld('unroll', api);
