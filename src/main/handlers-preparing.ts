import { checkSpec, forecastSpec } from '../shared/spec.ts';
import type { Datasets } from './datasets.ts';
import type { Handlers } from './ipc.ts';

/** What settings make of a dataset, before anything is trained. */
export function preparingHandlers(datasets: Datasets): Pick<Handlers, 'dataset.prepared'> {
  return {
    'dataset.prepared': ({ id, spec, start }) => {
      const checked = checkSpec(spec);
      if (!checked.ok) throw checked.errors[0];
      return datasets.prepared(id, forecastSpec(checked.spec), start);
    },
  };
}
