/** 外壳：每个页面都有的文字。 */
export const studio = {
  places: { home: '主页', data: '数据', train: '训练', runs: '运行记录', lessons: '课程', engines: '计算引擎', settings: '设置' },
  common: {
    yes: '是', no: '否', on: '开', off: '关', undo: '撤销', undone: '已撤销：{what}', redone: '已重做：{what}', dismiss: '关闭',
    retry: '重试', unexpected: 'Unroll 自身出错：{message}。', copyDetails: '复制详情', copied: '已复制', remove: '移除',
  },
  actions: { open: '打开文件', train: '训练', stop: '停止', go: '前往{place}', light: '浅色主题', dark: '深色主题', language: 'Switch to English' },
  shell: {
    places: '页面', search: '搜索与命令', drop: '松开鼠标即可打开文件', hardware: '硬件与训练', idle: '当前没有训练', training: '正在训练', steps: '{n} 步/秒', memory: '{used} / {total}', memoryOf: { system: '训练进程占用 {used}，本机内存共 {total}。', gpu: 'GPU 显存已用 {used}，共 {total}。' },
  },
  palette: { actions: '操作', data: '数据', runs: '运行记录', placeholder: '输入操作、文件或运行记录' },
  status: { running: '训练中', paused: '已暂停', done: '已完成', cancelled: '已取消', interrupted: '已中断', failed: '失败' },
  split: { train: '训练集', validation: '验证集', test: '测试集', on: { train: '训练集上', validation: '验证集上', test: '测试集上' } },
  verdict: {
    better: '{split}的 RMSE 为 {rmse}，比“沿用上一个已知值”的 {persistence} 低 {percent}。',
    worse: '{split}的 RMSE 为 {rmse}，比“沿用上一个已知值”的 {persistence} 高 {percent}，不如这种朴素预测。',
    equal: '{split}的 RMSE 为 {rmse}，与“沿用上一个已知值”的 {persistence} 相当，网络还没有带来改进。',
    unjudged: '{split}的 RMSE 为 {rmse}，没有可比较的朴素预测。',
    seen: '网络学的正是这些行，因此这不能说明它对新数据的表现。',
    short: { better: '优于沿用上值 {percent}', worse: '差于沿用上值 {percent}', equal: '与沿用上值相当' },
  },
  device: { pinned: '{backend}，由设置指定', fastest: '{backend}，本机最快的引擎', measured: '{backend}，本机实测最快（每步毫秒数：{detail}）', fallback: '{backend}，更快的引擎不可用（{detail}）' },
  charts: {
    png: '保存为 PNG', svg: '保存为 SVG', csv: '将数值保存为 CSV', export: '导出“{name}”', reset: '全部范围', epoch: '轮次', row: '行号', truth: '真实值', prediction: '预测值',
    predictionTitle: '{target}：预测与真实值', liveTitle: '目前的预测与真实值', noLive: '训练时，这里会画出网络的预测。', noPrediction: '运行没有完成，因此没有预测结果。', log: '对数坐标', loss: '损失',
    nats: '交叉熵（nat）', lossAxis: '{loss}（缩放后）', noLoss: '这里会画出每一轮的损失。', gradient: '梯度范数', gradientAxis: 'L2 范数', noGradient: '这里会画出梯度的大小。',
  },
  steps: { second: '{n} 秒', minute: '{n} 分钟', hour: '{n} 小时', day: '{n} 天', week: '{n} 周', month: '{n} 个月', quarter: '一个季度', year: '{n} 年' },
};
