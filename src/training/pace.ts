/** Lets something through at most every `interval` milliseconds. */
export class Throttle {
  readonly #interval: number;
  #last = Number.NEGATIVE_INFINITY;

  constructor(interval: number) { this.#interval = interval; }

  due(now: number): boolean {
    if (now - this.#last < this.#interval) return false;
    this.#last = now;
    return true;
  }
}

/**
 * Seconds until the last epoch ends, from the pace so far. The first epoch is left out once there are others:
 * it carries the warm-up. null before the first fortieth of an epoch is done, when any number would be a guess.
 */
export class TimeLeft {
  readonly #epochs: number;
  readonly #start: number;
  #afterFirst: number | null = null;

  constructor(epochs: number, now: number) {
    this.#epochs = epochs;
    this.#start = now;
  }

  /** @param done epochs done, a fraction within an epoch; @param now milliseconds */
  estimate(done: number, now: number): number | null {
    if (done >= 1 && this.#afterFirst === null) this.#afterFirst = now - (done - 1) * (now - this.#start) / done;
    if (done < 0.025) return null;
    const [from, counted] = this.#afterFirst !== null && done > 1.5 ? [this.#afterFirst, done - 1] : [this.#start, done];
    return Math.max(0, ((now - from) / counted) * (this.#epochs - done) / 1000);
  }
}
