/** 数据诊断的发现、补救办法和处理步骤。 */
export const doctor = {
  doctor: {
    title: '数据诊断', looking: '正在检查数据', stop: '停止', stopped: '检查已停止。', again: '重新检查', nothing: '没有需要处理的问题。', nothingOf: '已检查 {rows} 行、{columns}。', columns: '{n} 列',
    severity: { error: '不处理就无法使用', warning: '可能造成误导', info: '供参考' }, count: '{n} 项发现', line: '第 {line} 行', show: '在表格中显示第 {line} 行', more: '另有 {n} 处', other: '此项的其他补救办法',
    shows: '位置', both: '日在前：{dayFirst} 至 {dayFirstLast}。月在前：{monthFirst} 至 {monthFirstLast}。',
    part: { test: '测试', validation: '验证' },
    every: {
      second: '每秒 | 每 {n} 秒', minute: '每分钟 | 每 {n} 分钟', hour: '每小时 | 每 {n} 小时', day: '每天 | 每 {n} 天', weekday: '每个工作日 | 每 {n} 个工作日', week: '每周 | 每 {n} 周', month: '每月 | 每 {n} 个月', quarter: '每季度 | 每 {n} 个季度', year: '每年 | 每 {n} 年', number: '每隔 {n}',
    },
    found: {
      ambiguousDates: '{column}：“{cell}”按日在前是 {dayFirst}，按月在前是 {monthFirst}，没有任何一行能判定。',
      unreadTimes: '{column}：有 {n} 个时间无法识别。', unsortedTime: '{column}：有 {n} 行的时间倒退了。', duplicatedTimes: '{column}：有 {n} 行的时间与前面重复。',
      gaps: '{column}：{every}应有一行，缺少 {n} 行。', irregularTime: '{column}：各行的间隔不一致，而网络把每一步都当作同样长的时间。',
      missing: '{column}：缺失 {n} 个值（{percent}%）。', words: '{column}：数值中混有 {n} 个文字。', outliers: '{column}：有 {n} 个值远离前后各行。', standIns: '{column}：{value} 出现 {n} 次，代表未测到的值。',
      constant: '{column}：每一行都是 {value}，没有可学的内容。', empty: '{column} 列是空的。', levelShift: '{column}：{part}部分的均值为 {mean}，训练部分为 {trainMean}，相差 {deviations} 个标准差。',
      tooFewRows: '训练部分有 {rows} 行，而一个窗口需要 {needed} 行（输入 {sequenceLength}，输出 {horizon}）。', fewWindows: '训练部分只有 {n} 个 {needed} 行的窗口可学。',
      repeatedNames: '第 {line} 行：重复的列名已加上编号：{shown}。', columnsLeftOut: '文件有 {all} 列，只读取前 {kept} 列。',
    },
    remedy: {
      dayFirst: '日在前', monthFirst: '月在前', dropUnread: '去掉这些行', sort: '按时间排序', first: '保留第一行', last: '保留最后一行', mean: '取平均值',
      'regularise-interpolate': '补行并插值', 'regularise-forward': '补行并向前填充', 'regularise-leave': '补空行',
      interpolate: '插值', forward: '用前值填充', drop: '删除这些行', 'words-interpolate': '改为插值', 'words-forward': '改用前值', 'words-drop': '删除这些行', words: '视为缺失',
      'blank-interpolate': '改为插值', clip: '收到邻近范围内', blank: '视为缺失', dropColumn: '去掉此列', difference: '取差分', shorter: '序列长度改为 {shorter}', resample: '按{unit}取平均',
    },
    unit: { second: '秒', minute: '分钟', hour: '小时', day: '天', week: '周', month: '月', quarter: '季度', year: '年' },
  },
  recipe: {
    title: '处理步骤', empty: '表格与文件中完全一致。每一项补救和变换都会记录在这里，并可随时撤回。', undo: '撤销', redo: '重做', remove: '撤回第 {n} 步', transform: '变换', clear: '撤回全部步骤', working: '正在处理表格',
    added: '步骤“{step}”', removed: '已撤回步骤“{step}”', cleared: '已撤回全部步骤', step: '第 {n} 步：{message}', steps: '{n} 步', none: '无',
    rows: '{n} 行', cells: '{n} 个单元格', columnsChanged: '{n} 列', rowsNow: '{before} → {after} 行', compare: '处理前后', before: '{name}（文件原样）', beforeStep: '{name}（变换前）', after: '{name}（处理后）', beforeAfter: '{name} 处理前后', nothing: '没有可显示的数值。',
    words: {
      sort: '按 {time} 排序', dedupe: '每个时间一行：{keep}', dayMonth: '{column}：{order}', dropUnread: '去掉 {time} 无法识别的行', words: '{columns} 中的文字视为缺失', fill: '填充 {columns}：{method}', regularise: '{every}一行，{fill}',
      outliers: '{columns} 的异常值（{rule}）：{action}', dropColumns: '去掉 {columns}', resample: '重采样：每{length}的{aggregate}', difference: '{columns} 的差分，间隔 {lag}', logarithm: '{columns} 的 {of}', window: '{into}：{rows} 行的{statistic}',
    },
    keep: { first: '保留第一行', last: '保留最后一行', mean: '取平均' }, order: { dayFirst: '日在前', monthFirst: '月在前' }, method: { drop: '删除行', forward: '用前值', interpolate: '插值' },
    fill: { leave: '留空', forward: '用前值填充', interpolate: '插值' }, action: { clip: '截断', blank: '视为缺失' },
    rule: { quartiles: '超出 {k} 倍四分位距', neighbours: '偏离邻近各行 {k} 个标准差', range: '超出 {min} 至 {max}', equals: '等于 {values}' },
    aggregate: { mean: '平均值', sum: '总和', min: '最小值', max: '最大值', first: '第一个值', last: '最后一个值', median: '中位数' }, statistic: { mean: '平均值', std: '标准差', min: '最小值', max: '最大值' },
    length: { second: '秒 | {n} 秒', minute: '分钟 | {n} 分钟', hour: '小时 | {n} 小时', day: '天 | {n} 天', week: '周 | {n} 周', month: '月 | {n} 个月', quarter: '季度 | {n} 个季度', year: '年 | {n} 年' },
  },
  transform: {
    title: '变换', text: '把序列变成另一个序列，训练和预测随之以新的单位进行；目标列的差分和对数会在显示结果时还原。', kind: '变换方式', column: '列', apply: '加入处理步骤', cancel: '取消', preview: '预览',
    kinds: { resample: '重采样', difference: '差分', logarithm: '对数', window: '移动窗口', outliers: '限定取值范围', dropColumns: '去掉一列' },
    help: {
      resample: '每段时间合成一行：小时合成天，月合成年。', difference: '每个值减去 {lag} 行之前的值，去掉趋势和水平。', logarithm: '增长变成直线。值必须大于 0；log(1 + x) 允许 0。',
      window: '对最近若干行（含当前行）计算，绝不使用未来的值。结果是一个新列。', outliers: '超出范围的值被截断或视为缺失。', dropColumns: '表格中不再有此列。',
    },
    unit: '时间单位', n: '数量', aggregate: '每个值取', partial: '去掉首尾数据不满的一段', lag: '间隔（行）', of: '函数', log: 'log(x)', log1p: 'log(1 + x)', rows: '行数', statistic: '统计量', into: '新列的名称', min: '下限', max: '上限', action: '范围外的值',
    noTime: '没有可用于重采样的时间：请先将某列的角色设为时间。', number: '{min} 到 {max} 的整数。', limits: '至少给出一个界限，且下限不大于上限。', name: '不与已有列重名。',
  },
};
