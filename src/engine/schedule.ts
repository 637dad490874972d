/** Learning rates over the epochs, each with the numbers that PyTorch's scheduler of that name takes. */
export type Schedule =
  | { kind: 'constant' }
  /** torch.optim.lr_scheduler.MultiStepLR: times gamma from each milestone (an epoch, from 0) on. */
  | { kind: 'step'; milestones: readonly number[]; gamma: number }
  /** torch.optim.lr_scheduler.CosineAnnealingLR over all epochs, down to `minimum`. */
  | { kind: 'cosine'; minimum: number }
  /** torch.optim.lr_scheduler.ReduceLROnPlateau (mode min, threshold relative): times `factor` after `patience` epochs without a better loss. */
  | { kind: 'plateau'; factor: number; patience: number; threshold: number; minimum: number };

/** The schedule that a bare name stands for: a tenth from one half and again from three quarters of the epochs on, cosine to 0, halved on a plateau of 10 epochs. */
export function defaultSchedule(kind: Schedule['kind'], epochs: number): Schedule {
  switch (kind) {
    case 'constant': return { kind };
    case 'step': return { kind, milestones: [epochs * 0.5, epochs * 0.75], gamma: 0.1 };
    case 'cosine': return { kind, minimum: 0 };
    case 'plateau': return { kind, factor: 0.5, patience: 10, threshold: 1e-4, minimum: 0 };
  }
}

/**
 * Learning rate of one epoch; a pure function of what is known when the epoch begins, so that a resumed run goes on alike.
 * @param epoch from 0
 * @param losses the watched loss of every epoch before this one
 */
export function scheduledRate(schedule: Schedule | Schedule['kind'], baseRate: number, epoch: number, epochs: number, losses: readonly number[]): number {
  const s = typeof schedule === 'string' ? defaultSchedule(schedule, epochs) : schedule;
  switch (s.kind) {
    case 'constant': return baseRate;
    case 'step': return baseRate * s.gamma ** s.milestones.filter((milestone) => epoch >= milestone).length;
    case 'cosine': return s.minimum + (baseRate - s.minimum) * 0.5 * (1 + Math.cos(Math.PI * epoch / epochs));
    case 'plateau': return plateauRate(s, baseRate, losses);
  }
}

function plateauRate(s: Extract<Schedule, { kind: 'plateau' }>, baseRate: number, losses: readonly number[]): number {
  let rate = baseRate;
  let best = Infinity;
  let waited = 0;
  for (const loss of losses) {
    if (loss < best * (1 - s.threshold)) {
      best = loss;
      waited = 0;
    } else if (++waited > s.patience) {
      rate = Math.max(rate * s.factor, s.minimum);
      waited = 0;
    }
  }
  return rate;
}
