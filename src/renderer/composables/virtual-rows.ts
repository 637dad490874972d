import { useElementSize, useScroll } from '@vueuse/core';
import { computed, type Ref } from 'vue';

/** Rows [from, to) that are in view, with a few on either side so that scrolling shows no white. */
export function visibleRange(scrollTop: number, height: number, rowHeight: number, rows: number, spare = 10): { from: number; to: number } {
  const first = Math.floor(scrollTop / rowHeight);
  const shown = Math.ceil(height / rowHeight);
  const from = Math.max(0, Math.min(first, rows) - spare);
  return { from, to: Math.min(rows, first + shown + spare) };
}

/** Only the rows in view are in the page; spacers above and below keep the scroll bar true. */
export function useVirtualRows(container: Ref<HTMLElement | null>, rows: () => number, rowHeight: number) {
  const { y } = useScroll(container);
  const { height } = useElementSize(container);
  const range = computed(() => visibleRange(y.value, height.value || 400, rowHeight, rows()));
  const above = computed(() => range.value.from * rowHeight);
  const below = computed(() => Math.max(0, rows() - range.value.to) * rowHeight);

  /** Scrolls just as far as row `index` needs to be seen, below the header that sticks. */
  function reveal(index: number, header = rowHeight): void {
    const element = container.value;
    if (element === null) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight + header > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight + header - element.clientHeight;
  }

  return { range, above, below, reveal };
}
