import { EngineError } from '../engine/index.ts';
import { AppError } from '../shared/errors.ts';

/**
 * The engine knows no other room, so its errors become the studio's here. Sizes that do not fit and settings that a
 * backend has not are the person's to change; anything else is a fault of ours and passes as it is.
 */
export function explained(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const field = error.code === 'memory.tooLarge' ? 'model.hiddenSize' : error.code === 'backend.unsupported' ? 'backend' : null;
  return field === null ? error : new AppError('input', `engine.${error.code}`, error.message, { field, details: error.details });
}
