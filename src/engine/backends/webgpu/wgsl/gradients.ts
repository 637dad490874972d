import type { LayerPlaces } from '../places.ts';
import { inRoom, outputOf, type Subject } from './common.ts';

/** Threads of a workgroup in each direction, and how deep it reads at once. */
const SIDE = 8;
const DEPTH = 16;
/** Workgroups below which a GPU has idle places: smaller tiles make more of them. */
const ENOUGH = 64;

/**
 * One gradient as a product of two matrices, out [M, N] = sum over the depth of left(d, m) * right(d, n), with the bias as one more column.
 */
export interface Job {
  rows: number;
  /** Without the bias's. */
  columns: number;
  depth: string;
  left: string;
  right: string;
  /** Where the weight [M, N] and the bias [M] stand in the gradient; null: there is no bias. */
  weight: number;
  bias: number | null;
  /** Functions that `left` and `right` call. */
  helpers?: string;
}

/** Derivative by the input's weights, and by the state's, of one layer and direction. */
function layerJobs(subject: Subject, layer: number, direction: number): Job[] {
  const { model, places, tokens } = subject;
  const { H, G, D } = places;
  const here: LayerPlaces = places.layers[layer * D + direction]!;
  const depth = 'step.time * step.batch';
  const left = inRoom(here.dGates, G * H, 'd', 'm');
  const input = layer > 0 ? outputOf(subject, layer - 1, 'd', 'n')
    : tokens && model.vocabulary === undefined ? 'select(0.0, 1.0, tokenOf(d) == n)'
      : model.vocabulary !== undefined ? `parameters[${places.embedding}u + tokenOf(d) * ${model.inputSize}u + n]`
        : `series[(startOf(d % step.batch) + d / step.batch) * ${model.inputSize}u + n]`;
  const isFirst = direction === 1 ? 'd + step.batch >= step.time * step.batch' : 'd < step.batch';
  const other = direction === 1 ? 'd + step.batch' : 'd - step.batch';
  const state = `stateBefore${direction}(d, n)`;
  return [
    { rows: G * H, columns: here.inputs, depth, left, right: input, weight: here.weightIh, bias: here.biasIh },
    {
      rows: G * H, columns: H, depth, right: state, weight: here.weightHh, bias: here.biasHh,
      left: G === 3 ? `fromState${direction}(d, m)` : left,
      helpers: `fn stateBefore${direction}(d: u32, n: u32) -> f32 { if (${isFirst}) { return parameters[${here.h0}u + n]; } return ${inRoom(here.out, H, other, 'n')}; }
${G === 3 ? `fn fromState${direction}(d: u32, m: u32) -> f32 { if (m < ${2 * H}u) { return ${left}; } return ${inRoom(here.dFromState, H, 'd', `m - ${2 * H}u`)}; }` : ''}`,
    },
  ];
}

function headJob(subject: Subject): Job {
  const { model, places } = subject;
  const every = model.headSteps === 'every';
  return {
    rows: places.O, columns: places.H * places.D, depth: 'headRows()', left: 'room[slopeAt(d, m)]',
    right: outputOf(subject, places.L - 1, every ? 'd' : '(step.time - 1u) * step.batch + d', 'n'), weight: places.headWeight, bias: places.headBias,
  };
}

/** The table's gradient: what each token's rows brought, [vocabulary, F]. */
function embeddingJob({ model, places }: Subject): Job {
  const parts = Array.from({ length: places.D }, (_, d) => inRoom(places.layers[d]!.dInput, model.inputSize, 'd', 'n'));
  return { rows: model.vocabulary!, columns: model.inputSize, depth: 'step.time * step.batch', left: 'select(0.0, 1.0, tokenOf(d) == m)', right: `(${parts.join(' + ')})`, weight: places.embedding!, bias: null };
}

/** The gradients of a step in the order of their dispatches: of one layer at once, with the head's and the embedding's beside them. */
export function gradientJobs(subject: Subject): Job[][] {
  const { model, places } = subject;
  return Array.from({ length: places.L }, (_, layer) => [
    ...Array.from({ length: places.D }, (_, direction) => layerJobs(subject, layer, direction)).flat(),
    ...(layer === places.L - 1 ? [headJob(subject)] : []), ...(layer === 0 && model.vocabulary !== undefined ? [embeddingJob(subject)] : []),
  ]);
}

const columnsOf = ({ columns, bias }: Job) => columns + (bias === null ? 0 : 1);

