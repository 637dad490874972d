import { shallowRef, watch, type Ref } from 'vue';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { CalendarKind, Encoding, Roles } from '../../../shared/roles.ts';
import { useDatasetsStore } from '../../app/stores/datasets.ts';
import { useHistoryStore } from '../../app/stores/history.ts';
import { useWords } from '../../composables/words.ts';
import { errorOf } from '../../lib/bridge.ts';
import { assignRole, roleOf, withEncoding, withKnown, withOwnPast, type RoleName } from '../../lib/roles.ts';

export type RoleEditing = ReturnType<typeof useRoleEditing>;

/** Changes of roles and unit: kept by main, each undoable; a refusal stays at the column that was changed. */
export function useRoleEditing(dataset: Ref<DatasetSummary | null>) {
  const datasets = useDatasetsStore();
  const history = useHistoryStore();
  const { t } = useWords();
  const refusal = shallowRef<{ column: string | null; error: AppErrorData } | null>(null);
  watch(() => dataset.value?.id, () => { refusal.value = null; });

  async function apply(column: string | null, roles: Roles, unit: string, label?: string): Promise<void> {
    const before = dataset.value;
    if (before === null) return;
    refusal.value = null;
    try {
      await datasets.setRoles(before.id, roles, unit);
    } catch (thrown) {
      refusal.value = { column, error: errorOf(thrown) };
      return;
    }
    const old = before.roles;
    if (old === null) return;
    history.record({
      label: label ?? (column === null ? t('data.changedUnit') : t('data.changedRole', { column })),
      undo: () => datasets.setRoles(before.id, old, before.unit),
      redo: () => datasets.setRoles(before.id, roles, unit),
    });
  }

  function setRole(column: string, role: RoleName): void {
    if (roleOf(dataset.value?.roles ?? null, column) === role) return;
    const roles = assignRole(dataset.value?.roles ?? null, column, role, dataset.value?.columns.find(({ name }) => name === column)?.encoding ?? null);
    // A new target is another quantity: the old one's unit would be wrong.
    if (roles !== null) void apply(column, roles, roles.targets[0] === dataset.value?.roles?.targets[0] ? dataset.value?.unit ?? '' : '');
  }

  function setOwnPast(target: string, on: boolean): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(target, withOwnPast(roles, target, on), dataset.value?.unit ?? '');
  }

  function setEncoding(column: string, encoding: Encoding | null): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(column, withEncoding(roles, column, encoding), dataset.value?.unit ?? '');
  }

  function setKnown(column: string, on: boolean): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(column, withKnown(roles, column, on), dataset.value?.unit ?? '');
  }

  function setCalendar(calendar: CalendarKind[]): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(null, { ...roles, calendar }, dataset.value?.unit ?? '', t('prep.changedInputs'));
  }

  function setUnit(unit: string): void {
    const roles = dataset.value?.roles;
    if (roles && unit !== dataset.value?.unit) void apply(null, roles, unit);
  }

  return { refusal, setRole, setOwnPast, setEncoding, setKnown, setCalendar, setUnit };
}
