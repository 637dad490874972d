export type Schedule = 'constant' | 'step' | 'cosine' | 'plateau';

/**
 * Learning rate of an epoch.
 * step: a tenth after one half and again after three quarters of the epochs; cosine: from the rate to zero along half a
 * cosine (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts); plateau: halved each time that the last 10
 * epochs brought no better loss, as torch.optim.lr_scheduler.ReduceLROnPlateau with factor 0.5.
 *
 * @param epoch from 0, @param losses of the epochs before, the first first
 */
export function scheduledRate(kind: Schedule, rate: number, epoch: number, epochs: number, losses: readonly number[]): number {
  switch (kind) {
    case 'constant': return rate;
    case 'step': return epoch >= epochs * 0.75 ? rate / 100 : epoch >= epochs * 0.5 ? rate / 10 : rate;
    case 'cosine': return (rate * (1 + Math.cos((Math.PI * epoch) / epochs))) / 2;
    case 'plateau': return rate * 0.5 ** plateaus(losses);
  }
}

const PATIENCE = 10;

function plateaus(losses: readonly number[]): number {
  let best = Infinity;
  let since = 0;
  let count = 0;
  for (const loss of losses) {
    if (loss < best * (1 - 1e-4)) {
      best = loss;
      since = 0;
    } else if (++since > PATIENCE) {
      count += 1;
      since = 0;
    }
  }
  return count;
}
