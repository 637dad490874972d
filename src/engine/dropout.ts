/**
 * Dropout between layers: which values stay is a hash of (seed, step, layer, place), so that the mask needs no memory,
 * is the same on every backend, and a resumed run goes on exactly from the step number alone.
 * The hash is the finalizer of MurmurHash3 (Appleby), twice.
 */
function mix(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The key of one layer's mask in one step. */
export function dropoutKey(seed: number, step: number, layer: number): number {
  return mix((mix((seed ^ Math.imul(step, 0x9e3779b9)) >>> 0) + layer) >>> 0);
}

/** Values are kept whose hash, 24 bits of it, is at least this. */
export function dropoutThreshold(dropout: number): number {
  return Math.round(dropout * 16777216);
}

/**
 * The factor of one value of a layer's output: 0, or 1 / (1 - dropout), so that the mean stays (PyTorch docs of nn.Dropout).
 * @param place ((t * batch + b) * directions + direction) * H + j
 */
export function dropoutFactor(key: number, place: number, dropout: number): number {
  return (mix((key + Math.imul(place, 0x9e3779b9)) >>> 0) >>> 8) >= dropoutThreshold(dropout) ? 1 / (1 - dropout) : 0;
}
