import type { engines as english } from '../en/engines.ts';

export const engines: typeof english = {
  engines: {
    intro: '计算由引擎完成。“自动”会用即将进行的训练对本机可用的引擎计时，并选用最快的一个。', again: '重新检测', available: '可用', unavailable: '不可用', reason: '原因：{reason}', device: '设备',
    names: { reference: '参考实现', wasm: 'WebAssembly', tensorflow: 'TensorFlow', webgpu: 'WebGPU' },
    about: {
      reference: 'float64 的朴素循环，用来定义什么是正确，本就不求快。', wasm: '编译好的 float32 内核，内置，无需安装。',
      webgpu: '适用于各厂商的 GPU，无需安装：在隐藏窗口中，用我们自己的几个着色器完成整个训练步。',
      tensorflow: '通过 tfjs-node-gpu 调用 TensorFlow 自带的内核：NVIDIA GPU 上用 cuDNN，处理器上用融合内核。体积较大，需要时再安装。',
    },
    facts: { fusedMultiplyAdd: '融合乘加', precision: '精度', threads: '线程数', simd: 'SIMD', tensorflow: 'TensorFlow', gpu: '在 GPU 上运行', vendor: '厂商', architecture: '架构', software: '由软件模拟', largestBuffer: '最大缓冲区' },
    measured: '本机的实测结果会保存下来，供以后使用。', forget: '重新测量', forgotten: '下一次用“自动”训练时会重新测量。',
    install: {
      gpu: 'GPU', noGpu: '没有找到 NVIDIA GPU', gpuIs: '{name}，驱动 {driver}', gpuMemory: '{name}，驱动 {driver}，{memory}',
      installed: '已安装', nothing: '尚未安装', is: 'TensorFlow {version}（{kind}），{size}', kinds: { cpu: '处理器版', cuda: 'NVIDIA GPU 版' },
      tried: '试运行', works: '正常：梯度与参考实现相差 {distance}，一个小步用时 {time} 毫秒', fails: '在本机无法使用：{reason}', untried: '尚未试运行',
      plan: '需要下载', planIs: '从 Python 软件包索引下载 {download}，占用磁盘约 {disk}', packages: '{n} 个文件，逐个核对哈希值',
      do: '安装{kind}', fromFolder: '从文件夹安装…', cancel: '取消', probe: '再试一次', remove: '移除', removeAsk: '要从本机移除 TensorFlow 吗？以后可以再次安装。', stay: '保留',
      cancelled: '已取消。已下载的部分会保留，下次接着用。', done: 'TensorFlow 已安装。', removed: 'TensorFlow 已移除。',
      stages: { fetching: '正在下载 {item}', checking: '正在核对 {item}', unpacking: '正在解压 {item}', building: '正在编译接口模块', probing: '正在独立进程中试运行' },
      amount: '{done} / {total}', left: '还需 {time}',
    },
  },
};
