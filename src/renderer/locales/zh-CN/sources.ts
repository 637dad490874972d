/** 文件与已保存数据集的文字。 */
export const sources = {
  sources: {
    above: '表头上方', lines: '略过 {n} 行', format: '格式', formats: { text: '文本', parquet: 'Parquet', json: 'JSON', excel: 'Excel' },
    paste: '粘贴表格或文本', pasted: '粘贴的内容 {time}', opened: '已打开 {n} 个文件，当前显示 {name}。',
    all: '已保存的数据集', title: '已保存的数据集', count: '{n} 个数据集',
    tooLarge: '{name} 太大，无法完整读取', which: '要打开的行', every: '每隔 n 行取一行', everyHelp: '均匀分布在整个文件中，每一行代表 n 行。', first: '开头的若干行', firstHelp: '从文件开头起连续读取。',
    everyN: '每多少行取一行', firstN: '行数', wholeNumber: '须为 {min} 到 {max} 的整数。', openRows: '打开这些行', notNow: '取消',
    sampledEvery: '每 {n} 行取一行', sampledFirst: '前 {n} 行', sampled: '读取的行',
    columns: { name: '名称', source: '来源', rows: '行数', size: '大小', hash: 'SHA-256', runs: '运行', opened: '打开时间' },
    emptyTitle: '还没有数据集', emptyText: '打开过的文件会连同用它训练的运行保存在这里。', noRuns: '无', runsOf: '{n} 个运行', moreRuns: '另有 {n} 个',
    shipped: '示例', pastedSource: '粘贴', filter: '按名称或来源筛选', noMatch: '没有与“{text}”匹配的数据集。',
    state: { same: '未改变', changed: '读取之后，文件已被修改。', missing: '文件已被移动或删除。', unreadable: '无法再读取该文件。' },
    keeps: '这里的数据集保持原样。', cancelReading: '取消', readAgain: '重新读取', find: '查找文件', open: '打开 {name}', rename: '重命名 {name}', renamed: '名称 {name}', copyHash: '复制完整哈希值', copied: '已复制', check: '重新检查文件',
    name: '数据集名称', actions: '{name} 的操作',
  },
};
