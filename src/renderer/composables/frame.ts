import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { inTurn, type Turn } from './turns.ts';

/**
 * The newest value of `source`, passed on at most once a frame: a chart never draws what no eye can see. Each takes a turn of its
 * own, so that the charts that one event changes are no long task together.
 */
export function useFrame<T>(source: () => T): Readonly<ShallowRef<T>> {
  const value = shallowRef(source()) as ShallowRef<T>;
  let request = 0;
  let turn: Turn | null = null;
  watch(source, () => {
    if (request !== 0) return;
    request = requestAnimationFrame(() => {
      turn = inTurn(() => {
        request = 0;
        value.value = source();
      });
    });
  });
  onScopeDispose(() => {
    cancelAnimationFrame(request);
    if (turn !== null) turn.over = true;
  });
  return value;
}
