/** The words of a report, which leaves the studio and so carries its language with it. */
const en = {
  lang: 'en', rule: ': ', report: 'Report of a training run', dataset: 'Data', target: 'Target', status: 'Status', created: 'Trained', device: 'Engine', epochs: 'Epochs', duration: 'Time', made: 'Made by Unroll {version}, {at}',
  statuses: { running: 'training', paused: 'paused', done: 'done', cancelled: 'cancelled', interrupted: 'interrupted', failed: 'failed' } as Record<string, string>,
  parts: { train: 'train', validation: 'validation', test: 'test' } as Record<string, string>,
  verdict: {
    none: 'There are no windows to judge the network on.', unjudged: 'On the {part} part its RMSE is {rmse}.',
    better: 'On the {part} part its RMSE is {rmse}, {percent} % less than that of repeating the last value ({naive}).', worse: 'On the {part} part its RMSE is {rmse}, {percent} % more than that of repeating the last value ({naive}): that is the better forecast here.', equal: 'On the {part} part its RMSE is {rmse}, as good as repeating the last value ({naive}).',
    textBetter: 'On the {part} part it needs {bits} bits a character, {percent} % less than guessing by the character before ({naive}).', textWorse: 'On the {part} part it needs {bits} bits a character, {percent} % more than guessing by the character before ({naive}).', textEqual: 'On the {part} part it needs {bits} bits a character, as many as guessing by the character before ({naive}).', classes: 'On the {part} part {accuracy} % of the examples are told right; always guessing the most frequent class gives {naive} %.',
  },
  prediction: 'Truth and prediction: {target}', truth: 'truth', predicted: 'prediction, one step ahead', row: 'row', nothing: 'Nothing to draw', loss: 'Loss', lossTrain: 'training loss', lossValidation: 'validation loss', epoch: 'epoch',
  metrics: 'How good it is', part: 'Part', who: 'Forecast', model: 'this network', persistence: 'last value repeated', windows: 'Values', scaled: 'scaled units', ofTarget: 'Errors of {target}', together: 'Errors of all targets together',
  byStep: 'By step of the horizon', step: 'Step', naive: 'Against naive forecasts', naiveOn: 'on the {part} part', forecasters: { model: 'this network', persistence: 'last value repeated', seasonal: 'value of a season ago', drift: 'drift', movingAverage: 'moving average' } as Record<string, string>,
  memory: 'Memory', halves: 'What it remembers halves every {n} steps.', lasts: 'What it remembers does not halve within the window.', forecast: 'What comes next: {target}', forecastLine: 'forecast', interval: '{level} % interval', time: 'Time', value: 'Value', methods: { direct: 'The network says all of these steps at once.', recursive: 'Beyond its horizon the network reads its own predictions.' } as Record<string, string>,
  samples: 'What it wrote', prompt: 'after', note: 'Note', settings: 'Settings', shapes: 'Shapes', parameters: 'Parameters', tags: 'Tags', characters: 'Characters', bits: 'Bits', accuracy: 'Accuracy', bigram: 'Bits by the character before', perplexity: 'Perplexity', error: 'What went wrong', recipe: 'Steps done on the data before: {n}', yes: 'yes', no: 'no', never: 'never', most: 'always the most frequent', precision: 'Precision', recall: 'Recall', examples: 'Examples', class: 'Class', classesOf: 'Classes of the {part} part', confusion: 'What was taken for what: rows are the true classes, columns the guesses',
  fields: {
    task: 'Task', 'window.sequenceLength': 'Sequence length', 'window.horizon': 'Horizon', 'window.stride': 'Stride', 'window.targets': 'Targets at', scaling: 'Scaling', backend: 'Engine asked for', 'roles.inputs': 'Inputs', 'roles.calendar': 'Calendar inputs', 'roles.known': 'Known in the future', 'roles.time': 'Time column',
    'model.cell': 'Cell', 'model.hiddenSize': 'Hidden size', 'model.layers': 'Layers', 'model.bidirectional': 'Both directions', 'model.dropout': 'Dropout', 'model.initialization': 'First weights', 'training.epochs': 'Epochs at most', 'training.batchSize': 'Batch size', 'training.loss': 'Loss', 'training.optimizer': 'Optimizer', 'training.learningRate': 'Learning rate',
    'training.weightDecay': 'Weight decay', 'training.clipNorm': 'Largest gradient norm', 'training.schedule': 'Schedule', 'training.patience': 'Early stopping after', 'training.seed': 'Seed', split: 'Split',
  } as Record<string, string>,
};
export type ReportWords = typeof en;

