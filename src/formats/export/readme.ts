import type { Manifest } from './manifest.ts';
import { ONNX_IR, ONNX_OPSET } from './onnx.ts';
import { snippetsOf, type ModelFormat } from './snippets.ts';

const figure = (value: number): string => String(Number(value.toPrecision(8)));

const filesOf: Record<ModelFormat, [string, string][]> = {
  onnx: [
    ['model.onnx', `The network with ONNX's own recurrent operators (opset ${ONNX_OPSET}, IR version ${ONNX_IR}); X is scaled, Y too. Batch and time are free.`],
    ['model-raw.onnx', 'The same with the scaling inside: the data\'s own numbers in and out. Of a text: numbers of characters in, probabilities out.'],
  ],
  tfjs: [['model.json', 'The network as a TensorFlow.js LayersModel.'], ['weights.bin', 'Its weights.']],
  pytorch: [['model.py', 'The network as an nn.Module; load() reads the weights.'], ['model.safetensors', 'The weights by their names in PyTorch.'], ['predict.py', 'Predicts from a file: python predict.py FILE --out predictions.csv (of a text: --prompt TEXT).']],
  keras: [['model.py', 'The network in Keras 3; load() puts the weights in.'], ['model.safetensors', 'The weights by their names in PyTorch.'], ['predict.py', 'Predicts from a CSV: python predict.py FILE.csv --out predictions.csv.']],
};

/** README.md of an export: what each file is, what goes in and what comes out, and code to copy. */
export function readme(format: ModelFormat, manifest: Manifest): string {
  const { architecture: a, window, run } = manifest;
  const isText = manifest.task !== 'forecast';
  const { classes } = manifest;
  const inputs = classes !== null
    ? [`The last ${window.sequenceLength} steps of a sequence; a shorter one is padded at its start.`, classes.kind === 'text'
      ? `Each step is the one-hot vector of a character: the ${classes.characters.length} of manifest.json in their order, then one for all others (${classes.unknown}), then the padding (${classes.pad}).`
      : `Each step is a number: scaled = (value - ${figure(manifest.features[0]!.offset)}) / ${figure(manifest.features[0]!.scale)}; the padding is 0 after scaling.`]
    : isText
    ? [`Each step is the one-hot vector of a character; manifest.json lists the ${a.inputSize} characters in their order.`]
    : [...manifest.features.map((feature, f) => `${f}. ${feature.name}: scaled = (value - ${figure(feature.offset)}) / ${figure(feature.scale)}`)];
  const outputs = classes !== null ? [`Scores of the ${classes.labels.length} classes, in this order: ${classes.labels.map((label) => JSON.stringify(label)).join(', ')}; a softmax makes them probabilities.`]
    : isText ? ['Scores of the next character; a softmax makes them probabilities.']
    : [`${window.horizon} step${window.horizon === 1 ? '' : 's'} ahead${manifest.targets.length > 1 ? `, each with ${manifest.targets.length} targets` : ''}:`, ...manifest.targets.map((target) => `- ${target.name}${target.unit === '' ? '' : ` (${target.unit})`}: value = score * ${figure(target.scale)} + ${figure(target.offset)}`)];
  return `# ${run.name.replace(/[\r\n]/g, ' ')}
Trained by Unroll ${manifest.madeBy} on ${run.dataset}, exported ${manifest.madeAt}.

- ${a.layers} layer${a.layers === 1 ? '' : 's'} of ${a.cell}, hidden size ${a.hiddenSize}${a.bidirectional ? ', both directions' : ''}, a linear head on ${a.headSteps === 'every' ? 'every step' : 'the last step'}
- X [batch, ${window.sequenceLength}, ${a.inputSize}] -> Y ${a.headSteps === 'every' ? `[batch, ${window.sequenceLength}, ${a.outputSize}]` : `[batch, ${a.outputSize}]`}

## Files
${[...filesOf[format], ['manifest.json', 'Columns, scalers, window, vocabulary, recipe and settings, for programs.']].filter(([name]) => !(name === 'predict.py' && (classes !== null || (format === 'keras' && isText)))).map(([name, what]) => `- \`${name!}\`: ${what!}`).join('\n')}

## What goes in
${inputs.join('\n')}

## What comes out
${outputs.join('\n')}

${snippetsOf(format, manifest).map(({ language, code }) => `## ${language}\n\`\`\`${language === 'C#' ? 'csharp' : language.toLowerCase()}\n${code}\`\`\``).join('\n\n')}
`;
}
