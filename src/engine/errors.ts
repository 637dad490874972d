/** What can be wrong with what the engine was given, or asked to do. Codes are stable; messages are English. */
export type EngineErrorCode =
  | 'model.invalid' | 'data.invalid' | 'data.shape' | 'parameters.shape' | 'state.shape' | 'input.shape'
  | 'memory.tooLarge' | 'backend.unsupported' | 'backend.notLoaded' | 'output.range' | 'backend.disposed' | 'backend.threadLost' | 'backend.deviceLost' | 'backend.deviceFull';

export type EngineErrorDetails = Record<string, string | number | boolean | null>;

/** The engine's only error class: a host turns it into its own by `code` and `details`. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly details: EngineErrorDetails;

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** A number of bytes for a sentence, for example "1.5 GiB". */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]!}`;
}

/** @returns the error for something that would not fit; `bytes` is what it would need. */
export function tooLarge(what: string, bytes: number, limit: number): EngineError {
  return new EngineError('memory.tooLarge',
    `${what} would need ${bytesInWords(bytes)} (${bytes} bytes), more than the ${bytesInWords(limit)} that fit. Choose a smaller batch, sequence length or hidden size.`,
    { what, bytes, limit });
}
