/** 存储的维护。 */
export const care = {
  care: {
    title: '存储', notify: '运行结束时通知', notifyHelp: '窗口不在前台时，由系统通知。',
    facts: { database: '数据库', checkpoints: '运行的权重', predictions: '预测', contents: '数据文件副本', free: '空闲页', tables: '大文件的表格', backups: '备份', runs: '内容' },
    runsOf: '{n} 个运行，回收站中 {trash} 个，{data} 个数据集',
    keep: '已完成运行的权重保留', keepHelp: '还能继续的运行会保留所需的全部内容。损失、指标和预测始终保留。',
    policy: { all: '全部', 'best-and-last': '最佳和最后', best: '仅最佳', none: '不保留' },
    trim: '立即清理（{size}）', trimmed: '已移除 {n} 个运行的权重：{size}。压缩后空间才会归还磁盘。',
    do: { backup: '备份', export: '导出全部…', import: '导入…', compact: '压缩', check: '检查' },
    help: {
      backup: '在数据库旁的 backups 文件夹中保存一份副本。', export: '将所有运行、数据、权重和对比存为一个文件，用于迁移或保存。', import: '加入导出文件或备份中的运行、数据和对比；已有内容保持不变。',
      compact: '把空闲页归还磁盘。训练时不可用。', check: '检查数据库的每一页。',
    },
    doing: { backup: '正在复制数据库…', export: '正在写入一个文件…', import: '正在导入…', compact: '正在压缩数据库…', check: '正在检查数据库…' },
    whole: '数据库完好。', broken: '数据库已损坏：{problems}。请先备份，再重新启动 Unroll：它会保留损坏的数据库并新建一个。', backedUp: '已备份到 {path}（{size}）。', compacted: '压缩完成：归还 {won}，现为 {size}。',
    exported: '已将 {n} 个运行和 {data} 个数据集导出到 {path}（{size}）。', imported: '导入了 {n} 个运行、{data} 个数据集和 {comparisons} 个对比；已有的运行 {known} 个。',
  },
};
