import { computed } from 'vue';
import type { EpochRecord, RunSummary } from '../../../shared/run.ts';
import type { Progress } from '../../app/stores/runs.ts';
import { useWords } from '../../composables/words.ts';
import { formatClock, NOTHING } from '../../lib/format.ts';

/** One number of a run that goes on, as it is shown. */
export interface LiveStat { id: string; name: string; value: string }

/** What every run tells while it goes on, whatever it learns. */
export function useLiveStats(props: { run: RunSummary | null; records: readonly EpochRecord[]; progress: Progress | null }) {
  const { t, count, duration } = useWords();
  const last = computed(() => props.records.at(-1) ?? null);
  const running = computed(() => props.run?.status === 'running');
  const left = computed(() => props.progress?.secondsLeft ?? null);
  const epoch = computed((): LiveStat => {
    // Progress stands at the last message; a run that is over knows better.
    const at = running.value ? props.progress?.epoch ?? last.value?.epoch : props.run?.epochsDone;
    return { id: 'progress-epoch', name: t('charts.epoch'), value: props.run === null ? NOTHING : `${count(at ?? 0)} / ${count(props.run.spec.training.epochs)}` };
  });
  /** @param words of the seconds that are left */
  const time = (words: (left: number) => string = formatClock): LiveStat => (running.value
    ? { id: 'progress-left', name: t('train.timeLeft'), value: left.value === null ? NOTHING : words(left.value) }
    : { id: 'progress-left', name: t('train.took'), value: duration(props.run?.seconds ?? last.value?.seconds ?? null) });
  return { last, running, left, epoch, time };
}
