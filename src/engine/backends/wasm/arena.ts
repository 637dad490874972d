/** Hands out places one behind the other, each on a multiple of 64 bytes; only counts, takes no memory. */
export class Arena {
  /** First byte after everything handed out. */
  end: number;

  constructor(start: number) {
    this.end = Math.ceil(start / 64) * 64;
  }

  /** Pointer to `words` numbers of 4 bytes. */
  take(words: number): number {
    const pointer = this.end;
    this.end += Math.ceil((words * 4) / 64) * 64;
    return pointer;
  }
}

/** n rounded up to a multiple of 4, the width of a vector. */
export function padded(n: number): number {
  return Math.ceil(n / 4) * 4;
}
