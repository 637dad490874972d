import type { Backend, BackendFactory } from '../../engine/backend.ts';
import { EngineError } from '../../engine/errors.ts';
import type { HostAnswer, HostRequest, Line, RemoteError } from './protocol.ts';

function asData(error: unknown): RemoteError {
  if (error instanceof EngineError) return { code: error.code, message: error.message, details: error.details };
  return { code: null, message: error instanceof Error ? error.message : String(error), details: {} };
}

/** An epoch on its way. */
interface Epoch { signal: { aborted: boolean }; heard: (() => void) | null }

/** Serves a factory's backends over a line; when the other end is gone, all of them are given back. */
export function serveBackends(line: Line<HostAnswer, HostRequest>, factory: BackendFactory): void {
  const backends = new Map<number, Backend>();
  const epochs = new Map<number, Epoch>();
  let made = 0;
  const backend = (number: number): Backend => {
    const found = backends.get(number);
    if (found === undefined) throw new EngineError('backend.disposed', 'This backend was given back.');
    return found;
  };

  async function answer(request: Exclude<HostRequest, { call: 'heard' | 'abort' | 'dispose' | 'ping' }>): Promise<unknown> {
    switch (request.call) {
      case 'probe': return factory.probe();
      case 'create': {
        const created = await factory.create(request.model, request.parameters, request.options);
        backends.set(++made, created);
        return made;
      }
      case 'method': return (backend(request.backend)[request.method] as (...given: unknown[]) => Promise<unknown>)(...request.given);
      case 'trainEpoch': {
        const { id, order, options } = request;
        const epoch: Epoch = { signal: { aborted: false }, heard: null };
        epochs.set(id, epoch);
        try {
          return await backend(request.backend).trainEpoch(order, {
            ...options, signal: epoch.signal,
            onBatch: (batch, batches, position) => new Promise<void>((heard) => {
              epoch.heard = heard;
              line.post({ id, batch, batches, position });
            }),
          });
        } finally {
          epochs.delete(id);
        }
      }
    }
  }

  line.onMessage((request) => {
    if (request.call === 'ping') line.post({ id: request.id, alive: true });
    else if (request.call === 'abort') {
      const epoch = epochs.get(request.id);
      if (epoch !== undefined) epoch.signal.aborted = true;
    } else if (request.call === 'heard') epochs.get(request.id)?.heard?.();
    else if (request.call === 'dispose') {
      backends.get(request.backend)?.dispose();
      backends.delete(request.backend);
    } else {
      answer(request).then((value) => line.post({ id: request.id, ok: true, value }), (error: unknown) => line.post({ id: request.id, ok: false, error: asData(error) }));
    }
  });
  line.onClose(() => {
    for (const open of backends.values()) open.dispose();
    backends.clear();
  });
}
