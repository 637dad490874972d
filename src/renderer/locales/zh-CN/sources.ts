/** 文件与已保存数据集的文字。 */
export const sources = {
  sources: {
    above: '表头上方', lines: '略过 {n} 行', format: '格式', formats: { text: '文本', parquet: 'Parquet', json: 'JSON', excel: 'Excel' },
  },
};
