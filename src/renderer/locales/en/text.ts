export const text = {
  text: {
    metrics: 'How well it tells the next character', bits: 'Bits a character', unigram: 'By frequency alone', bigram: 'By the character before', perplexity: 'Perplexity', accuracy: 'Accuracy', count: 'Characters',
    samples: 'What it wrote as it learnt', noSamples: 'It has written nothing yet.', epoch: 'epoch {n}',
  },
};
