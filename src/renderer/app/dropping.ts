import { onScopeDispose } from 'vue';

type Taker = (files: File[]) => void;
const takers = new Set<{ place: () => HTMLElement | null; take: Taker }>();

/** Files that are dropped on this place of the page are taken here instead of being opened as data. */
export function takeDrops(place: () => HTMLElement | null, take: Taker): void {
  const taker = { place, take };
  takers.add(taker);
  onScopeDispose(() => { takers.delete(taker); });
}

/** Who takes what is dropped on an element; null: nobody does. */
export function takerAt(target: EventTarget | null): Taker | null {
  for (const { place, take } of takers) if (target instanceof Node && place()?.contains(target) === true) return take;
  return null;
}
