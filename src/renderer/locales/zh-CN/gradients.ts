import type { gradients as english } from '../en/gradients.ts';

export const gradients: typeof english = {
  gradients: {
    title: '沿时间的梯度', heat: '梯度范数：向下为步，向右为轮次', byLayer: '各层的梯度范数', head: '输出层',
    soon: '第一轮结束后开始测量梯度。', none: '这次运行没有测量梯度：由旧版本训练，或在第一轮就结束了。',
    healthy: '梯度能够传到最早的一步：第 {epoch} 轮之后，最早一步的范数是最近一步的 {ratio} 倍。',
    vanishing: '从第 {since} 轮起梯度消失：最早一步的范数只有最近一步的 {ratio} 倍，{length} 步中回溯超过 {reach} 步后剩下不到百分之一。更早的内容几乎学不到。',
    exploding: '从第 {since} 轮起梯度爆炸：最早一步的范数是最近一步的 {ratio} 倍。训练可能大幅震荡或发散。',
    infinite: '无穷多', try: '可以尝试：',
    remedies: { shorter: '更短的序列（梯度能回溯 {reach} 步）', clip: '裁剪梯度范数，例如 1', gated: 'LSTM 或 GRU，其门能让梯度通过', rate: '更小的学习率', orthogonal: '正交初始化权重' },
    clipped: '按范数 {norm} 裁剪：{of} 步中有 {n} 步被裁剪（{percent}）。', unclipped: '没有一步超过裁剪范数 {norm}。', clipMarks: '橙色：被裁剪的步所占比例', epoch: '第 {n} 轮', pointed: '第 {epoch} 轮，第 {step} 步（共 {of} 步）：{norm}',
    about: '在 {n} 个轮次之后测量，每次都用训练部分中相同的少量窗口；最多占训练工作量的 2 %（极短的运行除外）。颜色为对数刻度。',
  },
};
