/** 错误的中文说明，键为错误代码；没有列出的显示英文原句。 */
export const errors = {
  classify: {
    'no-columns': '“{name}”没有可用的序列列或标签列。', 'same-column': '列“{column}”不能既是序列又是标签。', 'no-label': '列“{column}”中有 {count} 行没有标签，第一处在第 {line} 行。',
    'too-many-classes': '列“{column}”有 {count} 种标签，最多只能学习 {limit} 类。', 'one-class': '列“{column}”的所有行标签都是“{label}”，没有可以区分的。', 'single-examples': '列“{column}”的每种标签只出现一次：一个类别要从多个例子中学习。',
    'unlearnt-label': '标签“{label}”只出现在验证或测试部分（第一处在第 {line} 行），因此无法学习。', 'too-large': '{rows} 个序列、每个 {sequenceLength} 步，共 {steps} 步，最多 {limit} 步。',
    'no-sequence': '没有序列，或有一行的序列为空。', 'not-number': '“{word}”不是数值。', 'no-run': '运行“{id}”没有学习过分类。',
  },
  lesson: {
    'text-short': '文本只有 {characters} 个字符，一个窗口需要 {needed} 个。', 'text-one': '文本只有一种字符，没有可以区分的内容。', 'prompt-unknown': '文本中没有“{character}”。', 'prompt-short': '开头至少需要 {needed} 个字符。',
  },
  backtest: { 'too-few-rows': '数据有 {rows} 行，不够分成 {folds} 折（序列长度 {sequenceLength}，预测步数 {horizon}）。' },
  sweep: { 'too-few-rows': '数据有 {rows} 行，不够用于序列长度 {shortest}。' },
  insight: { 'no-weights': '这次运行没有保存权重。', 'no-data': '这次运行的数据已不在，网络没有可看的内容。', stopped: '已停止。' },
  andMore: '，另有 {n} 处',
  number: { whole: '整数', any: '数', nothing: '空' },
  backend: { unavailable: '这里没有可用的计算引擎（{reasons}）。' },
  engine: {
    memory: { tooLarge: '{what} 需要 {bytes} 字节，而最多能使用 {limit} 字节。' }, backend: { unsupported: '这个计算引擎不支持这些设置。' },
    platform: 'TensorFlow 只能安装在使用 x64 处理器的 Linux 上，这里是 {where}。', 'no-gpu': '没有可用于 CUDA 12 的 NVIDIA GPU 或驱动。', corrupted: '{file} 与发布的文件不一致（SHA-256 不同），已删除。',
    'offline-missing': '文件夹 {folder} 中没有 {file}。', 'offline-corrupted': '文件夹 {folder} 中的 {file} 与发布的文件不一致（SHA-256 不同）。', 'disk-full': '磁盘空间不足，无法安装 TensorFlow。', 'no-network': '无法下载 {file}：{reason}。',
    'not-built': '无法编译 TensorFlow 的接口模块：{reason}', 'no-compiler': '没有可用来编译接口模块的 C++ 编译器。', 'probe-failed': 'TensorFlow 已编译完成，但在本机无法使用：{reason}', busy: '已有引擎正在安装。', 'installer-died': '安装进程意外结束（退出代码 {code}）。', none: '没有安装 TensorFlow。',
  },
  ipc: { request: '窗口发出的请求无效。', sender: '请求不是来自 Unroll 自己的页面。' },
  checkpoint: { version: '检查点的类型或版本不对。', damaged: '无法读取检查点：其中没有轮次和位置。', incomplete: '无法从这个检查点继续：缺少训练中的位置或之前的轮次。' },
  queue: { full: '队列最多容纳 {limit} 个运行。', unknown: '这个运行已不在队列中。' },
  care: { busy: '数据库正在处理中。', compacting: '正在压缩数据库。', died: '对数据库的处理意外中止，没有留下半成品。' },
  bundle: { damaged: '“{path}”不是 Unroll 导出的文件，或已损坏。', missing: '没有文件“{path}”。' },
  query: {
    quote: '有一个引号没有闭合。', field: '没有名为“{field}”的字段{near}。', value: '“{term}”后面要有一个值。', date: '“{value}”不是日期：可写 2026、2026-01、2026-01-31 或 2026-01-31T12:00。', boolean: '“{field}”只能是 yes 或 no（得到“{value}”）。',
    status: '没有“{value}”这种状态：running、paused、done、cancelled、interrupted、failed。', number: '“{field}”要与数值比较（得到“{value}”）。',
  },
  recipe: {
    word: '第 {step} 步：第 {line} 行“{column}”列的“{cell}”不是数字。', unsorted: '第 {step} 步：第 {line} 行“{column}”列的时间倒退了。', 'nothing-left': '第 {step} 步之后将没有剩余内容。', 'day-month': '第 {step} 步：第 {line} 行“{column}”列的“{cell}”不符合所选的日月顺序。',
    'not-numbers': '第 {step} 步：“{column}”列是文字，无法插值。', frequency: '第 {step} 步：频率与“{column}”列的时间类型不符。', 'too-many-rows': '第 {step} 步：需要补 {inserted} 行，总数将超过 {limit} 行。', clip: '第 {step} 步：代表缺失的值没有可截断的界限。', range: '第 {step} 步：下限 {min} 大于上限 {max}。',
    'resample-number': '第 {step} 步：“{column}”列是普通数字而不是日期，无法重采样。', lag: '第 {step} 步：数据只有 {rows} 行，间隔 {lag} 行的差分不会剩下任何行。', log: '第 {step} 步：第 {line} 行“{column}”列的 {value} 没有对数。', 'name-taken': '第 {step} 步：已有名为“{column}”的列。',
  },
  comparison: { unknown: '没有已保存的对比“{id}”。' },
  safetensors: { damaged: '无法读取 safetensors 文件：{reason}。' },
  data: {
    'unknown-category': '“{column}”列的“{cell}”（第 {line} 行）不在训练时确定的类别之中（{categories}）。', 'many-words': '“{column}”列的不同文字太多，不能作为类别。', 'too-many-features': '{rows} 行、每行 {features} 个输入，超过最多 {limit} 个数值的限制。',
    binary: '“{name}”不是文本文件。', empty: '“{name}”是空的。', 'empty-column': '“{column}”列是空的。',
    encoding: '“{name}”开头是 {encoding} 文本，但含有不属于该编码的字节。', 'header-only': '“{name}”只有表头，没有数据行。', 'long-cell': '“{name}”第 {line} 行：有单元格超过 {limit} 个字符。',
    'long-name': '“{name}”第 {line} 行：列名“{column}”超过 {limit} 个字符。', missing: '第 {line} 行“{column}”列为空{andMore}。', 'no-numeric-column': '“{name}”中没有可以预测的数值列。',
    'no-training-window': '训练部分有 {rows} 行，而一个窗口需要 {needed} 行（输入 {sequenceLength}，输出 {horizon}）。', 'not-finite': '“{column}”列中有不是数字的值（第 {line} 行：“{cell}”）。',
    'not-numeric': '“{column}”列是文本，不是数字（第 {line} 行：“{cell}”）。', overflow: '第 {line} 行“{column}”列：“{cell}”超出了数值范围{andMore}。', quote: '“{name}”第 {line} 行：引号没有正确配对。',
    ragged: '“{name}”第 {line} 行有 {got} 个单元格，而首行有 {expected} 个。', 'too-few-rows': '数据有 {rows} 行，而序列长度 {sequenceLength} 至少需要 {needed} 行（输入 {sequenceLength}，输出 {horizon}）。',
    'too-large': '“{name}”有 {megabytes} MB，最多能完整读取 {limit} MB。', 'unknown-column': '数据中没有“{column}”列。',
    word: '第 {line} 行“{column}”列：“{cell}”不是数字{andMore}。', 'no-such-date': '第 {line} 行“{column}”列：不存在日期“{cell}”。', 'time-order': '第 {line} 行“{column}”列：“{cell}”不晚于上一行的“{before}”。',
    'ambiguous-time': '第 {line} 行“{column}”列：“{cell}”可以是日/月/年，也可以是月/日/年，没有哪一行能够区分。', 'missing-time': '第 {line} 行“{column}”列：时间为空。',
    'mixed-time': '第 {line} 行“{column}”列：“{cell}”的写法与前面的时间不同。', 'not-time': '第 {line} 行“{column}”列：“{cell}”不是时间。',
  },
  clipboard: { empty: '剪贴板中没有文本，也没有表格。' },
  text: {
    empty: '文本是空的。', 'one-character': '文本只有一种字符（“{character}”），没有什么可学的。', 'too-short': '文本有 {rows} 个字符，而序列长度 {sequenceLength} 至少需要 {needed} 个（输入 {sequenceLength} 个，输出 1 个）。',
    'no-training-window': '训练部分只有 {rows} 个字符，而一个窗口需要 {needed} 个。', binary: '“{name}”不是文本文件。', sampling: '文本只能读取开头的若干字符。', 'no-table': '“{name}”是某一列的文本。', none: '“{name}”是表格，不是文本。',
  },
  generate: { 'unknown-character': '开头中有模型没学过的字符：{characters}。', 'no-text': '该运行没有学过文本。', 'no-weights': '该运行没有可用的权重。' },
  export: {
    'no-weights': '运行“{id}”没有权重。', 'no-data': '该运行的数据已不在，各列的缩放数值也随之丢失。', 'no-vocabulary': '该运行的字符表没有保存。', 'no-predictions': '运行“{name}”没有可写出的预测。', task: '学习类别的运行还不能导出。', exists: '“{path}”已存在。', busy: '已有一个导出正在进行。',
    'disk-full': '磁盘已满，没有向“{path}”写入任何内容。', 'not-writable': '无法写入“{path}”所在的文件夹。', 'not-written': '无法写入“{path}”：{reason}。', unequal: '导出的模型与本程序的预测不一致，因此没有写出。', died: '导出进程意外结束（退出代码 {code}），没有写入任何内容。',
  },
  dataset: {
    unknown: '没有数据集“{id}”。', 'no-source': '“{name}”没有可以重新读取的文件。', 'copy-damaged': '“{name}”的保存副本已损坏。', 'copy-gone': '“{name}”的保存副本不在了，原文件也已改变。',
  },
  file: {
    directory: '“{name}”是文件夹，不是文件。', missing: '找不到文件“{name}”。', 'no-path': '拖入的内容不是这台机器上的文件。', 'not-a-file': '“{name}”不是普通文件。', 'not-saved': '无法保存文件“{path}”。', permission: '没有读取文件“{name}”的权限。',
    changed: '读取“{name}”时文件被修改。', unreadable: '无法读取文件“{name}”（{reason}）。', kind: '无法打开“{name}”：不支持这种文件（{what}）。', gzip: 'gzip 文件“{name}”已损坏或不完整。', 'choose-sample': '“{name}”太大，最多能完整读取 {limit} MB。',
    'sample-encoding': '“{name}”是 UTF-16 文本，只能从 UTF-8 或单字节文本中选取行。', 'sample-kind': '无法直接从“{name}”中选取行。', 'sample-large': '从“{name}”中选取的行仍然太多。',
    parquet: 'Parquet 文件“{name}”已损坏或不完整。', json: '“{name}”不是有效的 JSON。', excel: 'Excel 工作簿“{name}”已损坏或已加密。', 'excel-large': 'Excel 工作簿“{name}”太大。',
  },
  reader: { died: '无法读取文件：读取进程已停止（{reason}）。', 'unknown-table': '表格已不在内存中。' },
  run: {
    'not-resumable': '运行“{name}”无法继续：它的状态是 {status}。', 'data-gone': '运行“{name}”的数据已不在。', 'taken-over': '另一个 Unroll 已接手这个运行，因为有一分钟没有收到这里的消息。',
    'app-closed': '训练时应用被关闭。', busy: '已有一个运行正在训练。', training: '这个运行正在训练。', 'heartbeat-lost': '已有 {seconds} 秒没有收到这个运行的消息。', 'owner-gone': '训练它的程序先于运行结束。', unknown: '没有运行记录“{id}”。',
  },
  sample: { unknown: '没有示例“{id}”。' },
  spec: { range: '{label}须为 {min} 到 {max} 的{kind}，因为{why}（输入为 {got}）。', invalid: '这项设置无效：{reason}。' },
  split: {
    sum: '各部分占比之和须为 1（现为 {sum}）。', outside: '“{place}”不在数据范围内：数据从 {from} 到 {to}。', place: '“{place}”不能作为时间轴上的位置。', ambiguous: '“{place}”可能是日/月/年，也可能是月/日/年。', order: '测试集（{testFrom}）不能早于验证集（{validationFrom}）开始。',
  },
  roles: { calendar: '日历输入需要日期类型的时间列。' },
  forecast: { known: '预测需要“{column}”的 {steps} 个值（现有 {got} 个）。', 'known-number': '第 {step} 步：“{cell}”不是“{column}”的数字。', impossible: '无法预测：{reason}' },
  storage: {
    busy: '另一个程序正在占用数据库。', damaged: '数据库已损坏，原文件保存为“{path}”。', foreign: '“{file}”是其他程序的数据库。', full: '磁盘已满，无法继续保存。', newer: '数据库“{file}”由更新版本的 Unroll 写入（版本 {found}，当前支持 {known}）。',
    'not-a-database': '“{file}”不是可读取的 Unroll 数据库。', 'read-only': '没有写入数据库所在文件夹的权限。', unavailable: '无法打开或写入数据库“{file}”（{reason}）。', unreadable: '无法读取已保存的内容“{id}”（{reason}）。',
  },
  trainer: { died: '训练进程意外结束（退出代码 {code}）。' },
  training: { diverged: '从第 {epoch} 轮第 {step} 步起，损失不再是有限的数。' },
};