/** Workgroups of a dispatch with tiles of so many outputs in each direction: columns, rows, jobs. */
function gridOf(jobs: readonly Job[], tile: number): [number, number, number] {
  return [Math.max(...jobs.map((job) => Math.ceil(columnsOf(job) / tile))), Math.max(...jobs.map(({ rows }) => Math.ceil(rows / tile))), jobs.length];
}

/** Outputs of a thread in each direction: as many as leave work for all of a GPU, since what it reads is used so often. */
function outputsOf(jobs: readonly Job[]): number {
  const [x, y, z] = gridOf(jobs, 4 * SIDE);
  return x * y * z >= ENOUGH ? 4 : 2;
}

/** Workgroups of a dispatch: columns, rows, jobs. */
export function gradientGrid(jobs: readonly Job[]): [number, number, number] { return gridOf(jobs, outputsOf(jobs) * SIDE); }

/** Tiles of a dispatch, each of which leaves a sum of squares. */
export function gradientTiles(jobs: readonly Job[]): number {
  const [x, y, z] = gradientGrid(jobs);
  return x * y * z;
}

/** @param partials where the sums of squares of this dispatch begin in the gradient */
export function gradientShader(subject: Subject, jobs: readonly Job[], partials: number): string {
  const [x, y] = gradientGrid(jobs);
  const each = outputsOf(jobs);
  const tile = each * SIDE;
  const threads = SIDE * SIDE;
  const range = Array.from({ length: each }, (_, i) => i);
  const pairs = range.flatMap((r) => range.map((c) => [r, c] as const));
  const helpers = jobs.map(({ helpers: own }) => own ?? '').join('\n');
  // Every thread reads its share of `tile` columns at DEPTH depths, then adds to the outputs at m0 + 8 r, n0 + 8 c.
  const bodies = jobs.map((job, z) => `
  ${z === 0 ? '' : 'else '}if (group.z == ${z}u) {
    for (var d0 = 0u; d0 < ${job.depth}; d0 += ${DEPTH}u) {
      for (var e = lane; e < ${DEPTH * tile}u; e += ${threads}u) {
        let d = d0 + e / ${tile}u;
        var a = 0.0; var b = 0.0;
        if (d < ${job.depth}) {
          { let m = group.y * ${tile}u + e % ${tile}u; if (m < ${job.rows}u) { a = ${job.left}; } }
          { let n = group.x * ${tile}u + e % ${tile}u; if (n < ${job.columns}u) { b = ${job.right}; } ${job.bias === null ? '' : `else if (n == ${job.columns}u) { b = 1.0; }`} }
        }
        left[e] = a; right[e] = b;
      }
      workgroupBarrier();
      for (var k = 0u; k < ${DEPTH}u; k++) {
        ${range.map((i) => `let a${i} = left[k * ${tile}u + local.y + ${i * SIDE}u]; let b${i} = right[k * ${tile}u + local.x + ${i * SIDE}u];`).join(' ')}
        ${pairs.map(([r, c]) => `s${r}${c} += a${r} * b${c};`).join(' ')}
      }
      workgroupBarrier();
    }
    ${pairs.map(([r, c]) => `{ let m = m0 + ${r * SIDE}u; let n = n0 + ${c * SIDE}u; if (m < ${job.rows}u) {
      if (n < ${job.columns}u) { gradient[${job.weight}u + m * ${job.columns}u + n] = s${r}${c}; square += s${r}${c} * s${r}${c}; }
      ${job.bias === null ? '' : `else if (n == ${job.columns}u) { gradient[${job.bias}u + m] = s${r}${c}; square += s${r}${c} * s${r}${c}; }`}
    } }`).join('\n    ')}
  }`).join('');
  return `
fn tokenOf(d: u32) -> u32 { return ${subject.tokens ? 'series[startOf(d % step.batch) + d / step.batch]' : '0u'}; }
${helpers}
var<workgroup> left: array<f32, ${DEPTH * tile}>;
var<workgroup> right: array<f32, ${DEPTH * tile}>;
var<workgroup> squares: array<f32, ${threads}>;
@compute @workgroup_size(${SIDE}, ${SIDE}) fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) lane: u32) {
  let m0 = group.y * ${tile}u + local.y; let n0 = group.x * ${tile}u + local.x;
  var square = 0.0;
  ${pairs.map(([r, c]) => `var s${r}${c} = 0.0;`).join(' ')}${bodies}
  squares[lane] = square;
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { squares[lane] += squares[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u) { gradient[${partials}u + (group.z * ${y}u + group.y) * ${x}u + group.x] = squares[0]; }
}`;
}
