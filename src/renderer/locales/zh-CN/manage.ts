import type { manage as english } from '../en/manage.ts';

/** 运行表格、标签与笔记、对比页的文字。 */
export const manage: typeof english = {
  manage: {
    filter: '筛选：文字，或 cell:lstm hidden > 32 tag:good rmse < 0.2 star:yes', suggestions: '补全', dropTerm: '从筛选中去掉 {term}', clear: '清除筛选',
    columns: '列', best: '最佳轮次', last: '最后轮次', epochHelp: '显示哪一轮的指标：验证损失最低的一轮，或最后一轮。', archived: '显示已归档', trash: '回收站', leaveTrash: '返回运行记录', emptyTrash: '清空回收站', trashEmpty: '回收站是空的。',
    askEmpty: '永久删除 {n} 条运行记录？', askEmptyText: '其设置、损失、预测和权重将无法恢复。', cancel: '取消', erase: '永久删除',
    tag: '标签', newTag: '添加标签', dropTag: '移除标签 {tag}', addTag: '要添加的标签，或用 -标签 去掉', badTag: '标签是一个词，由字母、数字和 . _ / + - 组成，最多 {limit} 个字符。', archive: '归档', unarchive: '取消归档', restore: '恢复', star: '为 {name} 加星', unstar: '去掉 {name} 的星标', csv: '将这些行存为 CSV', json: '将这些行存为 JSON', export: '导出',
    did: { tag: '已为 {n} 条运行记录改标签', archived: '已归档 {n} 条运行记录', unarchived: '已取消归档 {n} 条运行记录', restored: '已恢复 {n} 条运行记录', starred: '已改星标', note: '已改笔记' },
    note: '笔记', noteEmpty: '还没有笔记。', edit: '编辑', keep: '保存', notePlaceholder: '试了什么，结果如何。支持 Markdown。',
    fields: {
      name: '名称', id: '编号', status: '状态', dataset: '数据', device: '设备', backend: '引擎', date: '创建时间', finished: '结束时间', seconds: '用时', epochs: '轮次', 'best-epoch': '最佳轮次', gain: '改进', tag: '标签', star: '星标', note: '笔记', archived: '已归档', size: '大小', group: '分组', task: '任务',
    },
    of: '{split} {metric}', persistence: '沿用上值 {metric}', metricNames: { f1: 'F1', precision: '精确率', recall: '召回率', bitsPerCharacter: '比特/字符', unigramBits: '只看字频的比特', bigramBits: '只看前一字符的比特', mae: 'MAE', rmse: 'RMSE', r2: 'R²', count: '数值数', accuracy: '准确率', perplexity: '困惑度', loss: '损失' },
  },
  comparing: {
    export: '导出', exportPng: '整个对比存为一张图（PNG）', exportSvg: '整个对比存为一张图（SVG）', exportCsv: '全部数值存为一张表（CSV）', resultsBest: '最佳轮次的结果', resultsLast: '最后轮次的结果', of: '{n} 次运行，{when}',
    curves: '曲线', what: '曲线', x: '横轴', smooth: '平滑', curve: { validation: '验证损失', train: '训练损失', gradient: '梯度范数', rate: '学习率' }, axis: { epoch: '轮次', step: '步', seconds: '秒' }, smoothed: '{name}（平滑）',
    predictions: '同一真实值上的预测', otherTruth: '未画出（预测的是另一序列）：{names}。', noPredictions: '这些运行都没有预测。', horizon: '预测范围内每一步的误差', step: '步', worst: '误差最大的窗口', worstOf: '首个预测行 {row}：RMSE {rmse}', noHorizon: '这些运行由旧版本评估，或只预测一步。',
    all: '显示全部设置', csv: '将表格存为 CSV', settings: '设置与指标', metric: '指标', setting: '设置', scatter: '每个点是一次运行', parallel: '每条线是一次运行，依次穿过它的设置', noSettings: '这些运行的设置都相同。',
    groups: '分组', groupBy: '分组依据', allButSeed: '除随机种子外的全部设置', mean: '均值', deviation: '标准差', bestOf: '最佳', count: '运行数', band: '{name}：均值，以及最低到最高的区间',
    noise: '{a} 与 {b}：相差 {difference}，在随机种子的波动之内（Welch 95% 区间：{low} 至 {high}）。', real: '{a} 与 {b}：相差 {difference}，超出随机种子的波动（Welch 95% 区间：{low} 至 {high}）。', tooFew: '只有一次运行的组看不出随机种子的波动，可换种子再训练。',
    save: '保存对比', name: '对比的名称', saved: '已保存的对比', saved1: '已保存：{name}', remove: '移除 {name}', removed: '已移除对比 {name}', none: '还没有保存', missing: '此对比中有 {n} 条运行记录已不在列表里。',
  },
};
