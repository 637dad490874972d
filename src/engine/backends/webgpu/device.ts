import { EngineError, tooLarge } from '../../errors.ts';
import { MAP_READ, usage, type Gpu, type GpuAdapter, type GpuBindGroup, type GpuBuffer, type GpuDevice, type GpuLayout, type GpuLimits, type GpuPipeline } from './gpu.ts';

/** Bytes between two steps' uniforms: the largest alignment that WebGPU asks for. */
export const UNIFORM_STRIDE = 256;
/** Storage buffers of a bind group: as many as every adapter has. */
const STORAGE_BUFFERS = 8;
const wanted = ['maxStorageBufferBindingSize', 'maxBufferSize', 'maxComputeWorkgroupStorageSize', 'maxComputeInvocationsPerWorkgroup', 'maxComputeWorkgroupSizeX'] as const satisfies (keyof GpuLimits)[];

/** A device with its pipelines, shared by all models of a process; what goes wrong on it ends in an EngineError. */
export class Device {
  readonly gpu: GpuDevice;
  /** Why it can no longer be used; null: it can. */
  broken: EngineError | null = null;
  readonly #layout: GpuLayout;
  readonly #pipelineLayout: GpuLayout;
  readonly #pipelines = new Map<string, Promise<GpuPipeline>>();
  readonly #lost: Promise<never>;

  private constructor(gpu: GpuDevice) {
    this.gpu = gpu;
    const COMPUTE = 0x4; // GPUShaderStage.COMPUTE
    this.#layout = gpu.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } },
        ...Array.from({ length: STORAGE_BUFFERS }, (_, i) => ({ binding: i + 1, visibility: COMPUTE, buffer: { type: 'storage' } })),
      ],
    });
    this.#pipelineLayout = gpu.createPipelineLayout({ bindGroupLayouts: [this.#layout] });
    this.#lost = gpu.lost.then(({ reason, message }) => {
      this.broken ??= new EngineError('backend.deviceLost', `The GPU was lost${message === '' ? '' : `: ${message.split('\n')[0]!}`}.`, { backend: 'webgpu', reason });
      throw this.broken;
    });
    // Whoever waits for something on this device hears of it there.
    this.#lost.catch(() => undefined);
  }

  static async open(adapter: GpuAdapter): Promise<Device> {
    return new Device(await adapter.requestDevice({ requiredLimits: Object.fromEntries(wanted.map((name) => [name, adapter.limits[name]])) }));
  }

  /** Waits for the device. @throws EngineError 'backend.deviceLost' where it goes meanwhile */
  wait<T>(work: Promise<T>): Promise<T> {
    const first = Promise.race([work, this.#lost]);
    // Of several that wait, the first one's failure may be all that is listened to.
    first.catch(() => undefined);
    work.catch(() => undefined);
    return this.broken === null ? first : Promise.reject(this.broken);
  }

  /** The pipeline of a shader with the entry point "main"; compiled once. */
  pipeline(code: string): Promise<GpuPipeline> {
    const known = this.#pipelines.get(code);
    if (known !== undefined) return known;
    const made = this.wait(this.gpu.createComputePipelineAsync({ layout: this.#pipelineLayout, compute: { module: this.gpu.createShaderModule({ code }), entryPoint: 'main' } }));
    this.#pipelines.set(code, made);
    return made;
  }

  /** @param uniforms of many steps, one every UNIFORM_STRIDE bytes @param storage in the order of their bindings, from 1 */
  bind(uniforms: GpuBuffer, storage: readonly GpuBuffer[]): GpuBindGroup {
    return this.gpu.createBindGroup({
      layout: this.#layout,
      entries: [{ binding: 0, resource: { buffer: uniforms, size: UNIFORM_STRIDE } }, ...storage.map((buffer, i) => ({ binding: i + 1, resource: { buffer } }))],
    });
  }

  /** Buffers of so many bytes. @throws EngineError 'memory.tooLarge' where one is beyond the device's limits, 'backend.deviceFull' where its memory is */
  async buffers(what: string, bytes: readonly number[]): Promise<GpuBuffer[]> {
    const { limits } = this.gpu;
    const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
    const largest = Math.max(...bytes);
    if (largest > most) throw tooLarge(what, largest, most);
    this.gpu.pushErrorScope('out-of-memory');
    const made = bytes.map((size) => this.gpu.createBuffer({ size: Math.max(16, Math.ceil(size / 4) * 4), usage: usage.storage | usage.copySource | usage.copyDestination }));
    const failed = await this.wait(this.gpu.popErrorScope());
    if (failed === null) return made;
    for (const buffer of made) buffer.destroy();
    const total = bytes.reduce((sum, n) => sum + n, 0);
    throw new EngineError('backend.deviceFull', `${what} would need ${total} bytes of the GPU's memory, and it has not so much left. Choose a smaller batch, sequence length or hidden size.`, { what, bytes: total });
  }

  uniforms(steps: number): GpuBuffer {
    return this.gpu.createBuffer({ size: steps * UNIFORM_STRIDE, usage: usage.uniform | usage.copyDestination });
  }

  /** Floats of a buffer, after everything that was submitted before. */
  async read(buffer: GpuBuffer, from: number, count: number): Promise<Float32Array> {
    const size = count * 4;
    const staging = this.gpu.createBuffer({ size: Math.max(4, size), usage: usage.mapRead | usage.copyDestination });
    try {
      const encoder = this.gpu.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, from * 4, staging, 0, size);
      this.gpu.queue.submit([encoder.finish()]);
      await this.wait(staging.mapAsync(MAP_READ));
      return new Float32Array(staging.getMappedRange().slice(0, size));
    } catch (error) {
      throw this.broken ?? error;
    } finally {
      staging.destroy();
    }
  }

  /**
   * Does GPU work of which a mistake would be ours: a validation error is thrown and never passes in silence.
   * @throws EngineError 'backend.deviceLost'
   */
  async checked<T>(work: () => Promise<T>): Promise<T> {
    if (this.broken !== null) throw this.broken;
    this.gpu.pushErrorScope('validation');
    let result: T | undefined;
    let thrown: unknown = null;
    try {
      result = await work();
    } catch (error) {
      thrown = error;
    }
    const wrong = await this.wait(this.gpu.popErrorScope());
    if (wrong !== null) throw new Error(`WebGPU refused: ${wrong.message}`);
    if (thrown !== null) throw thrown as Error;
    return result as T;
  }
}

/** Opens the best adapter's device once; a lost one is opened anew for the next model. */
export class Devices {
  readonly #gpu: () => Promise<Gpu | null>;
  #adapter: Promise<GpuAdapter | null> | null = null;
  #device: Promise<Device> | null = null;

  constructor(gpu: () => Promise<Gpu | null>) { this.#gpu = gpu; }

  adapter(): Promise<GpuAdapter | null> {
    this.#adapter ??= this.#gpu().then((gpu) => gpu?.requestAdapter({ powerPreference: 'high-performance' }) ?? null);
    return this.#adapter;
  }

  /** @throws EngineError 'backend.unsupported' without an adapter */
  async open(): Promise<Device> {
    const before = await this.#device?.catch(() => null);
    if (before && before.broken === null) return before;
    // An adapter gives one device only: after a loss another one is asked for.
    if (before) this.#adapter = null;
    const adapter = await this.adapter();
    if (adapter === null) throw new EngineError('backend.unsupported', 'This machine has no GPU that WebGPU can use.', { backend: 'webgpu' });
    this.#device = Device.open(adapter);
    return this.#device;
  }
}
