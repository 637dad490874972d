import type { BackendOptions, EpochPosition, EpochResult, ModelSpec, Probe, TrainEpochOptions } from '../../engine/backend.ts';
import type { EngineErrorCode, EngineErrorDetails } from '../../engine/errors.ts';
import type { Parameters } from '../../engine/parameters.ts';

// A backend in another process: what a trainer says to the process that hosts it, and what it hears. Both ends are our own code.

/** Methods of a backend that are asked and answered as they are. */
export const plainMethods = ['load', 'evaluate', 'predict', 'trace', 'sensitivity', 'gradientFlow', 'gradients', 'run', 'parameters', 'setParameters', 'optimizerState', 'setOptimizerState'] as const;
export type PlainMethod = (typeof plainMethods)[number];

export type HostRequest =
  | { id: number; call: 'probe' }
  /** Answered by the number of the new backend. */
  | { id: number; call: 'create'; model: ModelSpec; parameters: Parameters; options: BackendOptions }
  | { id: number; call: 'method'; backend: number; method: PlainMethod; given: unknown[] }
  /** Sends `batch` on its way, each of which waits for its `heard`; `abort` ends it early. */
  | { id: number; call: 'trainEpoch'; backend: number; order: Int32Array; options: Pick<TrainEpochOptions, 'batchSize' | 'learningRate' | 'clipNorm' | 'from'> }
  | { id: number; call: 'heard' }
  | { id: number; call: 'abort' }
  | { id: number; call: 'dispose'; backend: number }
  /** Answered at once by `alive`, unless the process hangs. */
  | { id: number; call: 'ping' };

/** An error as data: one of the engine keeps its code. */
export interface RemoteError { code: EngineErrorCode | null; message: string; details: EngineErrorDetails }

export type HostAnswer =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; error: RemoteError }
  | { id: number; alive: true }
  | { id: number; batch: number; batches: number; position: EpochPosition };

/** Values of the answers that are read. */
export interface Answers { probe: Probe; create: number; trainEpoch: EpochResult }

/** One end of the line. */
export interface Line<Out, In> {
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** The other end is gone. */
  onClose(listener: () => void): void;
}
