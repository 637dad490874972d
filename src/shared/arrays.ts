import { z } from 'zod';

/** Typed arrays as they come through a structured clone. */
export const float64Array = z.instanceof(Float64Array) as z.ZodType<Float64Array>;
export const bytes = z.instanceof(Uint8Array) as z.ZodType<Uint8Array>;
export const int32Array = z.instanceof(Int32Array) as z.ZodType<Int32Array>;
export const float32Array = z.instanceof(Float32Array) as z.ZodType<Float32Array>;
