/** 运行的先后：暂停、继续、队列、随机种子、经过。 */
export const queue = {
  queue: {
    title: '队列', empty: '队列为空', emptyText: '设置好训练后加入队列：设置随即固定，前一个运行结束后（无论以何种方式）就会开始。',
    add: '加入队列', seeds: '种子数', seedsHelp: '用相同设置训练多少次：从当前种子起依次递增。合在一起可以看出结果中有多少偶然成分。', added: '{name} 已加入队列 | {n} 个运行已加入队列',
    waiting: '{n} 个运行在等待', held: '队列已暂停：继续之前不会开始新的运行。', hold: '暂停队列', goOn: '继续队列', show: '查看队列',
    up: '上移 {name}', down: '下移 {name}', remove: '从队列中移除 {name}', retry: '重试', seed: '种子 {n}', resumes: '中断后继续', now: '正在训练', help: '可拖动行，或按 Alt 加方向键。',
    position: '第 {n} / {of} 个', moved: '{name} 现在是第 {n} / {of} 个', willGoOn: '轮到 {name} 时会继续训练', leftover: '队列已暂停，其中有 {n} 个运行在等待。',
    epochLeft: '本轮 {time}', pause: '暂停', pausing: '正在暂停…', resume: '继续', resumeAll: '全部继续', waits: '正在队列中等待继续。', later: '以后再说',
    interrupted: '有 {n} 个运行被中断，可从最近的检查点原样继续。',
    repeat: '换种子重复', repeatText: '用相同的设置和数据、不同的种子再训练，与本运行合为一组，给出均值、离散程度和最佳结果。', repeatCount: '再训练次数', repeatGo: '加入队列', cancel: '取消',
  },
  seeds: {
    title: '种子', of: '一组 {n} 个运行', mean: '均值', deviation: '标准差', least: '最低', most: '最高', best: '最佳', bestIs: '最佳：{name}', spread: '{mean} ± {deviation}', on: '共 {n} 个已评估的运行',
    done: '{n} / {of} 已完成', bestEpochs: '各取最佳轮次', open: '展开 {name} 的各个运行', close: '收起 {name} 的各个运行', compare: '对比各种子', none: '还没有评估过的运行。', waiting: '其中 {n} 个还在队列中',
  },
  history: {
    title: '经过', checkpoint: '最近的检查点：第 {epoch} 轮之后，{when}', none: '没有记录：由旧版本训练。', size: '占用 {size}',
    kind: {
      queued: '在队列中等待', imported: '导入', started: '在 {device} 上开始', resumed: '从第 {epoch} 轮之后继续', engine: '改用引擎 {to}（原为 {from}）继续：结果不再逐位相同，但训练照旧', anew: '没有检查点，重新开始', rate: '第 {epoch} 轮起学习率由 {from} 降为 {to}', clipped: '{of} 步中有 {steps} 步裁剪了梯度，首次在第 {epoch} 轮',
      checkpoint: '第 {epoch} 轮之后保存检查点', checkpoints: '保存检查点 {times} 次，最近一次在第 {epoch} 轮之后', 'early-stop': '第 {epoch} 轮之后提前停止：损失已有 {patience} 轮没有变好', paused: '第 {epoch} 轮之后暂停', cancelled: '第 {epoch} 轮之后取消',
      killed: '训练进程没有响应，已被结束', interrupted: '第 {epoch} 轮之后中断', failed: '第 {epoch} 轮之后失败', done: '第 {epoch} 轮之后完成', trimmed: '移除检查点，省出 {size}',
    },
    cause: { step: '按“分段”策略', plateau: '因为损失不再下降（“平台期”策略）' },
  },
};
