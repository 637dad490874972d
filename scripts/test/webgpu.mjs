import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { resolveElectron } from '../electron/resolve.mjs';
import { SetupFailure } from '../setup/failure.mjs';
import { root } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';

/**
 * What the environment of the unit tests gains so that Dawn finds SwiftShader, Vulkan on the processor, which comes with Electron:
 * the webgpu backend computes the same there on every machine. Where there is none, Dawn takes what the system has, or those tests
 * are skipped, visibly. UNROLL_TEST_GPU=1 tests on the system's own GPU.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function testWebGpu() {
  if (process.platform !== 'linux' || process.env.UNROLL_TEST_GPU || process.env.VK_ICD_FILENAMES) return {};
  try {
    const electron = dirname((await resolveElectron({ quiet: true })).executablePath);
    const [loader, driver] = [join(electron, 'libvulkan.so.1'), join(electron, 'vk_swiftshader_icd.json')];
    if (!existsSync(loader) || !existsSync(driver)) return {};
    // The loader alone: Electron's other libraries are nobody else's business.
    const folder = join(root, 'test-results/vulkan');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    symlinkSync(loader, join(folder, 'libvulkan.so.1'));
    const before = process.env.LD_LIBRARY_PATH;
    return { LD_LIBRARY_PATH: before ? `${folder}${delimiter}${before}` : folder, VK_ICD_FILENAMES: driver };
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    say(`The tests of the webgpu engine will be skipped where the system has no Vulkan: ${error.message}`);
    return {};
  }
}