/** 怎样解决。 */
export const hints = {
  recipe: {
    word: '请先把数值中的文字视为缺失。', unsorted: '请先按时间排序。', 'nothing-left': '请改用其他补救办法，或撤回前面的步骤。', 'day-month': '请选择另一种顺序，或先去掉时间无法识别的行。', 'not-numbers': '请用前值填充，或删除这些行。',
    'too-many-rows': '请改为重采样到更长的时间单位。', clip: '请改为视为缺失。', 'resample-number': '请选择日期列作为时间。', lag: '请选择更小的间隔。', log: '请改用 log(1 + x)，或不取对数。', 'name-taken': '请为新列另取名称。',
  },
  engine: {
    memory: { tooLarge: '请减小批大小、序列长度或隐藏单元数。' }, platform: '训练将继续使用内置引擎（WebAssembly）。', 'no-gpu': '请更新驱动，或安装处理器版。', corrupted: '请重新安装，它会重新下载。',
    'offline-missing': '请把“unroll engine status”列出的 wheel 文件放进去。', 'offline-corrupted': '请重新复制。', 'disk-full': '请腾出空间后再安装；已下载的部分会保留。', 'no-network': '请检查网络后重新安装（已下载的部分会保留），或从存放 wheel 文件的文件夹安装。在此之前由内置引擎训练。',
    'not-built': '需要支持 C++17 的编译器（g++ 9 或更新）。在此之前由内置引擎训练。', 'no-compiler': '请安装 g++（例如 apt install g++）后再安装；已下载的部分会保留。在此之前由内置引擎训练。', 'probe-failed': '没有安装任何内容，训练继续使用内置引擎。', busy: '请等它完成，或先取消。', 'installer-died': '请重新安装；已下载的部分会保留。', none: '请在“设置 > 引擎”中安装。',
  },
  backend: { unavailable: '请选择“自动”引擎。' },
  insight: { 'no-weights': '请选择已完成的运行。', 'no-data': '可重新打开该文件并再次训练。' },
  data: {
    binary: '将其另存为 CSV，再打开 CSV 文件。', empty: '请打开含有表头和数值行的文件。', 'empty-column': '请选择其他列。', encoding: '请重新保存为 UTF-8 编码的 CSV。',
    'header-only': '请打开表头下面有数值行的文件。', 'long-cell': '请检查是否有未闭合的引号。', 'long-name': '请缩短列名；如果首行不是列名，请加上表头。', missing: '可由数据诊断填补或去掉该行；也可填好单元格后重新打开文件。',
    'no-numeric-column': '请打开至少有一列数值的文件。', 'no-training-window': '请缩短序列长度，或提高训练占比。', 'not-finite': '改正单元格，再重新打开文件；或选择其他列。', 'not-numeric': '请选择数值列。',
    overflow: '改正单元格，再重新打开文件；或选择其他列。', quote: '补上引号；单元格内的引号要写两个。', ragged: '含有分隔符的单元格要加引号；缺少的单元格可以留空。', 'too-few-rows': '请缩短序列长度，或使用更长的文件。',
    'too-large': '可以只打开前若干行，或每隔 n 行取一行。', word: '可由数据诊断视为缺失并填补；也可改正后重新打开文件。', 'no-such-date': '改正单元格，或选择其他时间列。',
    'time-order': '可由数据诊断排序并让每个时间只占一行，或改用行号作为时间。', 'ambiguous-time': '请在数据诊断中选择日月顺序，或改用行号作为时间。', 'missing-time': '补上时间，或改用行号作为时间。',
    'mixed-time': '所有时间用同一种写法，例如 2024-01-31，或改用行号作为时间。', 'not-time': '所有时间用同一种写法，例如 2024-01-31，或改用行号作为时间。',
  },
  clipboard: { empty: '请复制一段文本，或在电子表格中连同表头复制单元格，再到这里粘贴。' },
  text: { empty: '请选择有内容的文件。', 'one-character': '请选择含有多种字符的文本。', 'too-short': '请把序列长度改为至多 {most}，或选择更长的文本。', 'no-training-window': '请选择更短的序列长度或更大的训练比例。', binary: '请另存为纯文本再打开。' },
  generate: { 'unknown-character': '可以忽略它们，或换成最接近的已知字符。', 'no-text': '请选择学过文本的运行。', 'no-weights': '请选择其他检查点。' },
  export: {
    'no-weights': '请选择已完成的运行。', 'no-data': '请重新打开该文件并再次训练，再导出那次运行。', 'no-vocabulary': '请再次训练，再导出那次运行。', 'no-predictions': '请选择已完成的运行。', exists: '请换个文件夹，或替换它。', busy: '请等它完成，或先取消。',
    'disk-full': '请腾出空间，或选择其他磁盘。', 'not-writable': '请选择其他文件夹，或允许写入该文件夹。', 'not-written': '请选择其他文件夹。', unequal: '没有写入任何内容。请把该运行的设置报告给我们。', died: '请重新导出。',
  },
  dataset: { 'copy-damaged': '请重新打开该文件。', 'copy-gone': '请重新打开该文件。' },
  file: {
    changed: '等其他程序写完后再打开。', unreadable: '请检查路径和所在磁盘。', kind: '请解压，或另存为 CSV 后再打开。', gzip: '请重新复制或下载该文件。', 'choose-sample': '可以只打开前若干行，或每隔 n 行取一行。', 'sample-encoding': '另存为 UTF-8 后再打开。',
    'sample-kind': '解压或另存为 CSV 后再打开。', 'sample-large': '请少选一些行。', parquet: '请重新获取该文件。', json: '每行一个对象，或一个对象数组，且字段名相同。', excel: '用电子表格打开后另存（不加密码），或存为 CSV。', 'excel-large': '把工作表另存为 CSV 后再打开。',
    directory: '请打开其中的文件。', missing: '请检查路径，或文件是否已被移动。', 'no-path': '先保存为文件，再拖入。', 'not-saved': '请选择其他文件夹。', permission: '请在文件权限中允许读取。' },
  reader: { died: '请重新打开文件，或打开其中较小的一部分。', 'unknown-table': '请重新打开数据集。' },
  run: { busy: '请先停止它，或等它完成。', training: '请先停止，再移除。', 'owner-gone': '已完成的轮次已保留，可用同样的设置重新训练。', 'heartbeat-lost': '已完成的轮次已保留，可用同样的设置重新训练。' },
  storage: {
    busy: '关闭那个程序后重试。', damaged: '以前的运行记录不会显示，“backups”文件夹中的备份可能仍保留着它们。', full: '释放一些磁盘空间后重试。', newer: '请更新 Unroll，或改用其他数据文件夹。没有任何内容被改动。',
    'read-only': '请允许写入该文件夹，或改用其他数据文件夹。', unavailable: '请检查文件夹是否存在、磁盘是否正常，或改用其他数据文件夹。', unreadable: '内容保持原样，更新版本的 Unroll 或许能够读取。',
  },
  trainer: { died: '已完成的轮次已保留，可用同样的设置重新训练。' },
  training: { diverged: '请减小学习率，或把梯度范数裁剪到 1。' },
};
