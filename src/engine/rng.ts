/**
 * A seeded generator whose state can be read and set: xoshiro128** (Blackman and Vigna, 2018, prng.di.unimi.it),
 * seeded by splitmix32. The same seed and stream give the same numbers on every machine.
 */
export class Rng {
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;

  /**
   * @param seed whole number from 0 to 2^32 - 1
   * @param stream generators of one seed and different streams are independent of each other
   */
  constructor(seed: number, stream = 0) {
    let x = (seed ^ Math.imul(stream, 0x85ebca6b)) >>> 0;
    const splitmix = (): number => {
      x = (x + 0x9e3779b9) >>> 0;
      let z = x;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    };
    this.setState([splitmix(), splitmix(), splitmix(), splitmix()]);
  }

  /** Four unsigned 32-bit words; with setState, a generator goes on exactly. */
  state(): number[] {
    return [this.#a, this.#b, this.#c, this.#d];
  }

  /** @throws RangeError when it is not four unsigned 32-bit words, not all zero */
  setState(words: readonly number[]): void {
    if (words.length !== 4 || words.some((w) => w !== w >>> 0) || words.every((w) => w === 0)) {
      throw new RangeError('The state of a generator is four unsigned 32-bit words, not all of them zero.');
    }
    [this.#a, this.#b, this.#c, this.#d] = words as [number, number, number, number];
  }

  /** An unsigned 32-bit word. */
  next(): number {
    const five = Math.imul(this.#b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const t = this.#b << 9;
    this.#c = (this.#c ^ this.#a) >>> 0;
    this.#d = (this.#d ^ this.#b) >>> 0;
    this.#b = (this.#b ^ this.#c) >>> 0;
    this.#a = (this.#a ^ this.#d) >>> 0;
    this.#c = (this.#c ^ t) >>> 0;
    this.#d = ((this.#d << 11) | (this.#d >>> 21)) >>> 0;
    return result;
  }

  /** A number from 0 up to but not including 1, with 53 random bits. */
  uniform(): number {
    return ((this.next() >>> 5) * 67108864 + (this.next() >>> 6)) / 9007199254740992;
  }

  /** A whole number from 0 to below - 1, each as likely (below from 1 to 2^32). */
  below(below: number): number {
    const fair = 4294967296 - (4294967296 % below);
    let word = this.next();
    while (word >= fair) word = this.next();
    return word % below;
  }

  /** A number of the standard normal distribution (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = values[i]!;
      values[i] = values[j]!;
      values[j] = kept;
    }
  }
}
