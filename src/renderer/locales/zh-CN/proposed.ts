/** 哪些数据作为输入，还建议加入哪些。 */
export const proposed = {
  proposed: {
    onlyPast: '目前只输入 {targets} 自身的历史。', past: '{targets} 的历史', now: '输入：{inputs}。', offered: '还建议加入：{inputs}。', words: '{name}（文字）', calendar: '{list}（由时间生成）', and: '、', use: '采用建议的输入',
  },
};
