import type { Attribute, Binding, NodeBackend, Tensor, Tf } from './runtime.ts';

/**
 * TensorFlow's own kernels, called by name. tfjs knows few of them and wraps each call in bookkeeping; a loop over the
 * steps of a sequence calls thousands, so they are called here on the binding's tensor ids.
 */
export class Kernels {
  readonly tf: Tf;
  readonly #backend: NodeBackend;
  readonly binding: Binding;
  readonly #lengths = new Map<number, Tensor>();

  constructor(tf: Tf) {
    this.tf = tf;
    this.#backend = tf.backend() as unknown as NodeBackend;
    this.binding = this.#backend.binding;
  }

  type(name: string, value: number): Attribute { return { name, type: this.binding.TF_ATTR_TYPE, value }; }
  bool(name: string, value: boolean): Attribute { return { name, type: this.binding.TF_ATTR_BOOL, value }; }
  int(name: string, value: number): Attribute { return { name, type: this.binding.TF_ATTR_INT, value }; }
  float(name: string, value: number): Attribute { return { name, type: this.binding.TF_ATTR_FLOAT, value }; }
  string(name: string, value: string): Attribute { return { name, type: this.binding.TF_ATTR_STRING, value }; }
  /** The attribute T = float32 that nearly every kernel has. */
  get float32(): Attribute { return this.type('T', this.binding.TF_FLOAT); }

  /** Calls one kernel on tensors. @returns its outputs, which tfjs's tidy frees like any other tensor */
  call(name: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[] {
    return this.binding.executeOp(name, attributes, this.#backend.getInputTensorIds(inputs), outputs).map((made) => this.#wrap(made));
  }

  /** Calls many kernels on ids; whatever they made is freed at the end, but for the tensors that `use` returns. */
  loop<R>(use: (ids: Ids) => R): R {
    const made: number[] = [];
    const kept = new Set<number>();
    const { binding } = this;
    try {
      return use({
        of: (tensor) => this.#backend.getInputTensorIds([tensor])[0]!,
        call: (name, attributes, inputs, outputs = 1) => binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => (made.push(id), id)),
        tensor: (name, attributes, inputs) => {
          const [output] = binding.executeOp(name, attributes, inputs, 1);
          kept.add(output!.id);
          return this.#wrap(output!);
        },
      });
    } finally {
      for (const id of made) if (!kept.has(id)) binding.deleteTensor(id);
    }
  }

  /** Runs `use` and frees every tensor that it made, but for those kept; what it returns holds none (tf.tidy wants tensors). */
  scope<R>(use: () => R): R {
    const engine = this.tf.engine();
    engine.startScope();
    try {
      return use();
    } finally {
      engine.endScope();
    }
  }

  /** The number of steps as the int64 scalar that BlockLSTMV2 wants; tfjs has no such type, so it is cast here, once for each length. */
  length64(steps: number): Tensor {
    const known = this.#lengths.get(steps);
    if (known !== undefined) return known;
    const { binding, tf } = this;
    const scalar = tf.scalar(steps, 'int32');
    const [made] = binding.executeOp('Cast', [this.type('SrcT', binding.TF_INT32), this.type('DstT', binding.TF_INT64), this.bool('Truncate', false)], this.#backend.getInputTensorIds([scalar]), 1);
    scalar.dispose();
    const tensor = tf.keep(this.#wrap(made!));
    this.#lengths.set(steps, tensor);
    return tensor;
  }

  dispose(): void {
    for (const tensor of this.#lengths.values()) tensor.dispose();
    this.#lengths.clear();
  }

  /** tfjs's own wrapping refuses types that it does not know (int64, cuDNN's int8 host_reserved); their values are never read here. */
  #wrap({ id, shape, dtype }: { id: number; shape: number[]; dtype: number }): Tensor {
    const dataId = {};
    this.#backend.tensorMap.set(dataId, { shape, dtype, id, values: null, refCount: 1 });
    return this.tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype: dtype === this.binding.TF_FLOAT ? 'float32' : 'int32' });
  }
}

/** Kernels on ids, inside one loop. */
export interface Ids {
  of(tensor: Tensor): number;
  call(name: string, attributes: Attribute[], inputs: number[], outputs?: number): number[];
  /** The last call of a loop: its output outlives it. */
  tensor(name: string, attributes: Attribute[], inputs: number[]): Tensor;
}
