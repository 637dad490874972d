import type { SequenceFacts } from './classify.ts';
import { SPEC_VERSION, type ClassifySpec } from './spec.ts';

/** The longest sequence that is proposed. */
const LONGEST = 100;

/** Settings that make sense for labelled sequences: whole ones where they are short, a GRU, a part of each class held out. */
export function defaultClassifySpec({ sequence, label, kind, longest, examples }: Pick<SequenceFacts, 'sequence' | 'label' | 'kind' | 'longest' | 'examples'>): ClassifySpec {
  return {
    version: SPEC_VERSION, task: 'classify', sequence, label, kind,
    scaling: kind === 'numbers' ? 'standard' : 'none', embedding: null,
    window: { sequenceLength: Math.max(1, Math.min(longest, LONGEST)) },
    split: { order: 'stratified', train: 0.7, validation: 0.15, test: 0.15 },
    model: { cell: 'gru', hiddenSize: 32, layers: 1, bidirectional: false, dropout: 0, initialization: 'pytorch' },
    training: {
      epochs: examples < 2000 ? 60 : 20, batchSize: 32, loss: 'crossEntropy', huberDelta: 1, optimizer: 'adam', learningRate: 0.005, momentum: 0.9, weightDecay: 0,
      clipNorm: 1, schedule: 'constant', patience: null, seed: 7,
    },
    backend: 'auto',
  };
}
