import { describe, expect, it } from 'vitest';
import type { Machine } from '../shared/engine-install.ts';
import { planInstall, wheelsOf } from './plan.ts';

const linux: Machine = { platform: 'linux', arch: 'x64', gpu: null };
const withGpu = (driver: string): Machine => ({ ...linux, gpu: { name: 'NVIDIA H100', driver, memoryBytes: 80 * 2 ** 30 } });

describe('the plan of an install', () => {
  it('takes CUDA where a GPU with a driver for it is, and says the size beforehand', () => {
    const planned = planInstall(withGpu('560.35.03'), 'auto');
    expect(planned).toMatchObject({ plan: { kind: 'cuda', version: '2.21.0' } });
    expect('plan' in planned && planned.plan.downloadBytes).toBe(wheelsOf('cuda').reduce((sum, { bytes }) => sum + bytes, 0));
    expect('plan' in planned && planned.plan.packages.map((wheel) => wheel.package)).toContain('nvidia-cudnn-cu12');
  });

  it.each([[linux, 'No NVIDIA GPU'], [withGpu('470.1'), '470.1']])('takes the processor otherwise, with the reason', (machine, reason) => {
    const planned = planInstall(machine, 'auto');
    expect(planned).toMatchObject({ plan: { kind: 'cpu' } });
    expect('plan' in planned && planned.plan.reason).toContain(reason);
  });

  it.each([[linux, 'No NVIDIA GPU was found.'], [withGpu('470.1'), 'The driver 470.1 of NVIDIA H100 is older than the 525 that CUDA 12 needs.']])('refuses CUDA where it cannot run', (machine, message) => {
    const planned = planInstall(machine, 'cuda');
    expect('error' in planned && planned.error.data).toMatchObject({ code: 'engine.no-gpu', message });
  });

  it.each([['darwin', 'arm64', 'macOS'], ['win32', 'x64', 'Windows'], ['linux', 'arm64', 'linux on arm64']])('%s on %s is told what happens instead', (platform, arch, where) => {
    const planned = planInstall({ platform, arch, gpu: null }, 'auto');
    expect('error' in planned && planned.error.data).toMatchObject({ code: 'engine.platform', details: { where }, hint: expect.stringContaining('built in') as string });
  });

  it('pins every wheel by a whole SHA-256', () => {
    for (const wheel of [...wheelsOf('cpu'), ...wheelsOf('cuda')]) expect(wheel).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, bytes: expect.any(Number) as number });
  });
});
