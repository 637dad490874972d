/** 数据页中央各标签页：一列数据的样子。 */
export const seeing = {
  seeing: {
    tabs: { series: '走势', histogram: '直方图', correlation: '自相关', season: '季节性', summary: '概要' },
    columns: '图中的列', columnCount: '{n} 列',
    stat: { count: '个数', missing: '缺失', distinct: '不同值', min: '最小', q1: '下四分位', median: '中位数', mean: '平均', q3: '上四分位', max: '最大', sd: '标准差', first: '首个', last: '末个', zeros: '零值' },
    statHelp: {
      count: '有值的单元格', missing: '没有值的单元格', distinct: '互不相同的值', min: '最小的值', q1: '四分之一的值低于它', median: '一半的值低于它', mean: '总和除以个数',
      q3: '四分之三的值低于它', max: '最大的值', sd: '样本标准差', first: '第一个有值的行', last: '最后一个有值的行', zeros: '恰好为 0 的值所占比例',
    },
    histogram: { title: '{name} 的分布', count: '行数', values: '{n} 行' },
    correlation: {
      lag: '滞后（行）', auto: '自相关', partial: '偏自相关', autoTitle: '{name} 的自相关', partialTitle: '偏自相关',
      beyond: '超出噪声范围（±{band}）', within: '在噪声范围内（±{band}）', none: '没有变化或行数太少的列没有自相关。',
    },
    season: {
      rows: '{n} 行', ofCycle: '{length}（{cycle}）', explains: '解释了 {percent} 的方差', help: '相对于一个周期移动平均的方差比例', list: '{name} 的季节性',
      noneFound: '{name} 没有能从噪声中分辨出来的季节性。', tooFew: '行数太少，无法区分季节性与噪声。', none: '没有季节性，也就没有平均走势。',
      spectrum: '{name} 的频谱', power: '功率', limit: '噪声上限', period: '周期（行）', profile: '{period}的平均走势', profileNone: '一个季节的平均走势', place: '季节中的位置（行）', deviation: '相对水平的偏差',
    },
    cycle: { year: '一年', quarter: '一个季度', month: '一个月', week: '一周', day: '一天', hour: '一小时', minute: '一分钟' },
    suggestion: {
      season: '长度为 {n} 的序列正好容纳一个 {period} 的季节。', partial: '滞后 {lag} 是最后一个在前面各阶之外仍提供信息的滞后。', none: '没有任何滞后提供信息：序列近似噪声，任何序列长度都没有优势。',
      use: '采用序列长度 {n}', used: '序列长度为 {n}',
    },
    summary: { title: '各列的数值概要', column: '列' },
  },
};
