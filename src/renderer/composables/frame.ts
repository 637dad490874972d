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

/** The newest value of `source` some frames later: what is less looked at is drawn when the rest is, so that no frame has to draw everything. */
export function useLater<T>(source: () => T, frames: number): Readonly<ShallowRef<T>> {
  const value = shallowRef(source()) as ShallowRef<T>;
  let request = 0;
  const after = (left: number) => {
    request = requestAnimationFrame(() => {
      if (left > 1) { after(left - 1); return; }
      request = 0;
      value.value = source();
    });
  };
  watch(source, () => { if (request === 0) after(frames); });
  onScopeDispose(() => cancelAnimationFrame(request));
  return value;
}
