import type { Handlers } from './ipc.ts';
import type { Datasets } from './datasets.ts';

/** Channels of what a column holds. */
export function seeingHandlers(datasets: Datasets): Pick<Handlers, 'dataset.analysis' | 'dataset.summaries' | 'dataset.point'> {
  return {
    'dataset.analysis': ({ id, column, time }) => datasets.analysis(id, column, time),
    'dataset.summaries': ({ id, columns }) => datasets.summaries(id, columns),
    'dataset.point': ({ id, column, time, at }) => datasets.point(id, column, time, at),
  };
}
