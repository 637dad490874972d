import { computed, ref, type ShallowRef } from 'vue';
import { comparisonHeader, comparisonRows, type CompareChoice } from '../../../shared/compare-csv.ts';
import { environmentError } from '../../../shared/errors.ts';
import type { EpochRecord, Predictions, RunSummary } from '../../../shared/run.ts';
import { sheetSvg } from '../../../shared/sheet.ts';
import { useSaving } from '../../composables/saving.ts';
import { useSheet } from '../../composables/sheet.ts';
import { useWords } from '../../composables/words.ts';
import { ask, errorOf } from '../../lib/bridge.ts';
import { paper, runLine } from '../../lib/colors.ts';
import { bytesOfDataUrl, toCsv } from '../../lib/csv.ts';

interface Shown {
  title: () => string; runs: () => readonly RunSummary[]; epochs: (id: string) => readonly EpochRecord[]; predictions: ShallowRef<ReadonlyMap<string, Predictions>>;
  choice: () => CompareChoice; isDark: () => boolean;
}

/** No canvas is larger than this on a side, and none that is needs be. */
const LARGEST = 16_000;

/** The comparison as a whole: one picture of all that the page shows, or one table of all its numbers. */
export function useCompareExport(shown: Shown) {
  const { t, count, language } = useWords();
  const { error, save } = useSaving();
  const sheet = useSheet();
  const saving = ref(false);

  function picture(): ReturnType<typeof sheetSvg> {
    const { text, line, grid, background } = paper(shown.isDark());
    const when = new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date());
    return sheetSvg({
      title: shown.title(), subtitle: t('comparing.of', { n: count(shown.runs().length), when }),
      legend: shown.runs().map(({ name, color }) => ({ name, color: runLine(color, shown.isDark()).color })), parts: sheet.parts(),
    }, { text, muted: shown.isDark() ? '#a1a1aa' : '#52525b', grid: shown.isDark() ? grid : line, background });
  }

  /** @throws environmentError 'file.not-saved' where the picture is too large for this machine */
  async function png(): Promise<Uint8Array> {
    const { svg, width, height } = picture();
    const image = new Image();
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    try {
      image.src = address;
      await image.decode();
      const scale = Math.min(2, LARGEST / width, LARGEST / height);
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
      const url = canvas.toDataURL('image/png');
      if (!url.startsWith('data:image/png;base64,')) throw environmentError('file.not-saved', 'The picture is too large to be drawn.', { hint: 'Save it as SVG.' });
      return bytesOfDataUrl(url);
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /** What the page has not asked for yet is asked for now. */
  async function csv(): Promise<Uint8Array> {
    const compared = [];
    for (const run of shown.runs()) {
      const predictions = shown.predictions.value.get(run.id) ?? (run.spec.task === 'forecast' ? await ask('run.predictions', { id: run.id }) : null);
      compared.push({ run, epochs: shown.epochs(run.id), predictions });
    }
    return toCsv(comparisonHeader, comparisonRows(compared, shown.choice()));
  }

  async function saveAs(kind: 'png' | 'svg' | 'csv'): Promise<void> {
    saving.value = true;
    error.value = null;
    try {
      await save(`${shown.title()}.${kind}`, kind === 'csv' ? await csv() : kind === 'png' ? await png() : new TextEncoder().encode(picture().svg));
    } catch (thrown) {
      error.value = errorOf(thrown);
    } finally {
      saving.value = false;
    }
  }

  const exports = computed(() => ([['png', 'exportPng'], ['svg', 'exportSvg'], ['csv', 'exportCsv']] as const).map(([kind, word]) => ({ label: t(`comparing.${word}`), icon: 'i-lucide-download', onSelect: () => { void saveAs(kind); } })));
  return { saving, error, exports };
}
