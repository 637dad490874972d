/** 训练开始之前的预估。 */
export const preflight = {
  preflight: {
    time: '约需 {time}（{device}，每步 {step} 毫秒）', measure: '估算时间', measuring: '正在试跑几个批次…',
    memory: '约占内存 {needed}', memoryOf: '约占内存 {needed}，可用 {free}', memoryHelp: '偏高的估计：参数、优化器状态、序列、一个批次的隐藏状态和预测结果。',
    title: '仍要训练吗？', text: '按本机的估算，有以下问题。',
    tooLarge: '此运行约需 {needed} 内存，而可用内存只有 {free}。', tooLong: '大约需要 {time}。',
    advice: { memory: '减小批大小、序列长度或隐藏层大小可以少用内存。内存耗尽时系统可能结束训练进程，但最近的检查点会保留。', time: '减少轮数、缩小模型或增大批次可以缩短时间。训练中随时可以暂停，以后再继续。' },
    change: '修改设置', anyway: '仍然训练',
  },
};
