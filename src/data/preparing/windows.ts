import type { StartRange } from '../../shared/plan.ts';

/** The starts of a range as the engine takes them, [count]. */
export function startsOf({ first, step, count }: StartRange): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => first + i * step);
}
