import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import type { RunSpec } from '../../../shared/spec.ts';
import { draftOf, type Draft } from '../../lib/draft.ts';

const KEPT = 50;

/** What was typed for each dataset, kept over a restart; only what differs from a default was ever typed. */
export const useDraftsStore = defineStore('drafts', () => {
  const drafts = useLocalStorage<Record<string, Draft>>('unroll.drafts', {});

  const typed = (datasetId: string): Draft => drafts.value[datasetId] ?? {};

  function put(datasetId: string, draft: Draft): void {
    const others = Object.entries(drafts.value).filter(([id]) => id !== datasetId).slice(-(KEPT - 1));
    drafts.value = Object.fromEntries([...others, [datasetId, draft]]);
  }

  const set = (datasetId: string, path: string, value: string | boolean) => put(datasetId, { ...typed(datasetId), [path]: value });
  const fill = (datasetId: string, spec: RunSpec) => put(datasetId, draftOf(spec));
  const clear = (datasetId: string) => put(datasetId, {});

  return { typed, set, fill, clear };
});
