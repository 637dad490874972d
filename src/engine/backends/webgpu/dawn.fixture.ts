import type { Gpu, GpuDevice, GpuLimits } from './gpu.ts';

let made: Gpu | null = null;

/**
 * WebGPU for tests in Node: Dawn, on whatever Vulkan driver the environment names (npm test names the one of SwiftShader that comes
 * with Electron). It stays referenced: Dawn's objects do not outlive it.
 */
export async function dawn(): Promise<Gpu> {
  if (made === null) {
    const { create } = await import('webgpu');
    made = create([]) as unknown as Gpu;
  }
  return made;
}

/** The same with limits of its own, which tells of each device that it opens. */
export async function watchedDawn(opened: (device: GpuDevice) => void, limits: Partial<GpuLimits> = {}): Promise<Gpu> {
  const gpu = await dawn();
  /** The object with some fields replaced; its methods stay its own. */
  const withFields = <T extends object>(object: T, fields: Partial<T>): T => new Proxy(object, {
    get: (target, key) => {
      if (key in fields) return fields[key as keyof T];
      const value: unknown = target[key as keyof T];
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return {
    async requestAdapter(options) {
      const adapter = await gpu.requestAdapter(options);
      return adapter && withFields(adapter, {
        async requestDevice(descriptor) {
          const device = await adapter.requestDevice(descriptor);
          opened(device);
          return withFields(device, { limits: withFields(device.limits, limits) });
        },
      });
    },
  };
}
