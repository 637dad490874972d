/** 训练设置：名称、作用和选项，键与 spec 的路径一致。 */
export const settings = {
  fields: {
    roles: { target: { label: '目标', help: '要预测的列。' }, inputs: { label: '输入', help: '网络能看到的列。' }, time: { label: '时间', help: '作为时间轴的列。' } },
    window: {
      sequenceLength: { label: '序列长度', help: '预测之前网络能看到多少行。越长看得越远，训练也越慢。' },
      horizon: { label: '预测步数', help: '一次向前预测多少行。1 表示只预测下一行。' },
      stride: { label: '步幅', help: '相邻两个训练窗口起点之间的行数。1 用到每个窗口；更大则更快，但用得更少。' },
      targets: { label: '目标位置', help: '仅最后一步：每个窗口一个目标，y (N, 步长)。每一步：每步都预测其后的值，y (N, T, 步长)；预测取最后一步的输出。' },
    },
    split: {
      train: { label: '训练占比', help: '从头开始、供网络学习的行所占比例。' },
      validation: { label: '验证占比', help: '其后用来监视学习过程的比例，早停依据它。' },
      test: { label: '测试占比', help: '最后一段，学习时从未见过，结论以它为准。' },
    },
    scaling: { label: '缩放', help: '把数值调整到相近的大小，只用训练集拟合。' },
    model: {
      cell: { label: '循环单元', help: '由上一个状态算出下一个状态的结构。LSTM 和 GRU 带门控，记忆更久。' },
      hiddenSize: { label: '隐藏单元数', help: '状态的单元数。越多容量越大，参数量随其平方增长。' },
      layers: { label: '层数', help: '叠放的循环层。多数序列一层就够。' },
      bidirectional: { label: '双向', help: '对每个窗口正反各读一遍，状态翻倍。' },
      dropout: { label: '丢弃率', help: '训练时层与层之间随机丢弃的比例，用来抑制过拟合。' },
      initialization: { label: '初始化', help: '权重的初始取法。' },
    },
    training: {
      epochs: { label: '轮次', help: '遍历训练窗口的次数。' },
      batchSize: { label: '批大小', help: '每一步使用的窗口数。越大每轮越快，步数越少。' },
      loss: { label: '损失函数', help: '训练要减小的量。MSE 重罚大误差，MAE 一视同仁，Huber 介于两者之间。' },
      huberDelta: { label: 'Huber 阈值', help: '误差超过它之后，Huber 损失改为线性增长。' },
      optimizer: { label: '优化器', help: '如何把梯度变成更新。Adam 是不错的起点。' },
      learningRate: { label: '学习率', help: '每一步的大小。太大会发散，太小则进展缓慢。' },
      momentum: { label: '动量', help: '上一步更新保留下来的比例。' },
      weightDecay: { label: '权重衰减', help: '把权重拉向 0，用来抑制过拟合。' },
      clipNorm: { label: '梯度裁剪', help: '允许通过的最大梯度范数。留空表示不裁剪。' },
      schedule: { label: '学习率调度', help: '学习率随轮次如何变化。' },
      patience: { label: '早停耐心', help: '验证损失连续多少轮没有改善就停止，并恢复最佳权重。留空表示从不提前停止。' },
      seed: { label: '随机种子', help: '种子、数据和引擎相同，结果就逐位相同。' },
    },
    text: {
      column: { label: '列', help: '哪一列的单元格是文本。' },
      normalization: { label: '规范化', help: '同一字母的不同写法（é 作一个或两个码位）是否合并。NFKC 还会把全角和小字形式化为普通形式。' },
      minCount: { label: '最少次数', help: '出现次数更少的字符归为一个未知符号。1 表示全部保留。' },
      embedding: { label: '嵌入', help: '网络为每个字符学习的数值个数。留空：用独热向量。' },
    },
    samples: {
      every: { label: '样文间隔', help: '两次试写之间的轮数。留空：第 1、2、5、10、20、50 轮，依此类推。' },
      prompt: { label: '样文开头', help: '每段样文由此接着写。' },
      length: { label: '样文长度', help: '样文的字符数。' },
      temperature: { label: '样文温度', help: '0 总写最可能的字符，越高越大胆。' },
    },
    backend: { label: '计算引擎', help: '负责计算的部分。“自动”选用本机最快的引擎。' },
  },
  limits: {
    sequenceLength: '窗口至少要有一个值，内存随长度增长', horizon: '模型至少预测下一个值', stride: '相邻窗口至少相隔一行', hiddenSize: '状态至少要有一个单元，耗时随其平方增长',
    layers: '这里的循环网络可以叠 1 到 8 层', dropout: '它是层间丢弃的比例', epochs: '训练至少遍历数据一次', batchSize: '每一步至少使用一个窗口', learningRate: '学习率为 0 学不到东西，大于 10 会发散',
    momentum: '它是上一步保留的比例', weightDecay: '它是单位学习率下每个权重减去的比例', clipNorm: '它是允许通过的最大梯度范数', huberDelta: '它是损失由平方转为线性的位置', minCount: '它是字符出现的次数', embedding: '一个字符至少要用一个数表示', sampleLength: '样本只是一瞥，每个选定的轮次各存一段', temperature: '0 总取最可能的字符，超过 10 时各字符几乎一样可能', patience: '它是没有改善的轮数',
    seed: '生成器使用 32 位种子', trainShare: '网络需要一些行来学习', share: '它是行数的比例',
  },
  options: {
    window: { targets: { last: '最后一步', every: '每一步' } },
    text: { normalization: { none: '无', NFC: 'NFC', NFKC: 'NFKC' } },
    scaling: { none: '不缩放', standard: '均值 0、标准差 1', minmax: '0 到 1' },
    model: {
      cell: { rnn_tanh: 'RNN（tanh）', rnn_relu: 'RNN（ReLU）', handwritten: '手写单元', lstm: 'LSTM', gru: 'GRU' },
      initialization: { pytorch: 'PyTorch 方式（均匀）', orthogonal: '正交' },
    },
    training: {
      loss: { mse: 'MSE', mae: 'MAE', huber: 'Huber' }, optimizer: { sgd: 'SGD', rmsprop: 'RMSprop', adam: 'Adam', adamw: 'AdamW' },
      schedule: { constant: '恒定', step: '分段下降', cosine: '余弦', plateau: '停滞时下降' },
    },
    backend: { auto: '自动', wasm: 'WebAssembly', tensorflow: 'TensorFlow', reference: '参考实现（float64）' },
  },
};
