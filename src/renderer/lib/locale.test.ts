import { expect, it } from 'vitest';
import { resolveLocale } from './locale.ts';

it('follows the choice, then the system, then English', () => {
  expect(resolveLocale('en', 'zh-CN')).toBe('en');
  expect(resolveLocale('system', 'zh-Hans-CN')).toBe('zh-CN');
  expect(resolveLocale('system', 'de-DE')).toBe('en');
});
