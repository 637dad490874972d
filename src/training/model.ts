import type { BackendOptions, ModelSpec, OptimizerSpec } from '../engine/backend.ts';
import { inputSizeOf } from '../shared/features.ts';
import type { ForecastSpec, TrainingSettings } from '../shared/spec.ts';

/** The engine's words for the user's settings. */
export function modelOf(spec: ForecastSpec): ModelSpec {
  const { cell, hiddenSize, layers, bidirectional, dropout } = spec.model;
  return {
    cell, hiddenSize, layers, bidirectional, dropout: layers > 1 ? dropout : 0,
    inputSize: inputSizeOf(spec.roles, spec.window.horizon), outputSize: spec.window.horizon * spec.roles.targets.length, headSteps: spec.window.targets,
  };
}

/** alpha, epsilon and the betas are PyTorch's defaults. */
export function optimizerOf({ optimizer, momentum, weightDecay }: Pick<TrainingSettings, 'optimizer' | 'momentum' | 'weightDecay'>): OptimizerSpec {
  if (optimizer === 'sgd') return { kind: 'sgd', momentum, weightDecay };
  return optimizer === 'rmsprop' ? { kind: 'rmsprop', alpha: 0.99, epsilon: 1e-8, momentum, weightDecay } : { kind: optimizer, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay };
}

export function optionsOf(spec: ForecastSpec): BackendOptions {
  const { loss, huberDelta, seed } = spec.training;
  return {
    seed,
    loss: loss === 'huber' ? { kind: 'huber', delta: huberDelta } : { kind: loss },
    optimizer: optimizerOf(spec.training),
  };
}
