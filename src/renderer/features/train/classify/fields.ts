import { backendChoices, cellKinds, initializationKinds, optimizerKinds, scalingKinds, scheduleKinds, splitOrders } from '../../../../shared/spec.ts';
import type { Draft } from '../../../lib/draft.ts';
import type { Field, Level } from '../fields.ts';

const all: Record<Level, Field[]> = {
  essentials: [
    { path: 'window.sequenceLength', kind: 'number' },
    { path: 'model.hiddenSize', kind: 'number' },
    { path: 'model.cell', kind: 'choice', options: cellKinds },
    { path: 'training.epochs', kind: 'number' },
  ],
  more: [
    { path: 'model.layers', kind: 'number' },
    { path: 'model.bidirectional', kind: 'switch' },
    { path: 'embedding', kind: 'number', when: (draft) => draft['kind'] === 'text' },
    { path: 'scaling', kind: 'choice', options: scalingKinds, when: (draft) => draft['kind'] === 'numbers' },
    { path: 'training.batchSize', kind: 'number' },
    { path: 'training.optimizer', kind: 'choice', options: optimizerKinds },
    { path: 'training.learningRate', kind: 'number' },
    { path: 'training.clipNorm', kind: 'number' },
    { path: 'training.patience', kind: 'number' },
    { path: 'training.seed', kind: 'number' },
    { path: 'split.order', kind: 'choice', options: splitOrders },
    { path: 'split.train', kind: 'number' },
    { path: 'split.validation', kind: 'number' },
    { path: 'split.test', kind: 'number' },
  ],
  expert: [
    { path: 'model.initialization', kind: 'choice', options: initializationKinds },
    { path: 'training.schedule', kind: 'choice', options: scheduleKinds },
    { path: 'model.dropout', kind: 'number', when: (draft) => Number(draft['model.layers']) > 1 },
    { path: 'training.weightDecay', kind: 'number' },
    { path: 'training.momentum', kind: 'number', when: (draft) => draft['training.optimizer'] === 'sgd' || draft['training.optimizer'] === 'rmsprop' },
    { path: 'backend', kind: 'choice', options: backendChoices },
  ],
};

/** The fields of one depth that mean something with the settings as they are. */
export function classifyFieldsOf(level: Level, draft: Draft): Field[] {
  return all[level].filter((field) => field.when === undefined || field.when(draft));
}
