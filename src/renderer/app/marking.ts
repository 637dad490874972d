import { useToast } from '@nuxt/ui/composables';
import type { RunMarks, RunSummary } from '../../shared/run.ts';
import { useWords } from '../composables/words.ts';
import { errorOf } from '../lib/bridge.ts';
import { useHistoryStore } from './stores/history.ts';
import { useRunsStore } from './stores/runs.ts';

/** Marks runs (tags, star, archive, trash), each change undoable as one. */
export function useMarking() {
  const runs = useRunsStore();
  const history = useHistoryStore();
  const toast = useToast();
  const { t, errorText } = useWords();

  /** @param back what each run was like before, as marks of its own */
  async function mark(list: readonly RunSummary[], marks: RunMarks, label: string, back: (run: RunSummary) => RunMarks, quiet = false): Promise<void> {
    const ids = list.map((run) => run.id);
    // Runs that go back to the same are asked for together.
    const before = new Map<string, { marks: RunMarks; ids: string[] }>();
    for (const run of list) {
      const its = back(run);
      const key = JSON.stringify(its);
      before.set(key, { marks: its, ids: [...(before.get(key)?.ids ?? []), run.id] });
    }
    const change = { label, redo: () => runs.mark(ids, marks), undo: async () => { for (const group of before.values()) await runs.mark(group.ids, group.marks); } };
    try {
      await change.redo();
    } catch (thrown) {
      toast.add({ title: errorText(errorOf(thrown)), color: 'error', icon: 'i-lucide-circle-alert' });
      return;
    }
    history.record(change);
    if (!quiet) toast.add({ title: label, color: 'neutral', duration: 6000, actions: [{ label: t('common.undo'), color: 'primary', variant: 'link', onClick: () => { void history.undo(); } }] });
  }

  const count = (key: string, list: readonly RunSummary[]) => t(`manage.did.${key}`, { n: list.length }, list.length);
  return {
    star: (run: RunSummary) => mark([run], { starred: !run.starred }, t('manage.did.starred'), () => ({ starred: run.starred }), true),
    archive: (list: readonly RunSummary[], archived: boolean) => mark(list, { archived }, count(archived ? 'archived' : 'unarchived', list), (run) => ({ archived: run.archivedAt !== null })),
    restore: (list: readonly RunSummary[]) => mark(list, { removed: false }, count('restored', list), () => ({ removed: true })),
    tag: (list: readonly RunSummary[], add: string[], remove: string[]) => mark(list, { addTags: add, removeTags: remove }, count('tag', list), (run) => ({ addTags: remove.filter((tag) => run.tags.includes(tag)), removeTags: add.filter((tag) => !run.tags.includes(tag)) })),
    async note(run: RunSummary, text: string): Promise<void> {
      const before = run.note;
      await runs.note(run.id, text);
      history.record({ label: t('manage.did.note'), undo: () => runs.note(run.id, before), redo: () => runs.note(run.id, text) });
    },
  };
}
