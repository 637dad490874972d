/** 各页面的文字。 */
export const places = {
  home: {
    dropTitle: '把含有序列或文本的文件拖到这里', dropText: '支持 CSV、TSV、gzip、Parquet、JSON 行和 Excel，每行对应一个时间点；.txt 和 .md 作为文本；也可用 Ctrl+V 粘贴单元格或文本。文件留在原处，只读取不修改。', file: '文件', reading: '正在读取 {name}',
    samples: '示例数据', recentData: '最近的数据', recentRuns: '最近的运行', allRuns: '全部运行记录', noData: '打开过的文件会列在这里。可以先从示例开始。',
    noRuns: '训练之后，运行记录会连同损失曲线列在这里。', hasProblem: '暂时无法使用', sparkline: '{name} 的走势', lossCurve: '训练集与验证集损失',
  },
  samples: {
    waveforms: { name: '波形', text: '480 段由生成器制作的短波形（数字序列）：区分正弦波、方波、锯齿波和噪声。' },
    gs10: { name: '美国十年期国债', text: '1953 年以来的月度收益率（%）。变化缓慢，朴素预测已经很难超越。' },
    airline: { name: '航空旅客', text: '1949 至 1960 年的月度旅客数（千人）。趋势明显，季节性清晰。' },
    hello: { name: 'hello world', text: '课程中的文本：由两个字符预测下一个。训练之后，“he”会续写成“hello w”。' },
    moby: { name: '白鲸', text: '赫尔曼·梅尔维尔 1851 年的小说，120 万个字符：网络先学会拼写，再学会单词，然后学会它的语气。' },
    melbourne: { name: '墨尔本气温', text: '1981 至 1990 年的每日最低气温（°C）。季节性之上噪声很大。' },
  },
  roles: { time: '时间', target: '目标', further: '另一个目标', input: '输入', ignored: '忽略' },
  columnTypes: { number: '数值', time: '时间', text: '文本', empty: '空' },
  dialect: { comma: '逗号', semicolon: '分号', tab: '制表符', bar: '竖线', point: '小数点', headerYes: '首行为列名', headerNo: '无，列按编号命名' },
  data: {
    columns: '列', filter: '筛选列', noColumn: '没有名称包含“{text}”的列。', content: '图表与表格', facts: '文件信息', table: '文件中的行', line: '行号', empty: '空', rowCount: '{n} 行',
    emptyTitle: '还没有打开数据', emptyText: '把 CSV 文件拖进窗口任意位置，或者打开文件，也可以先用示例。', trySample: '打开示例',
    chart: '{name} 的变化', noChart: '这一列没有数值。', noTarget: '选好目标列后，这里会显示它的走势。', noNumbers: '没有可以绘图的数值列。', roleOf: '{column} 的角色', min: '最小', mean: '平均', max: '最大',
    missing: '有 {n} 个空单元格', ownPast: '自身的历史也作为输入', ownPastOnly: '它是唯一的输入，因此必须保留。',
    source: '来源', shipped: '内置示例', rows: '行数', step: '间隔', delimiter: '分隔符', decimal: '小数符号', header: '表头', encoding: '编码', hash: 'SHA-256', howRead: '文件的读取方式',
    unit: '{target} 的单位', unitHelp: '会显示在误差和坐标轴旁。', unitExample: '例如 °C 或 kWh', setUp: '设置训练',
    cannotTrain: '需要先有一个数值类型的目标列，才能设置训练。', remove: '从列表移除 {name}', removed: '已从列表移除 {name}', changedRole: '{column} 的角色', changedUnit: '{target} 的单位',
  },
  train: {
    target: '目标', further: '另一个目标', settings: '设置', live: '训练过程', progress: '训练进度', levels: { essentials: '基本', more: '更多', expert: '专家' },
    wrong: '{n} 处需要修改', defaultIs: '默认值：{value}。', useDefault: '恢复默认值 {value}', about: '{name}：{help}', start: '开始训练', cancel: '取消训练', cancelling: '正在停止', reset: '全部恢复默认设置',
    blocked: '无法开始训练。{reason}', notStarted: '训练时，这里会实时画出损失和梯度。', preparing: '正在准备数据', epochOf: '第 {n} / {of} 轮', left: '剩余 {time}', timeLeft: '剩余时间', took: '用时',
    trainLoss: '训练损失', validationLoss: '验证损失', speed: '步/秒', emptyTitle: '还没有可训练的数据', emptyText: '先打开文件或示例，这里会给出建议的设置。',
    noRolesTitle: '还没有选定目标', toData: '去选择列',
  },
  rate: {
    find: '寻找学习率', finding: '正在尝试学习率', help: '用逐渐增大的学习率训练一百步，观察损失还能下降到哪里，不保存任何内容。', chart: '损失随学习率的变化',
    suggestion: '建议：{rate}', none: '损失始终没有下降，无法给出建议。', use: '采用',
  },
  shapes: {
    title: '张量形状', X: '网络输入：窗口数、序列长度、特征数', output: '最后一层的隐藏状态：窗口数、序列长度、隐藏单元数', hN: '最后一步之后的状态：层数与方向数、窗口数、隐藏单元数',
    y: '预测的内容：窗口数、预测步数', parameters: '参数量', parametersHelp: '循环层与线性输出层中可训练的数值个数', windows: '窗口数', windowsOf: '{split}窗口',
    head: '线性层', legend: '每步 {hidden} 个隐藏单元，{features} 个输入特征', diagram: '网络按时间展开：{steps} 步，{layers} 层，隐藏单元 {hidden}',
  },
  runs: {
    open: '查看运行', done: '已完成', emptyTitle: '还没有运行记录', emptyText: '每次训练的设置、损失和预测都会保存在这里。', filter: '按名称、数据或目标筛选', count: '{n} 条运行记录', countOf: '{n} / {of} 条运行记录',
    selected: '已选 {n} 条', compare: '对比', compareHint: '选择两条或更多运行记录进行对比', select: '选择 {name}', selectAll: '全选', noMatch: '没有与“{text}”匹配的运行记录。', rename: '重命名', renamed: '名称 {name}',
    removed: '已移除 {name}', removedMany: '已移除 {n} 条运行记录',
    ended: { running: '{name} 正在训练', paused: '{name} 已暂停', done: '{name} 已完成', cancelled: '{name} 已取消', interrupted: '{name} 已中断', failed: '{name} 失败' },
    columns: {
      name: '名称', status: '状态', dataset: '数据', target: '目标', sequence: '序列长度', hidden: '隐藏单元', cell: '单元', epochs: '轮次', rmse: '测试 RMSE', persistence: '沿用上值', gain: '改进', seconds: '用时', created: '创建时间',
    },
    columnHelp: {
      name: '运行的名称', status: '运行的结果', dataset: '训练所用的文件', target: '被预测的列', sequence: '输入的行数', hidden: '状态的单元数', cell: '循环单元的类型', epochs: '已完成轮次 / 设定轮次',
      rmse: '测试集上的均方根误差，单位与目标相同', persistence: '沿用上一个已知值时的同一误差', gain: '测试 RMSE 比沿用上值低多少', seconds: '训练所用的时间', created: '开始的时间',
    },
  },
  run: {
    doneText: '运行已完成。下方列出它预测下一个字符的能力，并与按字符和字符对计数的基线对比。', back: '运行记录', again: '用这些设置重新训练', verdict: '结论', running: '正在训练：第 {n} / {of} 轮。完成后给出结论。', predictionsLater: '训练完成后会画出预测。',
    onCpu: '改用处理器继续', onCpuHelp: '从最近的检查点起，改用内置引擎继续。末几位数字会与 GPU 略有不同，但训练照旧。',
    without: {
      running: '正在训练。', done: '运行已完成，但没有可用于评估的部分。', cancelled: '在第 {n} / {of} 轮后取消，没有评估。',
      paused: '在第 {n} / {of} 轮后暂停，可随时从停下的地方继续。',
      interrupted: '在第 {n} / {of} 轮后中断。可从最近的检查点继续，结果与从未中断时完全一致。', failed: '在第 {n} / {of} 轮后失败。',
    },
    device: '设备', data: '数据', targetIs: '目标 {target}', dataGone: '这次运行的数据已不在列表中。', settings: '设置',
  },
  metrics: {
    title: '误差与朴素预测的比较', part: '部分', mae: 'MAE', rmse: 'RMSE', r2: 'R²', maeHelp: '平均绝对误差', rmseHelp: '均方根误差', r2Help: '被解释的方差比例：1 为完美，0 与取均值相当',
    windows: '窗口数', persistence: '沿用上值', note: '“沿用上值”即重复上一个已知值。测试集误差比它低，网络才有价值。',
  },
  compare: {
    title: '对比', chart: '验证损失', trainOnly: '{name}（训练集）', results: '测试集上的结果', differ: '不同的设置', same: '所有设置都相同', best: '最佳', testRmse: 'RMSE', testMae: 'MAE', testR2: 'R²', persistence: '沿用上值的 RMSE',
    otherData: '这些运行预测的序列不同，只有“改进”和 R² 可以比较。', otherLoss: '这些运行使用的损失函数不同，曲线不能直接比较。', emptyTitle: '至少需要两条运行记录', emptyText: '在表格中选择两条或更多，再点“对比”。',
  },
  settings: {
    looks: '外观', theme: '主题', language: '语言', themes: { system: '跟随系统', light: '浅色', dark: '深色' }, keys: '快捷键', about: '关于', dataFolder: '数据文件夹', version: '版本',
    keyWords: { pause: '暂停训练或继续',
      palette: '搜索与命令', open: '打开文件', train: '开始训练', stop: '停止训练', undo: '撤销', redo: '重做', places: '主页、数据、训练、运行记录、课程', settings: '设置', rename: '重命名运行', filter: '筛选运行记录', close: '关闭最上层',
    },
  },
};
