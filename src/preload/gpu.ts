import { ipcRenderer } from 'electron';

// The hidden window gets one port from main, through here, and has no other line to the studio.
ipcRenderer.once('gpu-port', (event) => {
  const hand = () => window.postMessage('gpu-port', '*', event.ports);
  if (document.readyState === 'complete') hand();
  else window.addEventListener('load', hand, { once: true });
});
