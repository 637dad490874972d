import { useWords } from './words.ts';

/** The settings of a run in words: names from the form, values as the form shows them. */
export function useSettingsWords() {
  const { t, te } = useWords();

  const nameOf = (path: string) => (te(`fields.${path}.label`) ? t(`fields.${path}.label`) : path);

  function valueOf(path: string, value: string | boolean): string {
    if (typeof value === 'boolean') return t(value ? 'common.on' : 'common.off');
    if (value === '') return path === 'roles.time' ? t('charts.row') : t('common.off');
    const key = `options.${path}.${value}`;
    return te(key) ? t(key) : value;
  }

  return { nameOf, valueOf };
}
