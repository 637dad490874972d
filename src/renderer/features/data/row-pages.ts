import { onScopeDispose, shallowRef, triggerRef, watch } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

export const PAGE = 200;
/** Pages that stay in memory: 40 of 200 rows; the farthest from view goes first. */
const KEPT = 40;

export interface FileRow { line: number; cells: string[] }

/** Rows of a file after its recipe by page, asked for as they come into view. */
export function useRowPages(datasetId: () => string, recipe: () => string, range: () => { from: number; to: number }, rows: () => number) {
  const pages = shallowRef<Map<number, FileRow[]>>(new Map());
  const error = shallowRef<AppErrorData | null>(null);
  const asked = new Set<number>();
  let generation = 0;

  async function fetchPage(page: number): Promise<void> {
    const mine = generation;
    asked.add(page);
    try {
      const answer = await ask('dataset.rows', { id: datasetId(), start: page * PAGE, count: Math.min(PAGE, rows() - page * PAGE) });
      if (mine !== generation) return;
      pages.value.set(page, answer);
      forgetFar(page);
      triggerRef(pages);
    } catch (thrown) {
      if (mine === generation) error.value = errorOf(thrown);
    } finally {
      if (mine === generation) asked.delete(page);
    }
  }

  function forgetFar(page: number): void {
    while (pages.value.size > KEPT) {
      let far = page;
      for (const other of pages.value.keys()) if (Math.abs(other - page) > Math.abs(far - page)) far = other;
      if (far === page) return;
      pages.value.delete(far);
    }
  }

  function fill(): void {
    const { from, to } = range();
    if (rows() === 0 || error.value !== null) return;
    for (let page = Math.floor(from / PAGE); page <= Math.floor((Math.max(from, to - 1)) / PAGE) && page * PAGE < rows(); page++) {
      if (!pages.value.has(page) && !asked.has(page)) void fetchPage(page);
    }
  }

  function again(): void {
    generation++;
    asked.clear();
    error.value = null;
    pages.value = new Map();
    fill();
  }

  watch([datasetId, recipe], again);
  watch(range, fill, { immediate: true });
  onScopeDispose(() => { generation++; });

  return { row: (index: number) => pages.value.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null, error, again };
}
