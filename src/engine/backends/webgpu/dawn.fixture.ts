import type { Gpu } from './gpu.ts';

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
