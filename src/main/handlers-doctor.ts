import type { Datasets } from './datasets.ts';
import type { Handlers } from './ipc.ts';

/** Channels of the data doctor and of the recipe. */
export function doctorHandlers(datasets: Datasets): Pick<Handlers, 'dataset.doctor' | 'dataset.stopDoctor' | 'dataset.setRecipe' | 'dataset.preview'> {
  return {
    'dataset.doctor': ({ id, question }) => datasets.findings(id, question),
    'dataset.stopDoctor': () => datasets.stopDoctor(),
    'dataset.setRecipe': ({ id, recipe }) => datasets.setRecipe(id, recipe),
    'dataset.preview': ({ id, ...what }) => datasets.preview(id, what),
  };
}
