export const text = {
  text: {
    metrics: '预测下一个字符的水平', bits: '每字符比特', unigram: '只看字频', bigram: '只看前一个字符', perplexity: '困惑度', accuracy: '准确率', count: '字符数',
    samples: '学习过程中写下的文字', noSamples: '还没有写下任何文字。', epoch: '第 {n} 轮',
  },
};
