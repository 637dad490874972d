import { shallowRef, watch } from 'vue';
import type { SequenceFacts } from '../../shared/classify.ts';
import type { DatasetSummary } from '../../shared/dataset.ts';
import type { AppErrorData } from '../../shared/errors.ts';
import { ask, errorOf } from '../lib/bridge.ts';

/** Refusals of a table that holds labelled sequences, but for some of its rows; others say that it holds none. */
const mendable = new Set(['classify.no-label', 'classify.no-sequence', 'classify.not-number']);

/** The labelled sequences of a table: `asked` once it is known whether it has some, `problem` where a few rows stand in the way. */
export function useSequences(dataset: () => DatasetSummary | null) {
  const facts = shallowRef<SequenceFacts | null>(null);
  const problem = shallowRef<AppErrorData | null>(null);
  const asked = shallowRef(false);

  watch(() => dataset()?.id, async (id) => {
    facts.value = problem.value = null;
    asked.value = false;
    const found = dataset();
    if (id === undefined || found === null) return;
    // Sequences are cells of several numbers or of text: a table of plain numbers has none.
    if (found.text !== null || !found.columns.some(({ type }) => type === 'text')) { asked.value = true; return; }
    try {
      const answer = await ask('dataset.sequences', { id, sequence: null, label: null, kind: null });
      if (id === dataset()?.id) facts.value = answer;
    } catch (thrown) {
      const error = errorOf(thrown);
      if (id === dataset()?.id && mendable.has(error.code)) problem.value = error;
    }
    if (id === dataset()?.id) asked.value = true;
  }, { immediate: true });

  return { facts, problem, asked };
}
