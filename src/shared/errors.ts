import { z } from 'zod';

/**
 * Errors cross processes as data. `code` is stable and is what the renderer's locale files translate
 * (`errors.<code>`, with `details` as the parameters); `message` is the English sentence, used by the
 * command line and where a translation is missing; `hint` says what to do; `field` names the setting or
 * column at which the person can mend it.
 *
 * `fault` tells whose it is: bad input is not a bug.
 */
export const appErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  field: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  fault: z.enum(['input', 'environment', 'ours']),
});
export type AppErrorData = z.infer<typeof appErrorSchema>;

type Init = Omit<AppErrorData, 'code' | 'message' | 'fault'>;

/** An error that knows its code; `toData()` is what crosses a process. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly data: AppErrorData;

  constructor(fault: AppErrorData['fault'], code: string, message: string, init: Init = {}) {
    super(message);
    this.data = { code, message, fault, ...init };
  }
}

/** What a person gave cannot be used as it is: exit code 2 on the command line. */
export function inputError(code: string, message: string, init?: Init): AppError {
  return new AppError('input', code, message, init);
}

/** The machine refuses: disk full, folder read-only, memory. */
export function environmentError(code: string, message: string, init?: Init): AppError {
  return new AppError('environment', code, message, init);
}

/** Any thrown value as data; what is not an AppError is a fault of ours. */
export function toErrorData(error: unknown): AppErrorData {
  if (error instanceof AppError) return error.data;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, fault: 'ours' };
}
