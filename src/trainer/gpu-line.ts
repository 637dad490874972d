import type { HostAnswer, HostRequest, Line } from './remote/protocol.ts';

/** A port of Electron's, as far as it is used. */
interface Port { on(event: 'message', listener: (message: { data: unknown }) => void): void; on(event: 'close', listener: () => void): void; postMessage(message: unknown): void; start(): void }
interface Parent { on(event: 'message', listener: (message: { data: { type?: string }; ports: Port[] }) => void): void; postMessage(message: unknown): void }

/** Messages of main that are about the line to the GPU and no commands. */
export const isAboutGpu = ({ type }: { type?: string }) => type === 'gpuPort' || type === 'gpuGone';

/** Asks main for a hidden window with the GPU, once it is needed, and gives the line to it. */
export function gpuLine(parent: Parent): () => Promise<Line<HostRequest, HostAnswer>> {
  return () => new Promise((resolve) => {
    const closed: (() => void)[] = [];
    let isClosed = false;
    const close = () => {
      if (isClosed) return;
      isClosed = true;
      for (const listener of closed) listener();
    };
    let isOurs = false;
    parent.on('message', ({ data, ports: [port] }) => {
      // Until there is a port, what has gone is an earlier line's window.
      if (data.type === 'gpuGone' && isOurs) close();
      if (data.type !== 'gpuPort' || port === undefined || isOurs || isClosed) return;
      isOurs = true;
      port.on('close', close);
      resolve({
        post: (message) => port.postMessage(message),
        onMessage: (listener) => {
          port.on('message', ({ data: answer }) => listener(answer as HostAnswer));
          port.start();
        },
        onClose: (listener) => { closed.push(listener); },
      });
    });
    parent.postMessage({ type: 'needGpu' });
  });
}
