import { splitNames } from '../../../shared/plan.ts';
import type { RunSummary } from '../../../shared/run.ts';
import type { FieldValue, RunFields } from '../../../shared/run-fields.ts';
import { useSettingsWords } from '../../composables/settings-words.ts';
import { useWords } from '../../composables/words.ts';
import { formatBytes } from '../../lib/bytes.ts';
import { NOTHING } from '../../lib/format.ts';

/** Titles and cells of the table, for any field that a run has. */
export function useColumns() {
  const { t, te, language, number, count, duration, when, percent } = useWords();
  const { nameOf, valueOf } = useSettingsWords();

  function title(field: string): string {
    const own = `manage.fields.${field.replace('.', '-')}`;
    if (te(own)) return t(own);
    const parts = field.split('.');
    const naive = parts[0] === 'persistence';
    const [split, metric] = naive ? parts.slice(1) : parts;
    const part = splitNames.find((name) => name === split);
    if (part !== undefined && metric !== undefined) {
      const named = t('manage.of', { split: t(`split.${part}`), metric: te(`manage.metricNames.${metric}`) ? t(`manage.metricNames.${metric}`) : metric });
      return naive ? t('manage.persistence', { metric: named }) : named;
    }
    return nameOf(field);
  }

  function cell(run: RunSummary, fields: RunFields, field: string): string {
    const value: FieldValue = fields[field] ?? null;
    if (value === null) return NOTHING;
    switch (field) {
      case 'status': return t(`status.${run.status}`);
      case 'date': case 'finished': return when(String(value));
      case 'seconds': return duration(run.seconds);
      case 'gain': return `${Number(value) > 0 ? '+' : ''}${percent(Number(value))}`;
      case 'size': return formatBytes(run.bytes, language.value);
      case 'epochs': return count(run.epochsDone);
      case 'note': return String(value).split('\n')[0] ?? '';
      default: break;
    }
    if (Array.isArray(value)) return value.join(', ');
    if (typeof value === 'number') return number(value);
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
    return valueOf(field, String(value));
  }

  return { title, cell };
}
