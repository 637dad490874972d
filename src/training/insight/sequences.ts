import type { Backend, CancelSignal, ModelSpec, SequenceData } from '../../engine/backend.ts';
import { probabilitiesOf } from '../../engine/index.ts';
import type { Parameters } from '../../engine/parameters.ts';
import { startsOf } from '../../data/preparing/windows.ts';
import { inputError } from '../../shared/errors.ts';
import { splitNames, type SplitName } from '../../shared/plan.ts';
import type { SequenceInsight, SequenceTrace } from '../../shared/sequence-insight.ts';
import type { SequenceJob } from '../../shared/trainer-protocol.ts';
import type { Engines } from '../choose.ts';
import { prepareClasses } from '../classify/prepare.ts';
import { optimizerOf } from '../model.ts';
import { withEngine } from '../open.ts';
import { prepareText } from '../text/prepare.ts';
import { memoryCurve } from './memory.ts';
import { hiddenSymbols } from './symbol-occlusion.ts';
import { flatStates } from './trace.ts';

/** Outputs whose slopes are taken, and windows for all of them together; windows that are occluded, and the longest of them. */
const [OUTPUTS, SLOPES, OCCLUDED, OCCLUSION_STEPS] = [6, 1000, 200, 256];
/** Likeliest outputs that are told. */
const SAID = 3;

/** A job in the engine's words, with names for what goes in and comes out. */
export interface OpenedSequences {
  job: SequenceJob; backend: Backend; model: ModelSpec; parameters: Parameters; data: SequenceData;
  starts: Record<SplitName, Int32Array>;
  windows: number;
  /** Start of a window in the series. */
  startOf(window: number): number;
  /** Outputs by number. */
  names: readonly string[];
  symbolOf(token: number): string;
  scaler: { offset: number; scale: number } | null;
}

/** Opens it on an engine for as long as `use` takes. @throws bad data, no engine */
export function withSequences<T>(engines: Engines, job: SequenceJob, parameters: Parameters, use: (opened: OpenedSequences) => Promise<T>): Promise<T> {
  const laid = job.task === 'char' ? laidText(job) : laidClasses(job);
  const { spec } = job;
  return withEngine(engines, {
    choice: spec.backend, initialization: spec.model.initialization, model: laid.model, data: laid.data, options: { loss: { kind: 'crossEntropy' }, optimizer: optimizerOf(spec.training), seed: spec.training.seed },
    order: laid.starts.train, batchSize: spec.training.batchSize,
  }, ({ backend }) => use({ ...laid, job, backend, parameters }), parameters);
}

type Laid = Omit<OpenedSequences, 'job' | 'backend' | 'parameters'>;

function laidText({ spec, text }: Extract<SequenceJob, { task: 'char' }>): Laid {
  const { model, data, starts } = prepareText(spec, text);
  return {
    model, data, windows: text.ids.length - spec.window.sequenceLength + 1, startOf: (window) => window, names: text.characters, symbolOf: (token) => text.characters[token]!, scaler: null,
    starts: Object.fromEntries(splitNames.map((part) => [part, startsOf(starts[part])])) as Laid['starts'],
  };
}

function laidClasses({ spec, sequences }: Extract<SequenceJob, { task: 'classify' }>): Laid {
  const { model, data, starts, reading, order } = prepareClasses(spec, sequences);
  const { characters } = reading;
  return {
    model, data, starts, windows: order.length, startOf: (window) => window * spec.window.sequenceLength, names: reading.classes,
    // One more symbol stands for what was not learnt, and the last one for the padding.
    symbolOf: (token) => (token === characters.length + 1 ? '' : characters[token] ?? '\uFFFD'), scaler: spec.kind === 'numbers' ? reading : null,
  };
}

/** What it remembers. @returns null when it was cancelled */
export async function sequenceInsight(opened: OpenedSequences, { engines, signal, breathe }: { engines: Engines; signal: CancelSignal; breathe: () => Promise<void> }): Promise<SequenceInsight | null> {
  const { job, backend, data, starts, names, windows, model } = opened;
  const part = (['validation', 'test', 'train'] as const).find((each) => starts[each].length > 0)!;
  const classes = data.targets as Extract<SequenceData['targets'], { kind: 'classes' }>;
  const T = data.sequenceLength;
  const counts = new Map<number, number>();
  for (const start of starts[part]) counts.set(classes.ids[start + T]!, (counts.get(classes.ids[start + T]!) ?? 0) + 1);
  const outputs = [...counts].sort((a, b) => b[1] - a[1]).slice(0, OUTPUTS).map(([output]) => output);
  const slopes = await memoryCurve(backend, spread(starts[part], Math.max(32, Math.floor(SLOPES / outputs.length))), T, outputs, signal, breathe);
  if (slopes === null) return null;
  const occlusion = T > OCCLUSION_STEPS ? null : await hiddenSymbols(engines.wasm, { model, parameters: opened.parameters, data, train: starts.train, windows: spread(starts[part], OCCLUDED) }, signal, breathe);
  if (T <= OCCLUSION_STEPS && occlusion === null) return null;
  return { task: job.task, memory: { slopes, occlusion }, outputs: outputs.map((output) => names[output]!), part, windows };
}

/** States, gates and gradients of one window. @throws inputError 'trace.window' where there is none of this number */
export async function sequenceTrace({ backend, data, names, symbolOf, scaler, startOf, windows }: OpenedSequences, window: number): Promise<SequenceTrace> {
  if (window < 0 || window >= windows) throw inputError('trace.window', `The window must be a number from 0 to ${windows - 1} (got ${window}).`, { field: 'start', details: { last: windows - 1, start: window } });
  const start = startOf(window);
  const T = data.sequenceLength;
  const { output, ...states } = await backend.trace(start);
  const probabilities = probabilitiesOf(output.slice(output.length - names.length));
  const said = Array.from(probabilities, (probability, o) => ({ name: names[o]!, probability, o })).sort((a, b) => b.probability - a.probability).slice(0, SAID);
  const sensitivity = await backend.sensitivity(Int32Array.of(start), said[0]!.o);
  const truth = data.targets.kind === 'classes' ? data.targets.ids[start + T] : undefined;
  const { input } = data;
  return {
    start: window, ...flatStates(states, T), sensitivity, said: said.map(({ name, probability }) => ({ name, probability })), truth: truth === undefined ? null : names[truth]!,
    symbols: input.kind === 'tokens' ? Array.from(input.ids.subarray(start, start + T), symbolOf) : null,
    values: input.kind === 'tokens' ? null : Float64Array.from(input.values.subarray(start, start + T), (value) => value * (scaler?.scale ?? 1) + (scaler?.offset ?? 0)),
  };
}

/** At most `most` of the starts, evenly. */
function spread(starts: Int32Array, most: number): Int32Array {
  const count = Math.min(starts.length, most);
  return Int32Array.from({ length: count }, (_, i) => starts[Math.floor((i * starts.length) / count)]!);
}
