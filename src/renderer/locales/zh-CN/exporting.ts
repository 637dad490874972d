/** 导出运行。 */
export const exporting = {
  exporting: {
    open: '导出', title: '导出 {name}', text: '导出的网络带有使用它所需的一切：权重、各列及其缩放方式、窗口与预测长度。导出后立即在留出的窗口上运行，并与本程序的预测比较。',
    format: '格式', folder: '保存到', choose: '选择文件夹', go: '导出', cancel: '取消', close: '关闭', show: '在文件夹中显示', copy: '复制', use: '使用方法', done: '已导出',
    exists: '这个位置已有该运行的导出。替换会删除其文件夹中的全部内容。', replace: '替换',
    proof: '{by}：在 {n} 个窗口上，最大差异为 {absolute}，是最大预测值的 {relative}',
    stages: { reading: '正在读取运行留下的内容', making: '正在生成文件，并与本程序的预测比较', writing: '正在写入文件' },
    formats: {
      onnx: { name: 'ONNX', text: '用于 Python、JavaScript、C#、C++ 等语言的 ONNX Runtime；另附内含缩放的版本。' },
      tfjs: { name: 'TensorFlow.js', text: '用于网页和 Node 的 LayersModel，可直接用 TensorFlow.js 读取。' },
      pytorch: { name: 'PyTorch', text: 'safetensors 权重、易读的 model.py，以及可对 CSV 运行的 predict.py。' },
      keras: { name: 'Keras 3', text: '在 Keras 中构建模型并载入权重的代码。' },
      unroll: { name: 'Unroll', text: '整个运行连同数据存为一个文件：在另一台电脑的 Unroll 中导入后，可分毫不差地继续训练。' },
      report: { name: '报告', text: '单个 HTML 文件的运行报告，另附 SVG 图表。' },
      predictions: { name: '预测结果', text: '已有的预测和接下来的预测，CSV 格式，可用电子表格打开；文本运行则为它写出的文字。' },
    },
  },
  importing: { done: '已导入 {name}', again: '再次导入', dataMissing: '数据没有随文件一起导入：请先打开 {name}，再重新导入此运行以便继续训练。', button: '导入运行…' },
};
