import { backendChoices, cellKinds, initializationKinds, normalizationKinds, optimizerKinds, scheduleKinds, targetKinds } from '../../../../shared/spec.ts';
import type { Draft } from '../../../lib/draft.ts';
import type { Field, Level } from '../fields.ts';

const all: Record<Level, Field[]> = {
  essentials: [
    { path: 'window.sequenceLength', kind: 'number' },
    { path: 'model.hiddenSize', kind: 'number' },
    { path: 'model.cell', kind: 'choice', options: cellKinds },
    { path: 'window.targets', kind: 'choice', options: targetKinds },
    { path: 'training.epochs', kind: 'number' },
    { path: 'window.stride', kind: 'number' },
  ],
  more: [
    { path: 'model.layers', kind: 'number' },
    { path: 'training.batchSize', kind: 'number' },
    { path: 'training.optimizer', kind: 'choice', options: optimizerKinds },
    { path: 'training.learningRate', kind: 'number' },
    { path: 'training.clipNorm', kind: 'number' },
    { path: 'training.patience', kind: 'number' },
    { path: 'split.train', kind: 'number' },
    { path: 'split.validation', kind: 'number' },
    { path: 'split.test', kind: 'number' },
    { path: 'training.seed', kind: 'number' },
    { path: 'samples.prompt', kind: 'text' },
    { path: 'samples.length', kind: 'number' },
    { path: 'samples.every', kind: 'number' },
    { path: 'samples.temperature', kind: 'number' },
  ],
  expert: [
    { path: 'text.normalization', kind: 'choice', options: normalizationKinds },
    { path: 'text.minCount', kind: 'number' },
    { path: 'text.embedding', kind: 'number' },
    { path: 'model.initialization', kind: 'choice', options: initializationKinds },
    { path: 'training.schedule', kind: 'choice', options: scheduleKinds },
    { path: 'model.dropout', kind: 'number', when: (draft) => Number(draft['model.layers']) > 1 },
    { path: 'model.bidirectional', kind: 'switch' },
    { path: 'training.weightDecay', kind: 'number' },
    { path: 'training.momentum', kind: 'number', when: (draft) => draft['training.optimizer'] === 'sgd' || draft['training.optimizer'] === 'rmsprop' },
    { path: 'backend', kind: 'choice', options: backendChoices },
  ],
};

/** The fields of one depth that mean something with the settings as they are. */
export function textFieldsOf(level: Level, draft: Draft): Field[] {
  return all[level].filter((field) => field.when === undefined || field.when(draft));
}

export function textLevelOf(path: string): Level {
  return (['essentials', 'more', 'expert'] as const).find((level) => all[level].some((field) => field.path === path || field.path.startsWith(`${path}.`))) ?? 'essentials';
}
