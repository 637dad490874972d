import { useDebounceFn } from '@vueuse/core';
import { onUnmounted, ref, shallowRef, watch } from 'vue';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { LessonRequest, LessonResult } from '../../../shared/lessons.ts';
import { ask, errorOf } from '../../lib/bridge.ts';

export const lessonIds = ['memory', 'unrolled', 'handwritten', 'hello', 'gs10', 'shapes', 'weaknesses'] as const;
export type LessonId = (typeof lessonIds)[number];

type ResultOf<R extends LessonRequest> = Extract<LessonResult, { lesson: R['lesson'] }>;

/** What a lesson shows, run again on the backends whenever its numbers change; the last answer stays until the next one is there. */
export function useLesson<R extends LessonRequest>(request: () => R) {
  const result = shallowRef<ResultOf<R> | null>(null);
  const error = shallowRef<AppErrorData | null>(null);
  const busy = ref(false);
  let asked = 0;

  async function run(): Promise<void> {
    const mine = ++asked;
    busy.value = true;
    try {
      const answer = await ask('lesson.run', request());
      if (mine !== asked) return;
      result.value = answer as ResultOf<R>;
      error.value = null;
    } catch (thrown) {
      if (mine === asked) error.value = errorOf(thrown);
    } finally {
      if (mine === asked) busy.value = false;
    }
  }

  const soon = useDebounceFn(run, 120);
  watch(() => JSON.stringify(request()), () => { void soon(); });
  void run();
  onUnmounted(() => { asked++; });
  return { result, error, busy, run };
}
