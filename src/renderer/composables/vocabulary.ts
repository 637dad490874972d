import { ref, shallowRef, watch } from 'vue';
import type { AppErrorData } from '../../shared/errors.ts';
import type { CharSpec } from '../../shared/spec.ts';
import type { Vocabulary } from '../../shared/text.ts';
import { ask, errorOf } from '../lib/bridge.ts';

export type VocabularyChoice = Pick<CharSpec['text'], 'normalization' | 'minCount'>;

/** The characters of a text under a choice, counted anew when it changes; the newest wish wins. */
export function useVocabulary(id: () => string, choice: () => VocabularyChoice) {
  const vocabulary = shallowRef<Vocabulary | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const busy = ref(false);
  let asked = 0;

  async function load(): Promise<void> {
    const mine = ++asked;
    busy.value = true;
    error.value = null;
    try {
      const answer = await ask('dataset.vocabulary', { id: id(), ...choice() });
      if (mine === asked) vocabulary.value = answer;
    } catch (thrown) {
      if (mine === asked) error.value = errorOf(thrown);
    } finally {
      if (mine === asked) busy.value = false;
    }
  }
  watch(() => [id(), choice().normalization, choice().minCount], () => { void load(); }, { immediate: true });

  return { vocabulary, error, busy, load };
}
