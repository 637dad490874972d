import { useColorMode } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { AppInfo, EngineStatus, Settings } from '../../../shared/contract.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { i18n } from '../../i18n.ts';
import { ask, errorOf } from '../../lib/bridge.ts';
import { resolveLocale, type Locale } from '../../lib/locale.ts';

/** The studio itself: what machine it runs on, how it looks, which engines there are. */
export const useAppStore = defineStore('app', () => {
  const info = shallowRef<AppInfo | null>(null);
  const settings = ref<Settings>({ theme: 'system', locale: 'system' });
  const engines = shallowRef<EngineStatus[] | null>(null);
  const enginesError = shallowRef<AppErrorData | null>(null);
  const failure = shallowRef<AppErrorData | null>(null);
  const seenNotices = ref<Set<string>>(new Set());

  const colorMode = useColorMode({ emitAuto: true });
  const isDark = computed(() => colorMode.state.value === 'dark');
  const locale = computed<Locale>(() => resolveLocale(settings.value.locale, info.value?.systemLocale ?? navigator.language));
  const notices = computed(() => (info.value?.notices ?? []).filter((notice) => !seenNotices.value.has(noticeKey(notice))));

  watch(() => settings.value.theme, (theme) => { colorMode.value = theme === 'system' ? 'auto' : theme; }, { immediate: true });
  watch(locale, (language) => {
    i18n.global.locale.value = language;
    document.documentElement.lang = language;
  }, { immediate: true });

  async function load(): Promise<void> {
    try {
      [info.value, settings.value] = await Promise.all([ask('app.info'), ask('settings.get')]);
    } catch (thrown) {
      failure.value = errorOf(thrown);
    }
    await loadEngines();
  }

  async function loadEngines(): Promise<void> {
    enginesError.value = null;
    try {
      engines.value = await ask('engines.list');
    } catch (thrown) {
      enginesError.value = errorOf(thrown);
    }
  }

  /** Shown at once, then kept by main; what cannot be kept is said and stays for this sitting. */
  async function change(part: Partial<Settings>): Promise<void> {
    settings.value = { ...settings.value, ...part };
    try {
      settings.value = await ask('settings.set', part);
    } catch (thrown) {
      failure.value = errorOf(thrown);
    }
  }

  function dismissNotice(notice: AppErrorData): void {
    seenNotices.value = new Set(seenNotices.value).add(noticeKey(notice));
  }

  return { info, settings, engines, enginesError, failure, notices, isDark, locale, load, loadEngines, change, dismissNotice };
});

function noticeKey(notice: AppErrorData): string {
  return notice.code + JSON.stringify(notice.details ?? {});
}
