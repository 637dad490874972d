import { EngineError } from '../engine/index.ts';
import { AppError, environmentError } from '../shared/errors.ts';
import { deviceGone } from '../shared/trainer-protocol.ts';

/**
 * The engine knows no other room, so its errors become the studio's here. Sizes that do not fit and settings that a
 * backend has not are the person's to change; anything else is a fault of ours and passes as it is.
 */
export function explained(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  // Nobody's fault, and training can go on elsewhere from its last checkpoint.
  if (error.code === 'backend.deviceLost' || error.code === 'backend.deviceFull') return environmentError(deviceGone[error.code === 'backend.deviceLost' ? 0 : 1], error.message, { hint: 'The epochs so far are kept, and it can go on from its last checkpoint, on the CPU too.', details: error.details });
  const field = error.code === 'memory.tooLarge' ? 'model.hiddenSize' : error.code === 'backend.unsupported' ? 'backend' : null;
  return field === null ? error : new AppError('input', `engine.${error.code}`, error.message, { field, details: error.details });
}
