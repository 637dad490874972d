import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';

/** The newest value of `source`, passed on at most once a frame: a chart never draws what no eye can see. */
export function useFrame<T>(source: () => T): Readonly<ShallowRef<T>> {
  const value = shallowRef(source()) as ShallowRef<T>;
  let request = 0;
  watch(source, () => {
    if (request !== 0) return;
    request = requestAnimationFrame(() => {
      request = 0;
      value.value = source();
    });
  });
  onScopeDispose(() => cancelAnimationFrame(request));
  return value;
}
