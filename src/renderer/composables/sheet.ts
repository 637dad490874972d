import { inject, onScopeDispose, provide, type InjectionKey } from 'vue';
import type { SheetPart } from '../../shared/sheet.ts';

/** A part of a page that belongs into the page's picture; null while it has nothing to show. */
interface Offer { element: () => HTMLElement | null; part: () => SheetPart | null }
const key: InjectionKey<Set<Offer>> = Symbol('sheet');

/** For a page that is saved as one picture: its parts, in the order in which they stand on it. */
export function useSheet(): { parts: () => SheetPart[] } {
  const offers = new Set<Offer>();
  provide(key, offers);
  return {
    parts: () => [...offers]
      .flatMap(({ element, part }) => { const [at, content] = [element(), part()]; return at === null || content === null ? [] : [{ at, content }]; })
      .sort((a, b) => (a.at.compareDocumentPosition(b.at) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
      .map(({ content }) => content),
  };
}

/** Offers a chart or table to the page around it; where no page is saved as a whole this does nothing. */
export function offerPart(element: () => HTMLElement | null, part: () => SheetPart | null): void {
  const offers = inject(key, null);
  if (offers === null) return;
  const offer: Offer = { element, part };
  offers.add(offer);
  onScopeDispose(() => offers.delete(offer));
}
