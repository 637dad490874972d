import type * as TensorFlow from '@tensorflow/tfjs-core';

/** TensorFlow.js as the host loaded it: tfjs-core with the backend of @tensorflow/tfjs-node-gpu set and ready. */
export type Tf = typeof TensorFlow;
export type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

/** What the host found when it loaded TensorFlow's libraries. */
export interface TensorFlowRuntime {
  tf: Tf;
  /** Of TensorFlow, for example "2.21.0". */
  version: string;
  /** Whether kernels run on an NVIDIA GPU through CUDA; else on the CPU. */
  gpu: boolean;
  /** For a person, for example "NVIDIA H100 80GB". */
  device: string;
}

/** An attribute of an operation, as tfjs-node's binding takes it. */
export interface Attribute { name: string; type: number; value: unknown }

interface OutputMetadata { id: number; shape: number[]; dtype: number }

/** The part of tfjs-node's native binding that is used here. */
export interface Binding {
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): OutputMetadata[];
  deleteTensor(id: number): void;
  TF_FLOAT: number; TF_INT32: number; TF_INT64: number;
  TF_ATTR_TYPE: number; TF_ATTR_BOOL: number; TF_ATTR_INT: number; TF_ATTR_FLOAT: number; TF_ATTR_STRING: number;
}

/** The part of tfjs-node's NodeJSKernelBackend that is used here. */
export interface NodeBackend {
  binding: Binding;
  tensorMap: { set(dataId: object, info: object): void };
  getInputTensorIds(tensors: TensorFlow.Tensor[]): number[];
}
