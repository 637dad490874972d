import { expect, it } from 'vitest';
import { parseNvidiaSmi } from './nvidia-smi.ts';

const MiB = 2 ** 20;

it.each([
  ['NVIDIA H100 80GB HBM3, 535.129.03, 512, 81559\n', { name: 'NVIDIA H100 80GB HBM3', driver: '535.129.03', usedBytes: 512 * MiB, memoryBytes: 81559 * MiB }],
  ['NVIDIA GB10, 580.95.05, [N/A], [N/A]\n', { name: 'NVIDIA GB10', driver: '580.95.05', usedBytes: null, memoryBytes: null }],
  ['GPU 0, 550.1, 0, 100\nGPU 1, 550.1, 1, 200', { name: 'GPU 0', driver: '550.1', usedBytes: 0, memoryBytes: 100 * MiB }],
  ['NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver.', null],
  ['', null],
])('nvidia-smi says %j', (output, expected) => {
  expect(parseNvidiaSmi(output)).toEqual(expected);
});