const zh: ReportWords = {
  lang: 'zh-CN', rule: '：', report: '训练报告', dataset: '数据', target: '目标', status: '状态', created: '训练时间', device: '计算引擎', epochs: '轮数', duration: '用时', made: '由 Unroll {version} 生成，{at}',
  statuses: { running: '训练中', paused: '已暂停', done: '已完成', cancelled: '已取消', interrupted: '已中断', failed: '失败' },
  parts: { train: '训练集', validation: '验证集', test: '测试集' },
  verdict: {
    none: '没有可用于评估的窗口。', unjudged: '在{part}上的 RMSE 为 {rmse}。',
    better: '在{part}上的 RMSE 为 {rmse}，比重复上一个值（{naive}）低 {percent} %。', worse: '在{part}上的 RMSE 为 {rmse}，比重复上一个值（{naive}）高 {percent} %：这里重复上一个值更好。', equal: '在{part}上的 RMSE 为 {rmse}，与重复上一个值（{naive}）相当。',
    textBetter: '在{part}上每个字符需要 {bits} 比特，比只看前一个字符的猜测（{naive}）少 {percent} %。', textWorse: '在{part}上每个字符需要 {bits} 比特，比只看前一个字符的猜测（{naive}）多 {percent} %。', textEqual: '在{part}上每个字符需要 {bits} 比特，与只看前一个字符的猜测（{naive}）相当。', classes: '在{part}上，{accuracy} % 的样本判断正确；总猜最常见的类别为 {naive} %。',
  },
  prediction: '真实值与预测：{target}', truth: '真实值', predicted: '提前一步的预测', row: '行', nothing: '没有可画的内容', loss: '损失', lossTrain: '训练损失', lossValidation: '验证损失', epoch: '轮次',
  metrics: '效果', part: '部分', who: '预测方法', model: '本网络', persistence: '重复上一个值', windows: '值的个数', scaled: '缩放后的单位', ofTarget: '{target} 的误差', together: '全部目标合计的误差',
  byStep: '按预测步', step: '步', naive: '与朴素预测比较', naiveOn: '在{part}上', forecasters: { model: '本网络', persistence: '重复上一个值', seasonal: '上一季节的值', drift: '漂移', movingAverage: '移动平均' },
  memory: '记忆', halves: '记忆每 {n} 步减半。', lasts: '记忆在窗口之内没有减半。', forecast: '接下来：{target}', forecastLine: '预测', interval: '{level} % 区间', time: '时间', value: '值', methods: { direct: '这些步由网络一次给出。', recursive: '超出预测长度的部分，网络以自己的预测作为输入。' },
  samples: '它写出的文字', prompt: '开头', note: '备注', settings: '设置', shapes: '形状', parameters: '参数个数', tags: '标签', characters: '字符数', bits: '比特', accuracy: '准确率', bigram: '只看前一个字符的比特', perplexity: '困惑度', error: '出错原因', recipe: '训练前对数据做的处理步骤：{n} 步', yes: '是', no: '否', never: '不停', most: '总猜最常见的类别', precision: '精确率', recall: '召回率', examples: '样本数', class: '类别', classesOf: '{part}的各个类别', confusion: '混淆矩阵：行为真实类别，列为预测类别',
  fields: {
    task: '任务', 'window.sequenceLength': '序列长度', 'window.horizon': '预测长度', 'window.stride': '步幅', 'window.targets': '目标位置', scaling: '缩放', backend: '指定的引擎', 'roles.inputs': '输入', 'roles.calendar': '日历输入', 'roles.known': '未来已知', 'roles.time': '时间列',
    'model.cell': '单元', 'model.hiddenSize': '隐藏单元数', 'model.layers': '层数', 'model.bidirectional': '双向', 'model.dropout': '丢弃率', 'model.initialization': '初始权重', 'training.epochs': '最多轮数', 'training.batchSize': '批大小', 'training.loss': '损失函数', 'training.optimizer': '优化器', 'training.learningRate': '学习率',
    'training.weightDecay': '权重衰减', 'training.clipNorm': '梯度范数上限', 'training.schedule': '学习率策略', 'training.patience': '提前停止的轮数', 'training.seed': '随机种子', split: '划分',
  },
};

export const reportLocales = ['en', 'zh-CN'] as const;
export type ReportLocale = (typeof reportLocales)[number];
export const wordsOf = (locale: ReportLocale): ReportWords => (locale === 'zh-CN' ? zh : en);

/** A sentence with its {names} filled in. */
export function filled(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
