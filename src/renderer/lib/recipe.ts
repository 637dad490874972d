import type { DatasetSummary } from '../../shared/dataset.ts';

/** Differs where the table of a dataset does. */
export function recipeKey({ recipe }: Pick<DatasetSummary, 'recipe'>): string {
  return JSON.stringify(recipe.steps);
}
