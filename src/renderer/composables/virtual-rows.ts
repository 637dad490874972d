import { useElementSize, useScroll } from '@vueuse/core';
import { computed, type Ref } from 'vue';

/** Rows on either side of those in view. */
export const SPARE = 10;

/** Rows [from, to) that are in view, with a few on either side so that scrolling shows no white. */
export function visibleRange(scrollTop: number, height: number, rowHeight: number, rows: number, spare = SPARE): { from: number; to: number } {
  const first = Math.floor(scrollTop / rowHeight);
  const shown = Math.ceil(height / rowHeight);
  const from = Math.max(0, Math.min(first, rows) - spare);
  return { from, to: Math.min(rows, first + shown + spare) };
}

/** No browser lays out an element of more than about 33 million pixels: higher tables are scrolled at a larger scale. */
const HIGHEST = 15_000_000;

/** How many pixels of a table one pixel of its scroll bar stands for: 1 but in tables too high to be laid out. */
export function scrollScale(rows: number, rowHeight: number, height: number): number {
  const whole = rows * rowHeight;
  return whole <= HIGHEST ? 1 : (whole - height) / (HIGHEST - height);
}

/** Only the rows in view are in the page; spacers above and below keep the scroll bar true, however many rows there are. */
export function useVirtualRows(container: Ref<HTMLElement | null>, rows: () => number, rowHeight: number, spare: () => number = () => SPARE) {
  const { y } = useScroll(container);
  const { height } = useElementSize(container);
  const scale = computed(() => scrollScale(rows(), rowHeight, height.value || 400));
  const range = computed(() => visibleRange(y.value * scale.value, height.value || 400, rowHeight, rows(), spare()));
  // The first row in view stands where the scroll bar is; at a scale of 1 that is its own place.
  const above = computed(() => Math.max(0, range.value.from * rowHeight - y.value * (scale.value - 1)));
  const below = computed(() => Math.max(0, Math.min(HIGHEST, rows() * rowHeight) - above.value - (range.value.to - range.value.from) * rowHeight));

  /** Scrolls just as far as row `index` needs to be seen, below the header that sticks. */
  function reveal(index: number, header = rowHeight): void {
    const element = container.value;
    if (element === null) return;
    const top = index * rowHeight;
    const seen = element.scrollTop * scale.value;
    if (top < seen) element.scrollTop = top / scale.value;
    else if (top + rowHeight + header > seen + element.clientHeight) element.scrollTop = (top + rowHeight + header - element.clientHeight) / scale.value;
  }

  return { range, above, below, reveal };
}
