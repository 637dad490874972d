import type { insight as english } from '../en/insight.ts';

export const insight: typeof english = {
  insight: {
    open: '洞察', busy: '正在查看网络内部',
    spans: { second: '{n} 秒', minute: '{n} 分钟', hour: '{n} 小时', day: '{n} 天', month: '{n} 个月', year: '{n} 年' },
    memory: {
      title: '它记住了什么', chart: '记忆随距离的变化', slopes: '按斜率', occlusion: '按遮挡',
      half: '记忆每 {steps} 步减半；窗口共 {length} 步。', halfTime: '记忆每 {steps} 步（{time}）减半；窗口共 {length} 步。', never: '在窗口的 {length} 步之内，记忆没有减半。',
      shorter: '{reached} 步以前的内容几乎没有影响：可以用更短的序列，训练也更快。', longer: '最早的一步仍有影响：更长的序列可能有帮助。',
      view: '显示哪些曲线', views: { now: '两种方法', epochs: '学习过程', runs: '与其他运行对比' }, choose: '同一数据上的运行', steps: '{n} 步', outlives: '在窗口内没有减半',
      noOthers: '这份数据上还没有其他运行：训练一个 LSTM 或 GRU 来对比。', notMeasured: '训练时没有测量。', aboutLearning: '按斜率，训练时在训练部分的少量窗口上测量。数字为半衰期。',
      about: '按斜率：预测随若干步之前的输入变化多少，取 {windows} 个窗口的平均。按遮挡：把该输入换成均值后误差增加多少，取 {hidden} 个窗口。两者各自相对于最大值。',
    },
    sequences: {
      text: '它记住了文本的什么', about: '沿文本移动窗口，观察每个单元在每个字符之后的值，以及下一个字符还在多大程度上取决于它。', aboutClasses: '在序列之间移动，观察每个单元在每一步的值，以及类别还在多大程度上取决于它。',
      how: '按斜率：输出 {outputs} 随若干步之前的输入变化多少，取 {windows} 个窗口的平均。按遮挡：把那一步换成全部输入的均值（不是其中任何一个）后，交叉熵（{error} 奈特）增加多少，取 {hidden} 个窗口。两者各自相对于最大值。', movedText: '窗口', movedClasses: '序列',
      goesIn: '输入', window: '从第 {n} 个字符起', sequence: '第 {n} 个序列', said: '最可能：{said}。实际为：{truth}。', padding: '填充', value: '数值',
    },
    lacking: {
      rest: '仍会显示由已存储的预测和测量得出的内容；它们只针对预测范围的第一步。', memory: '没有数据和权重，无法测量它现在记住了什么；下面是训练时测得的。',
      states: '需要该运行的数据和权重：网络要重新读一个窗口。', backtest: '需要该运行的数据：要在其上重新训练网络。', sweep: '需要该运行的数据：要在其上重新训练网络。', forecast: '需要该运行的数据和权重：要输入最后一个窗口。',
    },
    states: {
      title: '逐步查看状态', about: '沿序列移动窗口，观察每个单元在每一步的数值，以及预测对它还有多大依赖。', window: '窗口终点', layer: '第 {n} 层', forwards: '第 {n} 层，正向', backwards: '第 {n} 层，反向',
      layerChoice: '层', quantity: '显示内容', quantities: { h: '隐藏状态 h', c: '细胞状态 c', i: '输入门 i', f: '遗忘门 f', g: '候选 g', o: '输出门 o', r: '重置门 r', z: '更新门 z', n: '候选 n' },
      heat: '{units} 个单元 × {steps} 步', oldest: '最早', newest: '最近', input: '输入', step: '窗口中的步', gradient: '预测对每一步的依赖', byState: '对状态', byInput: '对输入', said: '预测为 {predicted}；实际为 {truth}。', unknown: '尚未可知',
    },
    worth: {
      title: '预测有价值吗', nothing: '没有可用于评判的窗口。', alone: '{on}，RMSE 为 {rmse}；没有可对比的朴素预测。',
      better: '{on}，RMSE 为 {rmse}，比最好的朴素预测（{best}，{naive}）低 {percent}。', worse: '{on}，RMSE 为 {rmse}，比最好的朴素预测（{best}，{naive}）高 {percent}。这里朴素预测更好。', equal: '{on}，RMSE 为 {rmse}，与最好的朴素预测（{best}，{naive}）相当。',
      difference: '改用差分再训练',
      lag: '预测只是把上一个值晚一步重复：它离前一个值比离真实值更近，其变化与真实变化几乎无关（相关系数 {skill}）。可以尝试预测差分、加入其他输入或加长预测范围。', flat: '预测几乎是一条水平线。可以尝试更大的学习率、更多轮次或其他输入。',
      season: '季节长度（行）', noSeason: '没有检测到季节性，因此季节朴素预测等同于“保持不变”。', detected: '检测到 {n} 行。', forecast: '预测方法', forecasters: { model: '本网络', persistence: '保持不变', seasonal: '季节朴素（{n}）', drift: '漂移', movingAverage: '移动平均（{n}）' },
      measures: { mae: 'MAE', rmse: 'RMSE', smape: 'sMAPE', mase: 'MASE', r2: 'R²' },
      help: { mae: '平均绝对误差', rmse: '均方根误差', smape: '对称平均绝对百分比误差，0 到 200 %', mase: '平均绝对误差除以训练部分上季节朴素预测的误差；小于 1 优于朴素预测', r2: '被解释的方差比例' }, bySteps: '各预测步的误差', measure: '指标', step: '提前步数', averaged: '移动平均的行数',
      exact: '{on}，RMSE 为 {rmse}，而朴素预测（{best}）没有任何误差：这里不需要网络。',
      lacks: {
        intervals: '缺少部分区间：某一置信度至少需要 置信度/(1 − 置信度) 个验证残差，95% 需要 19 个。', season: '第一个窗口之前不足一个季节（{n} 行），季节朴素预测无从得出。', mase: 'MASE 没有值：训练部分上季节朴素预测没有误差，或训练部分短于一个季节。', r2: 'R² 没有值：这一部分的真实值没有变化。',
        validation: '没有验证部分：无法构造区间，最佳轮次取训练损失最低的一轮。', test: '没有测试部分：评判所用的数据是网络见过的，或参与过选择最佳轮次。',
      },
    },
    residuals: {
      title: '剩下什么', name: '真实值 − 预测值', overTime: '残差随时间', histogram: '残差的分布', count: '窗口数', acf: '自相关', lag: '滞后', correlation: '相关系数', bandUpper: '随机上界', bandLower: '随机下界',
      noise: '残差看起来像噪声：{of} 个自相关中有 {n} 个超出随机范围。', pattern: '残差仍有规律：{of} 个自相关中有 {n} 个超出随机范围，还有可学的内容。',
    },
    forecast: {
      title: '接下来会怎样', steps: '向后预测的步数', chart: '{target}：预测', line: '预测', upper: '{level} 上界', lower: '{level} 下界', direct: '一次性预测接下来的 {n} 步。', recursive: '接下来的 {n} 步：每次预测再作为输入，误差会累积，区间随之变宽。',
      none: '其他输入在末尾之后未知，网络无法超出自己的预测范围。', noIntervals: '没有验证部分，就没有残差可用来构造区间。', width: '第一步的 {level} 区间：± {width}。', covered: '第一步的 {level} 区间：± {width}。在测试部分有 {coverage} 的时间包含真实值（{n} 个窗口）。',
    },
  },
};
