/**
 * Seeded generator xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), its state filled
 * by splitmix32. The same seed and stream give the same numbers everywhere: only 32-bit integer arithmetic is used.
 */
export class Rng {
  readonly #s = new Uint32Array(4);

  /** @param stream another sequence of the same seed, so that one use does not shift the numbers of another */
  constructor(seed: number, stream = 0) {
    let x = (seed ^ Math.imul(stream, 0x9e3779b9)) >>> 0;
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.#s[i] = (z ^ (z >>> 16)) >>> 0;
    }
    // The all-zero state is the one that never leaves itself.
    if (this.#s.every((word) => word === 0)) this.#s[0] = 1;
  }

  /** A whole number in 0 .. 2^32 - 1. */
  next(): number {
    const s = this.#s;
    const result = Math.imul(rotl(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const t = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotl(s[3]!, 11);
    return result;
  }

  /** A number in [0, 1). */
  uniform(): number { return this.next() / 4_294_967_296; }

  /** A standard normal number (Box and Muller). */
  normal(): number {
    const u = 1 - this.uniform();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A whole number in 0 .. bound - 1, every one equally likely (rejection of the uneven rest). */
  below(bound: number): number {
    const rest = 4_294_967_296 % bound;
    let value = this.next();
    while (value < rest) value = this.next();
    return value % bound;
  }

  /** Fisher and Yates, in place. */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = values[i]!;
      values[i] = values[j]!;
      values[j] = held;
    }
  }

  state(): number[] { return Array.from(this.#s); }

  setState(state: readonly number[]): void { this.#s.set(state); }
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
