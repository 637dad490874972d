/** 单个目标以外的角色，以及数据如何为网络做准备。 */
export const preparing = {
  prep: {
    title: '划分与缩放', rows: '{n} 行', and: '；', more: '；另有 {n} 列',
    handle: { validation: '验证集的起点', test: '测试集的起点' },
    unscaled: '数值按原样输入。', fitted: '{column}：(数值 − {offset}) / {scale}',
    scaled: { standard: '均值 0、标准差 1，只用训练集拟合。', minmax: '0 到 1，只用训练集拟合。', robust: '中位数 0、四分位距 1，只用训练集拟合。' },
    window: '一个窗口', noWindow: '这样设置没有可用的窗口。', which: '选择窗口', before: '前一个窗口', after: '后一个窗口', at: '从第 {n} 行开始（0 到 {last}）', across: '跨越边界', target: '图中的目标',
    drawn: '{target}：输入 {steps} 个值，输出 {horizon} 个', goesIn: '输入：{steps} 行，每行 {features} 个值（缩放之前）。', comesOut: '输出：{targets} 接下来的 {horizon} 个值。', comesOutEvery: '输出：每一步之后 {targets} 的 {horizon} 个值；标出的是最后一步的。',
    omitted: '前 {n} 行没有列出。', values: '窗口中的数值',
    encoding: '{column} 的输入方式', encodings: { number: '数值', boolean: '是 = 1，否 = 0', onehot: '独热编码', code: '编号' }, categories: '{n} 个类别：{list}', is: '1：{yes} · 0：{no}',
    known: '未来已知', knownHelp: '例如促销或节假日：每一行会带上由它预测的那些步的数值。',
    further: '与 {targets} 一起预测。', calendar: '日历输入', calendarHelp: '由时间生成，各用正弦和余弦表示，使周期的末尾与开头相邻。', calendarProposed: '适合这份数据的有：{list}', useProposed: '采用',
    calendars: { minute: '分钟', hour: '小时', weekday: '星期', dayOfMonth: '月中第几天', dayOfYear: '年中第几天', month: '月份', quarter: '季度' },
    changedInputs: '修改输入', together: '所有目标合计（缩放后的单位）', scaledUnits: '缩放单位', chooseTarget: '目标',
    needed: '预测需要那些未来已知的数值。', knownNext: '{column} 接下来的 {n} 个值', knownNextHelp: '用逗号分隔', knownCategories: '可取：{list}', forecastNow: '预测',
  },
};
