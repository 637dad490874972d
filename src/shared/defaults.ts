import { emptyRecipe, type Recipe } from './recipe.ts';
import { SPEC_VERSION, type Roles, type ForecastSpec } from './spec.ts';

/**
 * Settings that make sense for this data: the sequence length is half a year of months, a week of days, a day of
 * hours, and never more than a tenth of the rows; the hidden size is the lesson's 20.
 *
 * @param rows rows of the dataset
 * @param secondsPerRow median time between two rows in seconds; null where there is no time column
 */
export function defaultSpec(roles: Roles, rows: number, secondsPerRow: number | null, recipe: Recipe = emptyRecipe): ForecastSpec {
  return {
    version: SPEC_VERSION, task: 'forecast',
    recipe, roles,
    window: { sequenceLength: Math.max(1, Math.min(naturalLength(secondsPerRow), Math.floor(rows / 10))), horizon: 1, stride: 1, targets: 'last' },
    split: { by: 'share', train: 0.7, validation: 0.15, test: 0.15 },
    scaling: 'standard',
    model: { cell: 'rnn_tanh', hiddenSize: 20, layers: 1, bidirectional: false, dropout: 0, initialization: 'pytorch' },
    training: {
      epochs: rows > 50_000 ? 20 : rows > 5_000 ? 100 : 200,
      batchSize: rows > 50_000 ? 256 : rows > 5_000 ? 64 : 32,
      loss: 'mse', huberDelta: 1, optimizer: 'adam', learningRate: 0.001, momentum: 0.9, weightDecay: 0, clipNorm: null,
      schedule: 'constant', patience: null, seed: 7,
    },
    backend: 'auto',
  };
}

const HOUR = 3600;
const DAY = 24 * HOUR;

function naturalLength(secondsPerRow: number | null): number {
  if (secondsPerRow === null) return 12;
  if (secondsPerRow >= 300 * DAY) return 5;
  if (secondsPerRow >= 80 * DAY) return 8;
  if (secondsPerRow >= 25 * DAY) return 6;
  if (secondsPerRow >= 6 * DAY) return 8;
  if (secondsPerRow >= 20 * HOUR) return 7;
  if (secondsPerRow >= 0.9 * HOUR) return 24;
  return 30;
}
