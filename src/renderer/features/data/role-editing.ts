import { shallowRef, watch, type Ref } from 'vue';
import type { DatasetSummary } from '../../../shared/dataset.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { CalendarKind, Encoding, Roles } from '../../../shared/roles.ts';
import { unitsOf, withUnit, type Units } from '../../../shared/units.ts';
import { useDatasetsStore } from '../../app/stores/datasets.ts';
import { useHistoryStore } from '../../app/stores/history.ts';
import { useWords } from '../../composables/words.ts';
import { errorOf } from '../../lib/bridge.ts';
import { proposedInputs, withProposed } from '../../../shared/proposed.ts';
import { assignRole, roleOf, withEncoding, withKnown, withOwnPast, type RoleName } from '../../lib/roles.ts';

export type RoleEditing = ReturnType<typeof useRoleEditing>;

/** Changes of roles and unit: kept by main, each undoable; a refusal stays at the column that was changed. */
export function useRoleEditing(dataset: Ref<DatasetSummary | null>) {
  const datasets = useDatasetsStore();
  const history = useHistoryStore();
  const { t } = useWords();
  const refusal = shallowRef<{ column: string | null; error: AppErrorData } | null>(null);
  watch(() => dataset.value?.id, () => { refusal.value = null; });

  const unitsNow = (): Units => (dataset.value === null ? {} : unitsOf(dataset.value, dataset.value.roles?.targets[0]));

  async function apply(column: string | null, roles: Roles, label?: string, units = unitsNow()): Promise<void> {
    const before = dataset.value;
    if (before === null) return;
    const unitsBefore = unitsNow();
    refusal.value = null;
    try {
      await datasets.setRoles(before.id, roles, units);
    } catch (thrown) {
      refusal.value = { column, error: errorOf(thrown) };
      return;
    }
    const old = before.roles;
    if (old === null) return;
    history.record({
      label: label ?? t('data.changedRole', { column: column ?? '' }),
      undo: () => datasets.setRoles(before.id, old, unitsBefore),
      redo: () => datasets.setRoles(before.id, roles, units),
    });
  }

  function setRole(column: string, role: RoleName): void {
    if (roleOf(dataset.value?.roles ?? null, column) === role) return;
    const roles = assignRole(dataset.value?.roles ?? null, column, role, dataset.value?.columns.find(({ name }) => name === column)?.encoding ?? null);
    if (roles !== null) void apply(column, roles);
  }

  function setOwnPast(target: string, on: boolean): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(target, withOwnPast(roles, target, on));
  }

  function setEncoding(column: string, encoding: Encoding | null): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(column, withEncoding(roles, column, encoding));
  }

  function setKnown(column: string, on: boolean): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(column, withKnown(roles, column, on));
  }

  function setCalendar(calendar: CalendarKind[]): void {
    const roles = dataset.value?.roles;
    if (roles) void apply(null, { ...roles, calendar }, t('prep.changedInputs'));
  }

  function setUnit(target: string, unit: string): void {
    const roles = dataset.value?.roles;
    if (roles && unit !== (unitsNow()[target] ?? '')) void apply(null, roles, t('data.changedUnit', { target }), withUnit(unitsNow(), target, unit));
  }

  /** All that is proposed to go in, in one step that can be taken back as one. */
  function useProposed(): void {
    const { columns, roles, secondsPerRow } = dataset.value ?? {};
    if (columns && roles) void apply(null, withProposed(roles, proposedInputs(columns, roles, secondsPerRow ?? null)), t('prep.changedInputs'));
  }

  return { refusal, setRole, setOwnPast, setEncoding, setKnown, setCalendar, setUnit, useProposed };
}
