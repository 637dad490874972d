import { webgpuWith } from '../engine/backends/webgpu/webgpu-backend.ts';
import type { Gpu } from '../engine/backends/webgpu/gpu.ts';
import type { HostRequest } from './remote/protocol.ts';
import { serveBackends } from './remote/serve.ts';

// The script of the hidden window: navigator.gpu is nowhere else. Its preload script hands on the one port that main sends.
window.addEventListener('message', ({ data, ports: [port] }) => {
  if (data !== 'gpu-port' || port === undefined) return;
  serveBackends({
    post: (message) => port.postMessage(message),
    onMessage: (listener) => { port.onmessage = ({ data: request }) => listener(request as HostRequest); },
    // The window is closed with its line.
    onClose: () => undefined,
  }, webgpuWith(async () => ((navigator as unknown as { gpu?: Gpu }).gpu ?? null)));
});
