export const engines = {
  engines: {
    intro: 'An engine does the computing. “auto” times the engines that are available here at the very work that is to be done, and takes the fastest.', again: 'Look again', available: 'available', unavailable: 'not available', reason: 'Why not: {reason}', device: 'Device',
    names: { reference: 'Reference', wasm: 'WebAssembly', tensorflow: 'TensorFlow', webgpu: 'WebGPU' },
    about: {
      reference: 'Plain loops in float64: the definition of correct, slow on purpose.', wasm: 'Compiled kernels in float32, built in, no installation.',
      webgpu: 'GPUs of every vendor, no installation: a whole training step in a few shaders of our own, in a hidden window.',
      tensorflow: 'TensorFlow’s own kernels through tfjs-node-gpu: cuDNN on NVIDIA GPUs, fused kernels on the processor. It is large, so it is installed when somebody wants it.',
    },
    facts: { fusedMultiplyAdd: 'Fused multiply-add', precision: 'Precision', threads: 'Threads', simd: 'SIMD', tensorflow: 'TensorFlow', gpu: 'Runs on a GPU', vendor: 'Vendor', architecture: 'Architecture', software: 'Made of software', largestBuffer: 'Largest buffer' },
    measured: 'What was measured on this machine is kept and used again.', forget: 'Measure anew', forgotten: 'The next run with “auto” measures again.',
    install: {
      gpu: 'GPU', noGpu: 'no NVIDIA GPU was found', gpuIs: '{name}, driver {driver}', gpuMemory: '{name}, driver {driver}, {memory}',
      installed: 'Installed', nothing: 'nothing yet', is: 'TensorFlow {version} for {kind}, {size}', kinds: { cpu: 'the processor', cuda: 'NVIDIA GPUs' },
      tried: 'Tried', works: 'works: gradients {distance} from the reference, {time} ms for a small step', fails: 'does not work here: {reason}', untried: 'not yet',
      plan: 'To fetch', planIs: '{download} from the Python package index, about {disk} on the disk', packages: '{n} file, checked by its hash | {n} files, each checked by its hash',
      do: 'Install for {kind}', fromFolder: 'Install from a folder…', cancel: 'Cancel', probe: 'Try again', remove: 'Remove', removeAsk: 'Remove TensorFlow from this machine? It can be installed again.', stay: 'Keep it',
      cancelled: 'Cancelled. What was fetched is kept for the next time.', done: 'TensorFlow is installed.', removed: 'TensorFlow was removed.',
      stages: { fetching: 'Fetching {item}', checking: 'Checking {item}', unpacking: 'Unpacking {item}', building: 'Building the binding', probing: 'Trying it in a process of its own' },
      amount: '{done} of {total}', left: '{time} left',
    },
  },
};
