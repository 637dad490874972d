import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AppErrorData } from '../../shared/errors.ts';
import { formatAligned, formatCount, formatDuration, formatNumber, formatPercent, formatWhen } from '../lib/format.ts';

/** Translations and numbers of the shown language; everything follows when the language changes. */
export function useWords() {
  const { t, te, locale } = useI18n();
  const language = computed(() => locale.value as string);

  /** The sentence of an error in the shown language; English where there is no translation. */
  function errorText(error: AppErrorData): string {
    // What nobody foresaw has only the words of whatever threw it.
    if (error.code === 'unexpected') return t('common.unexpected', { message: error.message });
    const key = `errors.${error.code}`;
    if (!te(key)) return error.message;
    const details: Record<string, unknown> = { ...error.details };
    // How many more there are, and whether a whole number is wanted, are words of their own.
    details.andMore = typeof details.more === 'number' && details.more > 0 ? t('errors.andMore', { n: details.more }) : '';
    const field = details.field;
    // A range is told with the setting's own name and the reason for the range.
    if (error.code === 'spec.range' && typeof field === 'string') {
      details.label = error.field !== undefined && te(`fields.${error.field}.label`) ? t(`fields.${error.field}.label`) : field;
      details.why = t(`limits.${field}`);
      if (details.got === '') details.got = t('errors.number.nothing');
      details.kind = t(details.integer === true ? 'errors.number.whole' : 'errors.number.any');
    }
    return t(key, details);
  }

  function errorHint(error: AppErrorData): string | null {
    const key = `hints.${error.code}`;
    return te(key) ? t(key, { ...error.details }) : error.hint ?? null;
  }

  return {
    t, te, language, errorText, errorHint,
    number: (value: number | null | undefined, digits?: number) => formatNumber(value, language.value, digits),
    aligned: (value: number | null | undefined, decimals: number) => formatAligned(value, language.value, decimals),
    count: (value: number | null | undefined) => formatCount(value, language.value),
    percent: (value: number) => formatPercent(value, language.value),
    duration: (seconds: number | null | undefined) => formatDuration(seconds, language.value),
    when: (iso: string) => formatWhen(iso, language.value),
    withUnit: (text: string, unit: string) => (unit === '' ? text : `${text} ${unit}`),
  };
}
