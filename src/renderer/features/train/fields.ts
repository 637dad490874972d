import { backendChoices, cellKinds, initializationKinds, lossKinds, optimizerKinds, scalingKinds, scheduleKinds, splitKinds, targetKinds } from '../../../shared/spec.ts';
import type { Draft } from '../../lib/draft.ts';

export type Field =
  | { path: string; kind: 'number'; when?: (draft: Draft) => boolean }
  /** Options come from the schema: one that is removed there disappears here, and a single one is no choice. */
  | { path: string; kind: 'choice'; options: readonly string[]; when?: (draft: Draft) => boolean }
  | { path: string; kind: 'text'; when?: (draft: Draft) => boolean }
  | { path: string; kind: 'switch'; when?: (draft: Draft) => boolean };

export const levels = ['essentials', 'more', 'expert'] as const;
export type Level = (typeof levels)[number];

const stacked = (draft: Draft) => Number(draft['model.layers']) > 1;

const byDate = (draft: Draft) => draft['split.by'] === 'date';
const byShare = (draft: Draft) => !byDate(draft);

const all: Record<Level, Field[]> = {
  essentials: [
    { path: 'window.sequenceLength', kind: 'number' },
    { path: 'model.hiddenSize', kind: 'number' },
    { path: 'model.cell', kind: 'choice', options: cellKinds },
    { path: 'training.epochs', kind: 'number' },
  ],
  more: [
    { path: 'model.layers', kind: 'number' },
    { path: 'window.horizon', kind: 'number' },
    { path: 'training.batchSize', kind: 'number' },
    { path: 'training.optimizer', kind: 'choice', options: optimizerKinds },
    { path: 'training.learningRate', kind: 'number' },
    { path: 'training.clipNorm', kind: 'number' },
    { path: 'training.patience', kind: 'number' },
    { path: 'split.by', kind: 'choice', options: splitKinds },
    { path: 'split.train', kind: 'number', when: byShare },
    { path: 'split.validation', kind: 'number', when: byShare },
    { path: 'split.test', kind: 'number', when: byShare },
    { path: 'split.validationFrom', kind: 'text', when: byDate },
    { path: 'split.testFrom', kind: 'text', when: byDate },
    { path: 'training.seed', kind: 'number' },
  ],
  expert: [
    { path: 'model.initialization', kind: 'choice', options: initializationKinds },
    { path: 'training.schedule', kind: 'choice', options: scheduleKinds },
    { path: 'training.loss', kind: 'choice', options: lossKinds },
    { path: 'training.huberDelta', kind: 'number', when: (draft) => draft['training.loss'] === 'huber' },
    { path: 'model.dropout', kind: 'number', when: stacked },
    { path: 'model.bidirectional', kind: 'switch' },
    { path: 'training.weightDecay', kind: 'number' },
    { path: 'training.momentum', kind: 'number', when: (draft) => draft['training.optimizer'] === 'sgd' || draft['training.optimizer'] === 'rmsprop' },
    { path: 'scaling', kind: 'choice', options: scalingKinds },
    { path: 'window.stride', kind: 'number' },
    { path: 'window.targets', kind: 'choice', options: targetKinds },
    { path: 'backend', kind: 'choice', options: backendChoices },
  ],
};

/** The fields of one depth that mean something with the settings as they are. */
export function fieldsOf(level: Level, draft: Draft): Field[] {
  return all[level].filter((field) => (field.kind !== 'choice' || field.options.length > 1) && (field.when === undefined || field.when(draft)));
}

export function levelOf(path: string): Level {
  return levels.find((level) => all[level].some((field) => field.path === path || field.path.startsWith(`${path}.`))) ?? 'essentials';
}
