import type { texts as english } from '../en/texts.ts';

export const texts: typeof english = {
  characters: {
    space: '空格', newline: '换行', tab: '制表符', return: '回车', noBreakSpace: '不换行空格', ideographicSpace: '全角空格', zeroWidthSpace: '零宽空格', nonJoiner: '零宽不连字', joiner: '零宽连字',
    softHyphen: '软连字符', byteOrderMark: '字节顺序标记', leftToRightMark: '从左到右标记', rightToLeftMark: '从右到左标记', arabicMark: '阿拉伯字母标记', embedding: '方向嵌入', override: '方向覆盖', isolate: '方向隔离', popDirection: '方向结束',
    replacement: '替换字符', combining: '组合符号', otherSpace: '其他空格', control: '控制字符', format: '格式字符', unassigned: '私用或未分配', unknown: '未知符号',
  },
  texts: {
    text: '文本', characterCount: '{n} 个字符', content: '文本内容', facts: '文本信息', lines: '行数', distinct: '不同字符', characters: '字符数', column: '列', replaced: '无法识别之处', replacedHelp: '有 {n} 处不是该编码的字符或是落单的半个代理对，读作 �',
    more: '显示更多', shownOf: '已显示 {of} 个字符中的 {n} 个', asTable: '按表格读取', asText: '按文本读取', asTextHelp: '把整个文件当作一段文本，学习其中的字符。', columnText: '当作文本学习', setUp: '设置训练', cannotLearn: '文本至少要有两种不同的字符才能学习。',
    vocabulary: '字符表', vocabularyAbout: '网络的输入和输出各有 {size} 个符号，每种字符一个。', withUnknown: '网络的输入和输出各有 {size} 个符号：{kept} 种字符，另有一个未知符号代表 {kinds} 种罕见字符（占全文 {share}）。',
    filter: '筛选：字符、名称或编码', character: '字符', name: '名称', code: '编码', count: '次数', share: '占比', rare: '罕见：归入未知符号', noMatch: '没有匹配的字符。', listed: '只列出最常见的 {n} 种。',
    firstN: '开头的字符数', openFirst: '打开', sample: '文本', trainNow: '立即训练', trainNowHelp: '打开这段文本，并用相应设置开始训练。', baselines: '朴素猜测的参考线：{part}', naive: { unigram: '只看字频', bigram: '只看前一个字符' }, part: { train: '训练部分', validation: '验证部分' },
    bitsChart: '每字符比特', bitsAxis: '比特/字符', accuracyChart: '准确率', accuracyAxis: '猜对的比例', noBits: '训练时这里会画出以比特计的损失和朴素猜测的水平。', noAccuracy: '训练时绘制。',
    trainBits: '训练比特', validationBits: '验证比特', notStarted: '训练时，网络写下的文字会出现在这里。', written: '网络写下的文字', samplePrompt: '样文开头',
    verdict: {
      better: '{split}每个字符需要 {bits} 比特；只看前一个字符要 {bigram} 比特（少 {percent}）。', worse: '{split}每个字符需要 {bits} 比特，比只看前一个字符的 {bigram} 比特还多，学得还不够。', equal: '{split}每个字符需要 {bits} 比特，与只看前一个字符（{bigram} 比特）相当。',
      seen: '这些字符正是它学过的。', short: { better: '少 {percent} 比特', worse: '多 {percent} 比特', equal: '比特相当' },
    },
    best: '最佳：第 {n} 轮', last: '最后：第 {n} 轮', final: '结束时：第 {n} 轮', epochOf: '第 {n} 轮', metricsOf: '评估的轮次', open: '试写台',
  },
  playground: {
    title: '试写台', about: '让网络接着你的开头往下写，或者逐字进行：任选下一个字符，看它怎样继续。', back: '返回运行', prompt: '开头', promptHelp: '网络从这里接着写。留空则从任意处开始。', length: '字符数', temperature: '温度', temperatureHelp: '0 总取最可能的字符；大于 1 则更大胆。',
    topK: 'Top-k', topKHelp: '只在最可能的 k 个字符中抽取。留空：全部。', topP: 'Top-p', topPHelp: '只在概率之和达到此值的最少几个字符中抽取。留空：全部。', seed: '随机种子', seedHelp: '相同的种子写出相同的文字。', stop: '遇此停止', stopHelp: '在这段文字出现之前停止。\\n 表示换行。', write: '写', stopWriting: '停止', source: '由谁来写', weights: '权重', beside: '并排放另一个', alone: '只看一个',
    read: '读入', written: '写出', speed: '用时 {time} 写了 {n} 个字符（每秒 {rate} 个）', endedStop: '遇到停止文字', endedCancelled: '已停止', nothing: '还没有写出任何文字。', mode: { write: '连续写', step: '逐字' },
    next: '下一个字符', nextAfter: '在“{text}”之后', nothingRead: '还没有读入任何字符：请选择第一个字符。', rest: '其余全部', probability: '{character}：{percent}', drawn: '抽取概率：{percent}', notDrawn: '按当前规则不会抽到', choose: '写下 {character} 并继续', drawOne: '抽一个', takeBack: '撤回', begin: '回到开头', hidden: '隐藏状态：{units} 个单元，最近 {steps} 个字符', hiddenHelp: '每一列是读入一个字符之后的状态，每一行是一个单元。', cut: '回到这里',
    drop: '忽略这些字符', map: '换成最接近的已知字符', mapped: '读作“{text}”。', noRuns: '还没有学过文本的运行。', none: '该运行没有保存可用来写字的权重。', invalid: { length: '1 到 {max} 的整数。', temperature: '0 到 10 的数。', topK: '不小于 1 的整数，或留空。', topP: '大于 0 且不超过 1 的数，或留空。', seed: '0 到 4294967295 的整数。' },
  },
};
