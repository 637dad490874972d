import { computed, ref } from 'vue';
import { limits } from '../../../shared/limits.ts';
import { MOST_WRITTEN, type WritingRule } from '../../../shared/playground.ts';
import { parseNumber } from '../../lib/draft.ts';

const fields = ['length', 'temperature', 'topK', 'topP', 'seed'] as const;
export type WritingField = (typeof fields)[number];

/** How to write on, as typed; a field that cannot be used is named. */
export function useWritingSettings() {
  const prompt = ref('');
  const stop = ref('');
  const typed = ref<Record<WritingField, string>>({ length: '5', temperature: '0', topK: '', topP: '', seed: '7' });

  const whole = (text: string, min: number, max: number) => {
    const value = parseNumber(text);
    return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  };
  const real = (text: string, ok: (value: number) => boolean) => {
    const value = parseNumber(text);
    return typeof value === 'number' && ok(value) ? value : undefined;
  };
  const values = computed(() => ({
    length: whole(typed.value.length, 1, MOST_WRITTEN),
    temperature: real(typed.value.temperature, (v) => v >= limits.temperature.min && v <= limits.temperature.max),
    topK: typed.value.topK.trim() === '' ? null : whole(typed.value.topK, 1, 1_000_000),
    topP: typed.value.topP.trim() === '' ? null : real(typed.value.topP, (v) => v > 0 && v <= 1),
    seed: whole(typed.value.seed, limits.seed.min, limits.seed.max),
  }));
  const wrong = computed(() => fields.filter((name) => values.value[name] === undefined));
  const rule = computed<WritingRule | null>(() => {
    const { temperature, topK, topP } = values.value;
    return temperature === undefined || topK === undefined || topP === undefined ? null : { temperature, topK, topP };
  });
  /** A person types \n for a line feed, and two backslashes for one. */
  const stopText = computed(() => stop.value.replace(/\\(n|t|\\)/g, (_all, sign: string) => ({ n: '\n', t: '\t', '\\': '\\' })[sign] ?? sign));

  return { prompt, stop, typed, values, wrong, rule, stopText };
}
export type WritingSettings = ReturnType<typeof useWritingSettings>;
