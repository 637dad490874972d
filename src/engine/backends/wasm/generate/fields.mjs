// The two structures that TypeScript fills in and the kernels read, described once: [name, what it is].
// Offsets on both sides come from here. Pointers are bytes from the start of the memory.

/** Float64 fields of Net; they come first, so that they lie on multiples of 8. */
export const netFloats = [
  ['lossSum', 'sum of the loss over rows, running'],
  ['gradNorm', 'global norm of the last gradient, before clipping'],
  ['delta', 'of the Huber loss'],
  ['momentum', 'of sgd and rmsprop'],
  ['alpha', 'of rmsprop'],
  ['beta1', 'of adam and adamw'],
  ['beta2', 'of adam and adamw'],
  ['epsilon', 'of rmsprop, adam and adamw'],
  ['weightDecay', 'L2, or decoupled in adamw'],
  ['dropout', 'share dropped between layers'],
  ['terms', 'that the mean loss is over'],
];

export const netIntegers = [
  ['cell', '0 rnn_tanh, 1 rnn_relu, 2 handwritten, 3 lstm, 4 gru'],
  ['batch', 'B: windows of the shard at hand'],
  ['wholeBatch', 'windows of the whole batch'],
  ['batchOffset', 'windows of the batch before the shard'],
  ['shards', 'parts of the batch whose gradients are made one by one and then added, always in the same order'],
  ['dropoutStep', 'number of the training step whose dropout applies; 0: nothing is dropped'],
  ['time', 'T'],
  ['features', 'F'],
  ['hidden', 'H'],
  ['hiddenPadded', 'H rounded up to a multiple of 4'],
  ['gateWidth', 'gates * hiddenPadded'],
  ['outputs', 'O'],
  ['outputsPadded', 'O rounded up to a multiple of 4'],
  ['layers', ''],
  ['directions', ''],
  ['everyStep', '1: the head reads every step'],
  ['tokens', '1: the input is one token a row'],
  ['loss', '0 mse, 1 mae, 2 huber, 3 crossEntropy'],
  ['optimizer', '0 sgd, 1 rmsprop, 2 adam, 3 adamw'],
  ['seed', 'of the dropout'],
  ['parameterFloats', 'numbers in each of parameters, gradients and slots, padding included'],
  ['parameters', 'pointer'],
  ['gradients', 'pointer: of the shard at hand'],
  ['shardGradients', 'pointer: [shards, parameterFloats]; the first holds the sum in the end'],
  ['shardLosses', 'pointer: [shards] float64'],
  ['slot1', 'pointer: exp_avg, square_avg, or the momentum of sgd'],
  ['slot2', 'pointer: exp_avg_sq, or the momentum of rmsprop'],
  ['headWeight', 'pointer into parameters, [directions * hiddenPadded, outputsPadded]'],
  ['headBias', 'pointer into parameters, [outputsPadded]'],
  ['embedding', 'pointer into parameters, [vocabulary, F], F padded; 0: none. With it the series is tokens, and the layers read rows of the table'],
  ['series', 'pointer: [rows, F] float32 or [rows] int32'],
  ['targets', 'pointer: [rows, targetWidth] float32 or [rows] int32'],
  ['targetWidth', ''],
  ['wholeStarts', 'pointer: [wholeBatch] int32'],
  ['starts', 'pointer: [B] int32, into wholeStarts'],
  ['x', 'pointer: [T, B, F] float32, or [T, B] int32 tokens'],
  ['initialH', 'pointer: [layers * directions, B or 1, hiddenPadded]; 0: zero'],
  ['initialC', 'pointer, likewise'],
  ['initialStride', 'bytes from one sequence to the next in initialH; 0: one state for all'],
  ['table', 'pointer: the Layer of every layer * directions + direction'],
  ['packedHead', 'pointer'],
  ['packedHeadT', 'pointer'],
  ['logits', 'pointer: [rows of a block, outputsPadded]'],
  ['scratchA', 'pointer'],
  ['scratchB', 'pointer'],
  ['fromState', 'pointer: [B, gateWidth], W_hh h of a GRU step'],
  ['dCell', 'pointer: [B, hiddenPadded], d loss / d c of an LSTM'],
  ['dInput', 'pointer: d loss / d x of the steps whose weight gradients are made together, [rows, F]; 0 without an embedding'],
  ['dFlow', 'pointer: [2, B, hiddenPadded], d loss / d h passed from step to step'],
];

