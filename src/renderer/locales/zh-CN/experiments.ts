import type { experiments as english } from '../en/experiments.ts';

export const experiments: typeof english = {
  experiments: {
    progress: '第 {done} 次，共 {of} 次，剩余 {left}', epochs: '每次训练的轮数',
    backtest: {
      title: '放在过去，它行得通吗', about: '滚动起点回测：在每个起点，只用当时已知的数据重新训练一个网络，缩放参数也只在这些行上重新拟合，然后用其后的数据评判。',
      folds: '折数', start: '开始回测', fold: '第 {n} 折', foldName: '折', drawn: '各折在序列上的位置：每一折只知道之前的行，并用之后的行评判', parts: { train: '用于训练', validation: '用于早停', test: '用于评判' },
      chart: '{target}：真实值与各折的预测', known: '训练行数', judged: '评判行数', rmse: 'RMSE{unit}', naive: '沿用上值{unit}', offset: '缩放的偏移', scale: '缩放的比例',
      replaced: {
        before: '“{step}”会用到之后的行。回测中改用之前的最后一个值，与当时能做到的一致。', known: '“{step}”会用到整列。回测中其界限只由第一个起点之前的行得出。',
        nothing: '“{step}”会用到之后的行，当时没有可替代的做法：回测中省略这一步。',
      },
      said: '{n} 折的 RMSE 为 {mean} ± {deviation}；沿用上值为 {naive}。网络在 {n} 折中的 {better} 折更好。',
    },
    sweep: {
      title: '窗口应该多长', about: '用几种序列长度各训练一小段，数据行和随机种子都相同。比较的是验证部分的误差；测试部分不参与。',
      lengths: '序列长度', proposed: '使用建议值', wrong: '从 1 开始的整数，用逗号分隔，最多 20 个。', start: '尝试这些长度', chart: '误差与序列长度', length: '序列长度',
      same: '本次运行的长度 {own} 已是同样好的长度中最短的（{epochs} 轮后{part} RMSE 为 {rmse}）。', shorter: '序列长度 {length} 与更长的一样好（{epochs} 轮后{part} RMSE 为 {rmse}），训练比 {own} 更快。', longer: '更长的序列值得：用 {length} 代替 {own}（{epochs} 轮后{part} RMSE 为 {rmse}）。',
      use: '用 {length} 训练', took: '共用时 {seconds}。', skipped: '对这份数据来说过长：{lengths}。',
    },
  },
};
