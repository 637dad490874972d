/** What a shader knows of the batch at hand: the fields of `Step` in wgsl/common.ts. */
export interface StepValues {
  batch: number;
  /** Place of its first window in the order. */
  first: number;
  time: number;
  /** Windows that there is room for. */
  windows: number;
  everyStep: boolean;
  /** Place in the journal. */
  log: number;
  /** Keys of the dropout masks by layer; null: nothing is dropped. */
  keys: number[] | null;
  /** Terms of the mean loss. */
  terms: number;
  rate: number;
  /** 1 - beta^step of Adam. */
  corrections: [number, number];
  /** 0: gradients are not clipped. */
  clip: number;
}

/** Writes one step's uniform at a byte offset. */
export function writeStep(view: DataView, at: number, v: StepValues): void {
  const integers = [v.batch, v.first, v.time, v.windows * v.time, v.windows * (v.everyStep ? v.time : 1), v.log, v.keys === null ? 0 : 1];
  integers.forEach((value, i) => view.setUint32(at + 4 * i, value, true));
  [1 / v.terms, v.rate, ...v.corrections, v.clip].forEach((value, i) => view.setFloat32(at + 28 + 4 * i, value, true));
  v.keys?.forEach((key, i) => view.setUint32(at + 48 + 4 * i, key, true));
}
