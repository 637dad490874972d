/** Counts epochs without a better validation loss, and remembers which epoch was best. */
export class EarlyStopping {
  readonly #patience: number | null;
  #best = Number.POSITIVE_INFINITY;
  #bestEpoch = 0;
  #since = 0;

  /** @param patience epochs without improvement until `stop`; null: never */
  constructor(patience: number | null) { this.#patience = patience; }

  get bestEpoch(): number { return this.#bestEpoch; }

  /** @param loss the validation loss, or the training loss where there is no validation part */
  observe(epoch: number, loss: number): { improved: boolean; stop: boolean } {
    const improved = loss < this.#best;
    if (improved) {
      this.#best = loss;
      this.#bestEpoch = epoch;
      this.#since = 0;
    } else {
      this.#since += 1;
    }
    return { improved, stop: this.#patience !== null && this.#since >= this.#patience };
  }
}