export const layerIntegers = [
  ['inputWidth', 'columns of one part of the input: F, or hiddenPadded'],
  ['parts', 'parts of the input: 1, or the directions of the layer below'],
  ['reverse', '1: reads from the end'],
  ['weightIh', 'pointer into parameters, [parts * inputWidth, gateWidth]'],
  ['weightHh', 'pointer into parameters, [hiddenPadded, gateWidth]'],
  ['biasIh', 'pointer into parameters, [gateWidth]'],
  ['biasHh', 'pointer into parameters, [gateWidth]'],
  ['bias', 'pointer: what is added before the nonlinearity, [gateWidth]'],
  ['packedIh', 'pointer'],
  ['packedIhT', 'pointer'],
  ['packedHh', 'pointer'],
  ['packedHhT', 'pointer'],
  ['states', 'pointer: [T + 1, B, hiddenPadded]; the initial state at slot 0 (forward) or T (reverse)'],
  ['gates', 'pointer: [T, B, gateWidth], later their derivatives'],
  ['cells', 'pointer: c of an LSTM, as states'],
  ['squashed', 'pointer: tanh(c) of an LSTM, [T, B, hiddenPadded]'],
  ['candidate', 'pointer: W_hn h + b_hn of a GRU, [T, B, hiddenPadded]'],
  ['dCandidate', 'pointer: its derivative of the input side, [T, B, hiddenPadded]'],
  ['dropped', 'pointer: output after dropout, [T, B, hiddenPadded]; 0 where there is none'],
  ['dOutput', 'pointer: d loss / d output, [T, B, hiddenPadded]; without B where only a trace needs it'],
];

function layout(floats, integers) {
  const fields = [
    ...floats.map(([name], i) => ({ name, type: 'f64', offset: 8 * i })),
    ...integers.map(([name], i) => ({ name, type: 'i32', offset: 8 * floats.length + 4 * i })),
  ];
  const bytes = Math.ceil((8 * floats.length + 4 * integers.length) / 8) * 8;
  return { fields, bytes };
}

/** AssemblyScript: the structures as unmanaged classes. */
export function assemblyFields() {
  const lines = (type, fields) => fields.map(([name, about]) => `  ${name}: ${type};${about === '' ? '' : ` // ${about}`}`);
  const isPointer = (about) => about.startsWith('pointer');
  const integers = (fields) => fields.map(([name, about]) => `  ${name}: ${isPointer(about) ? 'usize' : 'i32'}; // ${about}`);
  return [
    '@unmanaged export class Net {', ...lines('f64', netFloats), ...integers(netIntegers), '}',
    '@unmanaged export class Layer {', ...integers(layerIntegers), '}',
    `export const LAYER_BYTES: usize = ${layout([], layerIntegers).bytes};`,
  ].join('\n');
}

/** TypeScript: offsets in bytes. */
export function typescriptFields() {
  const record = (name, { fields, bytes }) => [
    `export const ${name} = {`,
    ...fields.map((field) => `  ${field.name}: { type: '${field.type}', offset: ${field.offset} },`),
    '} as const;',
    `export const ${name}Bytes = ${bytes};`,
  ];
  return ['// Made by scripts/build-wasm.mjs from generate/fields.mjs.',
    ...record('netFields', layout(netFloats, netIntegers)), ...record('layerFields', layout([], layerIntegers)), ''].join('\n');
}
