export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/** The language that is shown: what the person chose, else the system's when we speak it, else English. */
export function resolveLocale(chosen: 'system' | Locale, system: string): Locale {
  if (chosen !== 'system') return chosen;
  return system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
