export { kerasModel, kerasPredict } from './keras.ts';
export { manifestSchema, MANIFEST_VERSION, type ExportedFeature, type Manifest } from './manifest.ts';
export { encodeOnnx, ONNX_IR, ONNX_OPSET } from './onnx.ts';
export { pytorchModel, pytorchPredict } from './pytorch.ts';
export { readme } from './readme.ts';
export { snippetsOf, type Snippet } from './snippets.ts';
