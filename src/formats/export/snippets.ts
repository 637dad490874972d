import type { ExportFormat } from '../../shared/export.ts';
import type { Manifest } from './manifest.ts';

/** A few lines that use an export, to be copied. They run as they stand, in the folder of the export. */
export interface Snippet { language: 'Python' | 'JavaScript' | 'C#'; file: string; code: string }

/** Formats of the trained model itself. */
export const modelFormats = ['onnx', 'tfjs', 'pytorch', 'keras'] as const satisfies readonly ExportFormat[];
export type ModelFormat = (typeof modelFormats)[number];

/** One snippet per language that the format is used from. They predict for one window of zeros, in the scaled units of model.onnx. */
export function snippetsOf(format: ModelFormat, { architecture: a, window: { sequenceLength: T } }: Manifest): Snippet[] {
  const F = a.inputSize;
  switch (format) {
    case 'onnx': return [
      { language: 'Python', file: 'snippet.py', code: `import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession("model.onnx")
windows = np.zeros((1, ${T}, ${F}), dtype=np.float32)  # [batch, time, feature], scaled
(outputs,) = session.run(["Y"], {"X": windows})
print(outputs.tolist())
` },
      { language: 'JavaScript', file: 'snippet.mjs', code: `import * as ort from 'onnxruntime-node';

const session = await ort.InferenceSession.create('model.onnx');
const windows = new ort.Tensor('float32', new Float32Array(${T} * ${F}), [1, ${T}, ${F}]); // [batch, time, feature], scaled
const { Y } = await session.run({ X: windows });
console.log(JSON.stringify(Array.from(Y.data)));
` },
      { language: 'C#', file: 'snippet.cs', code: `using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

using var session = new InferenceSession("model.onnx");
var windows = new DenseTensor<float>(new[] { 1, ${T}, ${F} }); // [batch, time, feature], scaled
using var results = session.Run(new[] { NamedOnnxValue.CreateFromTensor("X", windows) });
Console.WriteLine(string.Join(", ", results[0].AsEnumerable<float>()));
` },
    ];
    case 'tfjs': return [{ language: 'JavaScript', file: 'snippet.mjs', code: `import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';

const { modelTopology, weightsManifest } = JSON.parse(await readFile('model.json', 'utf8'));
const weights = await readFile('weights.bin');
const model = await tf.loadLayersModel({ load: async () => ({
  modelTopology, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
}) });
// In a page: const model = await tf.loadLayersModel('model.json');
const outputs = model.predict(tf.zeros([1, ${T}, ${F}])); // [batch, time, feature], scaled
console.log(JSON.stringify(Array.from(outputs.dataSync())));
` }];
    case 'pytorch': return [{ language: 'Python', file: 'snippet.py', code: `import torch

from model import load

model = load()
with torch.no_grad():
    outputs = model(torch.zeros(1, ${T}, ${F}))  # [batch, time, feature], scaled
print(outputs.tolist())
` }];
    case 'keras': return [{ language: 'Python', file: 'snippet.py', code: `import numpy as np

from model import load

model = load()
outputs = model.predict(np.zeros((1, ${T}, ${F}), dtype="float32"), verbose=0)  # [batch, time, feature], scaled
print(outputs.tolist())
` }];
  }
}
