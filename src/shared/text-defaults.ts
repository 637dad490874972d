import { SPEC_VERSION, type CharSpec } from './spec.ts';

/** Below so many characters a text is an example to be learnt by heart, above it is one to learn its ways from. */
const SMALL = 1000;

/**
 * Settings that make sense for a text: "hello world" as in the lesson (2 characters in, hidden size 20, nothing held out),
 * a book in windows of 64 with a target at every step.
 * @param length characters of the text @param beginning its first characters: what samples go on from
 */
export function defaultTextSpec(length: number, beginning: string, column: string | null = null): CharSpec {
  const small = length < SMALL;
  return {
    version: SPEC_VERSION, task: 'char',
    text: { column, normalization: 'NFC', minCount: 1, embedding: null },
    // A short text is read whole by the shortest windows that tell its characters apart.
    window: { sequenceLength: small ? Math.max(1, Math.min(2, length - 1)) : 64, stride: small ? 1 : 16, targets: small ? 'last' : 'every' },
    split: small ? { train: 1, validation: 0, test: 0 } : { train: 0.9, validation: 0.05, test: 0.05 },
    model: { cell: 'rnn_tanh', hiddenSize: small ? 20 : 128, layers: 1, bidirectional: false, dropout: 0, initialization: 'pytorch' },
    // What the text itself begins with, greedily: the first samples of a small text show it learn to the letter.
    samples: { every: null, prompt: [...beginning].slice(0, small ? 2 : 20).join(''), length: small ? 20 : 200, temperature: small ? 0 : 0.8 },
    training: {
      epochs: small ? 200 : 20, batchSize: small ? 4 : 64, loss: 'crossEntropy', huberDelta: 1, optimizer: 'adam', learningRate: small ? 0.01 : 0.002, momentum: 0.9, weightDecay: 0,
      clipNorm: small ? null : 1, schedule: 'constant', patience: null, seed: 7,
    },
    backend: 'auto',
  };
}
