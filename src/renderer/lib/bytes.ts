const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Bytes in the unit that suits their size, in powers of 1000: 117 MB. */
export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[power]!, unitDisplay: 'short', maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1 }).format(value);
}
