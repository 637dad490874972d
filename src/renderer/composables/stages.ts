import { onMounted, onScopeDispose, ref, type Ref } from 'vue';

/**
 * The number of parts of a page that are drawn by now, from 1 to `parts`, one more with each frame: drawn at once they would be
 * one long task, in which no click is heard.
 */
export function useStages(parts: number): Ref<number> {
  const drawn = ref(1);
  let frame = 0;
  const next = () => {
    drawn.value += 1;
    if (drawn.value < parts) frame = requestAnimationFrame(next);
  };
  onMounted(() => { frame = requestAnimationFrame(next); });
  onScopeDispose(() => cancelAnimationFrame(frame));
  return drawn;
}
