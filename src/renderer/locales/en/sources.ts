/** Words of files and saved datasets. */
export const sources = {
  sources: {
    above: 'Above the header', lines: '{n} line left out | {n} lines left out', format: 'Format', formats: { text: 'Text', parquet: 'Parquet', json: 'JSON', excel: 'Excel' },
  },
};
