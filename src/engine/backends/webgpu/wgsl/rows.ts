import { backwardFloats, backwardLayer } from './backward.ts';
import type { Subject } from './common.ts';
import { forwardFloats, forwardHelpers, forwardLayer } from './forward.ts';
import { head } from './head.ts';

/** How the windows of a batch are shared out: so many to a workgroup of so many threads. */
export interface Tiling { rows: number; threads: number; withGates: boolean }

/** Threads of a workgroup where there is work for them. */
const THREADS = 128;

/** @param memory bytes of a workgroup's memory */
export function tilingOf(subject: Subject, memory: number): Tiling {
  const { H } = subject.places;
  const fits = (rows: number, withGates: boolean) => 4 * (forwardFloats(H, rows) + backwardFloats(subject, rows, withGates)) <= memory;
  let rows = Math.max(1, Math.floor(THREADS / H));
  while (rows > 1 && !fits(rows, true)) rows--;
  return { rows, threads: THREADS, withGates: fits(rows, true) };
}

/** What one dispatch does, for all its windows; directions stand beside each other. */
export interface RowsDispatch { code: string; directions: number }

/**
 * The way forth and back of a batch, in dispatches: a network of one layer and direction in one, else one for each layer, and for
 * the head where it needs both directions.
 */
export function rowsDispatches(subject: Subject, tiling: Tiling, targetWidth: string): { forward: RowsDispatch[]; training: RowsDispatch[] } {
  const { L, D } = subject.places;
  const { rows, threads, withGates } = tiling;
  const forth = (layer: number, d: number) => forwardLayer(subject, layer, d, rows, threads);
  const back = (layer: number, d: number) => backwardLayer(subject, layer, d, rows, threads, withGates);
  const outputs = head(subject, rows, threads, targetWidth);
  const forward: RowsDispatch[] = [];
  const training: RowsDispatch[] = [];
  const dispatch = (...byDirection: string[][]): RowsDispatch => ({ code: rowsShader(subject, tiling, byDirection), directions: byDirection.length });
  const both = (of: (d: number) => string) => Array.from({ length: D }, (_, d) => [of(d)]);
  for (let layer = 0; layer < L; layer++) {
    const isTop = layer === L - 1 && D === 1;
    forward.push(isTop ? dispatch([forth(layer, 0), outputs]) : dispatch(...both((d) => forth(layer, d))));
    training.push(isTop ? dispatch([forth(layer, 0), outputs, back(layer, 0)]) : forward.at(-1)!);
  }
  if (D === 2) {
    forward.push(dispatch([outputs]));
    training.push(forward.at(-1)!);
  }
  for (let layer = D === 1 ? L - 2 : L - 1; layer >= 0; layer--) training.push(dispatch(...both((d) => back(layer, d))));
  return { forward, training };
}

function rowsShader(subject: Subject, { rows, threads }: Tiling, byDirection: string[][]): string {
  const { H, G } = subject.places;
  const body = byDirection.map((phases) => phases.map((phase) => `{${phase}\n}`).join('\n'));
  const text = body.join('\n');
  const memory = [
    ['held', 2 * rows * H], ['dState', rows * H], ['dCell', rows * H], ['dGate', rows * G * H],
  ] as const;
  return `${forwardHelpers(subject)}
${memory.filter(([name]) => text.includes(`${name}[`)).map(([name, floats]) => `var<workgroup> ${name}: array<f32, ${floats}>;`).join('\n')}
@compute @workgroup_size(${threads}) fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row0 = group.x * ${rows}u;
  ${body.length === 1 ? body[0]! : `if (group.y == 0u) {\n${body[0]!}\n} else {\n${body[1]!}\n}`}
}`;
}
