// The part of WebGPU (W3C) that this backend uses, so that the engine compiles without the DOM's types; a browser's or
// dawn.node's objects fit it as they are.

export interface GpuBuffer {
  readonly size: number;
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
  destroy(): void;
}
/** Opaque handles. */
export type GpuPipeline = object & { readonly __gpu?: 'pipeline' };
export type GpuBindGroup = object & { readonly __gpu?: 'bind group' };
export type GpuLayout = object & { readonly __gpu?: 'layout' };
export type GpuModule = object & { readonly __gpu?: 'module' };

export interface GpuPass {
  setPipeline(pipeline: GpuPipeline): void;
  setBindGroup(index: number, group: GpuBindGroup, offsets: number[]): void;
  dispatchWorkgroups(x: number, y?: number, z?: number): void;
  end(): void;
}
export interface GpuEncoder {
  beginComputePass(): GpuPass;
  copyBufferToBuffer(from: GpuBuffer, fromOffset: number, to: GpuBuffer, toOffset: number, size: number): void;
  finish(): object;
}
export interface GpuQueue {
  submit(commands: object[]): void;
  writeBuffer(buffer: GpuBuffer, offset: number, data: ArrayBufferView): void;
  onSubmittedWorkDone(): Promise<void>;
}
export interface GpuLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupSizeX: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}
export interface GpuError { readonly message: string }
export interface GpuDevice {
  readonly limits: GpuLimits;
  readonly queue: GpuQueue;
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  createBuffer(descriptor: { size: number; usage: number }): GpuBuffer;
  createBindGroupLayout(descriptor: { entries: object[] }): GpuLayout;
  createPipelineLayout(descriptor: { bindGroupLayouts: GpuLayout[] }): GpuLayout;
  createBindGroup(descriptor: { layout: GpuLayout; entries: object[] }): GpuBindGroup;
  createShaderModule(descriptor: { code: string }): GpuModule;
  createComputePipelineAsync(descriptor: { layout: GpuLayout; compute: { module: GpuModule; entryPoint: string } }): Promise<GpuPipeline>;
  createCommandEncoder(): GpuEncoder;
  pushErrorScope(filter: 'validation' | 'out-of-memory' | 'internal'): void;
  popErrorScope(): Promise<GpuError | null>;
  destroy(): void;
}
export interface GpuAdapter {
  readonly limits: GpuLimits;
  readonly info: { readonly vendor: string; readonly architecture: string; readonly device: string; readonly description: string; readonly isFallbackAdapter?: boolean };
  requestDevice(descriptor: { requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}
export interface Gpu { requestAdapter(options?: { powerPreference?: 'low-power' | 'high-performance' }): Promise<GpuAdapter | null> }

/** GPUBufferUsage and GPUMapMode of the specification. */
export const usage = { mapRead: 0x1, copySource: 0x4, copyDestination: 0x8, uniform: 0x40, storage: 0x80 } as const;
export const MAP_READ = 0x1;
