/** 序列分类。 */
export const classify = {
  classify: {
    title: '带标签的序列', found: '{sequence} → {label}：{examples} 个序列，长 {shortest} 到 {longest} 步，{classes} 个类别。', learn: '学习类别', forecast: '改为预测序列', possible: '改为学习类别', only: '这里没有可以当作序列来预测的列；这张表适合分类，即学习每个序列属于哪个标签。', setUp: '设置类别学习',
    columns: '列', none: '选好列后开始训练，损失和准确率会显示在这里。', accuracy: '准确率', trainLoss: '训练损失', validationLoss: '验证损失',
    metrics: '得分', part: '部分', loss: '损失', baseline: '总猜最常见的类别', baselineHelp: '总是猜训练部分中最常见的类别所得的准确率。', precision: '精确率', precisionHelp: '被判为该类的序列中确实属于该类的比例。', recall: '召回率', recallHelp: '属于该类的序列中被认出的比例。', f1: 'F1', f1Help: '精确率与召回率的调和平均。', examples: '序列数', macro: '各类平均',
    best: '最佳轮次（{n}）', last: '最后轮次（{n}）', which: '权重取自', confusion: '混淆矩阵', confusionHelp: '每行是真实类别，每列是判定的类别；颜色深浅表示占该行的比例。', truth: '真实 ↓，判为 →', perClass: '各类别', className: '类别',
    cell: '{truth} 被判为 {predicted}：{count}（{share}）', mistakes: '判错的序列', mistakesHelp: '取自“{part}”，网络最有把握的排在前面。', noMistakes: '这一部分没有判错的序列。', line: '行', sequence: '序列', is: '实为', taken: '判为', sure: '把握',
    tryTitle: '试一试', tryHelp: '输入一个序列，看它被判为哪一类。', tryText: '一段文本', tryNumbers: '数字，用空格或逗号分隔', go: '分类', read: '只读 {steps} 步中的最后 {read} 步。', unknown: '训练中从未见过：{characters}', later: '训练完成后在这里显示得分。',
    verdict: {
      better: '{split}认出了 {accuracy} 的序列；总猜最常见的类别为 {baseline}。', worse: '{split}认出了 {accuracy} 的序列，而总猜最常见的类别就有 {baseline}。', equal: '{split}认出了 {accuracy} 的序列，与总猜最常见的类别相当。', seen: '这些序列正是它学习过的。',
      short: '正确 {accuracy}',
    },
  },
};
