import { createI18n } from 'vue-i18n';
import { en } from './locales/en/index.ts';
import { zhCN } from './locales/zh-CN/index.ts';
import type { Locale } from './lib/locale.ts';

/** Messages are compiled to a tree and interpreted (vue-i18n 10 and later), so that no eval is needed. */
export const i18n = createI18n<[typeof en], Locale, false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en, 'zh-CN': zhCN },
});
