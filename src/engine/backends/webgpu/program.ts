import type { OptimizerSpec } from '../../backend.ts';
import type { Device } from './device.ts';
import type { GpuPipeline } from './gpu.ts';
import { header, type Subject } from './wgsl/common.ts';
import { gradientGrid, gradientJobs, gradientShader, gradientTiles } from './wgsl/gradients.ts';
import { rowsDispatches, tilingOf, type RowsDispatch } from './wgsl/rows.ts';
import { updateGroups, updateShader } from './wgsl/update.ts';

/** A compiled dispatch and its workgroups for a batch of so many windows. */
export interface Dispatch { pipeline: GpuPipeline; groups(windows: number): [number, number, number] }

/** What a model does on the device, compiled. */
export interface Program {
  /** States, outputs and losses. */
  forward: Dispatch[];
  /** The same, and backpropagation through time. */
  training: Dispatch[];
  gradients: Dispatch[];
  update: Dispatch;
  /** Sums of squares that `gradients` leaves behind the gradient. */
  tiles: number;
}

/** Sums of squares behind the gradient of such a model. */
export function tilesOf(subject: Subject): number {
  return gradientJobs(subject).reduce((sum, jobs) => sum + gradientTiles(jobs), 0);
}

/** @param targetWidth numbers of a row of the targets */
export async function compile(device: Device, subject: Subject, optimizer: OptimizerSpec, targetWidth: number): Promise<Program> {
  const top = header(subject);
  const tiling = tilingOf(subject, device.gpu.limits.maxComputeWorkgroupStorageSize);
  const { forward, training } = rowsDispatches(subject, tiling, `${targetWidth}u`);
  const tiles = tilesOf(subject);
  const rows = (dispatches: RowsDispatch[]) => Promise.all(dispatches.map(async ({ code, directions }): Promise<Dispatch> => ({
    pipeline: await device.pipeline(top + code), groups: (windows) => [Math.ceil(windows / tiling.rows), directions, 1],
  })));
  let partials = subject.places.parameters;
  const jobs = gradientJobs(subject).map((jobs) => {
    const from = partials;
    partials += gradientTiles(jobs);
    return { code: top + gradientShader(subject, jobs, from), grid: gradientGrid(jobs) };
  });
  const [forwardMade, trainingMade, gradients, update] = await Promise.all([
    rows(forward), rows(training),
    Promise.all(jobs.map(async ({ code, grid }): Promise<Dispatch> => ({ pipeline: await device.pipeline(code), groups: () => grid }))),
    device.pipeline(top + updateShader(subject, optimizer, tiles)),
  ]);
  const groups = updateGroups(subject.places.parameters);
  return { forward: forwardMade, training: trainingMade, gradients, update: { pipeline: update, groups: () => [groups, 1, 1] }, tiles };
}
