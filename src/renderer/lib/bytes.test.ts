import { expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';

it.each([[0, '0 byte'], [999, '999 byte'], [1000, '1 kB'], [1_530, '1.5 kB'], [114_989_581, '115 MB'], [5_300_000_000, '5.3 GB'], [7e13, '70,000 GB']])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});
