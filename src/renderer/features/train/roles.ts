import { shallowRef } from 'vue';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { Roles } from '../../../shared/spec.ts';
import { unitsOf } from '../../../shared/units.ts';
import { useDatasetsStore } from '../../app/stores/datasets.ts';
import { errorOf } from '../../lib/bridge.ts';

/** The roles of the dataset, changed from the Train place. */
export function useRoles(dataset: () => DatasetSummary) {
  const datasets = useDatasetsStore();
  const refusal = shallowRef<AppErrorData | null>(null);

  async function setRoles(roles: Roles): Promise<void> {
    const { id, roles: old } = dataset();
    refusal.value = null;
    try {
      await datasets.setRoles(id, roles, unitsOf(dataset(), old?.targets[0]));
    } catch (thrown) {
      refusal.value = errorOf(thrown);
    }
  }

  return { refusal, setRoles };
}
