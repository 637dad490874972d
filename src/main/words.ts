/** What main itself shows to a person: menus and system dialogs. The window's words are in src/renderer/locales. */
const en = {
  file: 'File', open: 'Open…', pasteTable: 'Paste a table or a text', quit: 'Quit', edit: 'Edit', view: 'View', go: 'Go', run: 'Run', window: 'Window', help: 'Help',
  home: 'Home', data: 'Data', train: 'Train', runs: 'Runs', lessons: 'Lessons', engines: 'Engines', settings: 'Settings',
  startTraining: 'Start training', stopTraining: 'Stop training', palette: 'Command palette',
  openTitle: 'Open a file with a sequence', tables: 'Tables and texts (CSV, TXT, Markdown, Parquet, JSON, Excel)', allFiles: 'All files', saveTitle: 'Save', wheelsTitle: 'The folder with the wheels', exportFolderTitle: 'The folder to export into', newFileTitle: 'A file that the network has not seen', futureTitle: 'The file with the rows that follow',
  pauseTraining: 'Pause or go on',
  backUp: 'Back up the database', exportTitle: 'Export everything', importTitle: 'Import an export of Unroll', importRunTitle: 'Import a run',
  ended: { done: '{name} is done', interrupted: '{name} was interrupted', failed: '{name} failed' },
  canGoOn: { interrupted: 'It can go on from its last checkpoint.', failed: 'Its page says why.' },
  better: '{percent}% better than repeating the last value', worse: '{percent}% worse than repeating the last value',
  quitAsk: 'A run is training. Quit and interrupt it?',
  quitDetail: 'What it has learnt so far is kept, and it can go on from there.',
  quitAnyway: 'Quit', stay: 'Go on training',
  samples: 'Samples',
  folderNotWritable: 'The folder "{folder}" cannot be written, so no run could be kept. Allow writing to it, or name another one in UNROLL_DATA_DIR.',
  undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select all',
  resetZoom: 'Actual size', zoomIn: 'Zoom in', zoomOut: 'Zoom out', fullScreen: 'Full screen', devTools: 'Developer tools', minimize: 'Minimize', close: 'Close',
};
export type Words = typeof en;

const zh: Words = {
  file: '文件', open: '打开…', pasteTable: '粘贴表格或文本', quit: '退出', edit: '编辑', view: '视图', go: '前往', run: '运行', window: '窗口', help: '帮助',
  home: '主页', data: '数据', train: '训练', runs: '运行记录', lessons: '课程', engines: '计算引擎', settings: '设置',
  startTraining: '开始训练', stopTraining: '停止训练', palette: '命令面板',
  openTitle: '打开包含序列的文件', tables: '表格和文本（CSV、TXT、Markdown、Parquet、JSON、Excel）', allFiles: '所有文件', saveTitle: '保存', wheelsTitle: '存放 wheel 文件的文件夹', exportFolderTitle: '导出到哪个文件夹', newFileTitle: '网络没有见过的文件', futureTitle: '后续各行所在的文件',
  pauseTraining: '暂停或继续',
  backUp: '备份数据库', exportTitle: '导出全部内容', importTitle: '导入 Unroll 导出的文件', importRunTitle: '导入运行',
  ended: { done: '{name} 已完成', interrupted: '{name} 已中断', failed: '{name} 失败' },
  canGoOn: { interrupted: '可从最近的检查点继续。', failed: '原因见其页面。' },
  better: '比“沿用上一个值”好 {percent}%', worse: '比“沿用上一个值”差 {percent}%',
  quitAsk: '有运行正在训练。要退出并中断它吗？',
  quitDetail: '目前学到的都会保留，之后可从这里继续。',
  quitAnyway: '退出', stay: '继续训练',
  samples: '示例数据',
  folderNotWritable: '文件夹“{folder}”不可写入，运行记录无法保存。请允许写入，或用 UNROLL_DATA_DIR 指定其他文件夹。',
  undo: '撤销', redo: '重做', cut: '剪切', copy: '复制', paste: '粘贴', selectAll: '全选',
  resetZoom: '实际大小', zoomIn: '放大', zoomOut: '缩小', fullScreen: '全屏', devTools: '开发者工具', minimize: '最小化', close: '关闭',
};

export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('zh') ? zh : en;
}
