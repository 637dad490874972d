/**
 * The range of every number that a person may set, with the reason the interface gives for it.
 * One table, so that the form, the command line and the schemas say the same.
 */
export interface Limit {
  min: number;
  max: number;
  integer: boolean;
  /** Why there is this range, in English; the renderer translates `limits.<field>`. */
  why: string;
}

export const limits = {
  sequenceLength: { min: 1, max: 10_000, integer: true, why: 'the window needs at least one value, and memory grows with its length' },
  horizon: { min: 1, max: 1_000, integer: true, why: 'the model predicts at least the next value' },
  stride: { min: 1, max: 10_000, integer: true, why: 'windows start at least one row apart' },
  hiddenSize: { min: 1, max: 2_048, integer: true, why: 'the state needs at least one unit, and time grows with its square' },
  layers: { min: 1, max: 8, integer: true, why: 'a recurrent network has 1 to 8 stacked layers here' },
  dropout: { min: 0, max: 0.95, integer: false, why: 'it is the share of values dropped between layers' },
  epochs: { min: 1, max: 100_000, integer: true, why: 'training passes over the data at least once' },
  batchSize: { min: 1, max: 65_536, integer: true, why: 'a step uses at least one window' },
  learningRate: { min: 1e-7, max: 10, integer: false, why: 'a rate of 0 learns nothing and one above 10 diverges' },
  momentum: { min: 0, max: 0.999, integer: false, why: 'it is the share of the last step that is kept' },
  weightDecay: { min: 0, max: 1, integer: false, why: 'it is the share of each weight taken away per unit of learning rate' },
  clipNorm: { min: 1e-6, max: 1e6, integer: false, why: 'it is the largest gradient norm that is let through' },
  huberDelta: { min: 1e-6, max: 1e6, integer: false, why: 'it is where the loss turns from squared to linear' },
  patience: { min: 1, max: 100_000, integer: true, why: 'it counts epochs without improvement' },
  seed: { min: 0, max: 4_294_967_295, integer: true, why: 'the generator takes a 32-bit seed' },
  minCount: { min: 1, max: 1_000_000, integer: true, why: 'it counts how often a character comes' },
  embedding: { min: 1, max: 512, integer: true, why: 'a character needs at least one number' },
  sampleLength: { min: 1, max: 2_000, integer: true, why: 'a sample is a glimpse, kept for each chosen epoch' },
  temperature: { min: 0, max: 10, integer: false, why: '0 takes the likeliest character, and above 10 all are about as likely' },
  trainShare: { min: 0.05, max: 1, integer: false, why: 'a network needs some rows to learn from' },
  share: { min: 0, max: 1, integer: false, why: 'it is a share of the rows' },
} as const satisfies Record<string, Limit>;

export type LimitedField = keyof typeof limits;

/** The sentence for a value out of range, for example "hidden size must be a whole number from 1 to 2048 (got 1.5)". */
export function limitSentence(label: string, field: LimitedField, got: unknown): string {
  const { min, max, integer, why } = limits[field];
  return `${label} must be a ${integer ? 'whole number' : 'number'} from ${min} to ${max}, because ${why} (got ${got === '' ? 'nothing' : String(got)}).`;
}
